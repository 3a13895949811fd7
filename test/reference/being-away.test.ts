import { describe, expect, test } from "vitest";
import { held, model } from "./shown-model.js";

describe('"While a node is away, no tuple of the protocol is located at it"', () => {
  test('"at the instants t … u − 1"', () => {
    const text = `p("a", 1)@1; p("b", 1)@1; p(N, K)@next :- p(N, K); q(N) :- p(N, _);`;
    expect(model(text, "p q", { eot: 5, schedule: "pause(a,2,4)" })).toEqual([
      "p 1: a,1 b,1",
      "p 2: b,1",
      "p 3: b,1",
      "p 4: a,1 b,1",
      "p 5: a,1 b,1",
      "q 1: a b",
      "q 2: b",
      "q 3: b",
      "q 4: a b",
      "q 5: a b",
    ]);
  });

  test('"Facts located at N at those instants are lost: an input to a node that is away"', () => {
    const text = `p("a", 1)@1; p("a", 2)@2; p("a", 3)@3; p("a", 4)@4; p("b", 2)@2;`;
    for (const kind of ["restart", "pause"])
      expect(held(text, "p", { eot: 4, schedule: `${kind}(a,2,4)` })).toBe("p 1: a,1  p 2: b,2  p 4: a,4");
  });

  test('"a body that looks at N sees nothing of N at those instants", nor does a negation', () => {
    const text = `up("b")@1; up(N)@next :- up(N); p("a")@1; p(N)@next :- p(N);
      sees("b", N) :- up("b"), p(N); misses("b") :- up("b"), notin p("a");`;
    expect(held(text, "sees misses", { eot: 4, schedule: "pause(a,2,4)" })).toBe(
      "sees 1: b,a  sees 4: b,a  misses 2: b  misses 3: b",
    );
  });

  test('"a literal @M still sees what held at N then"', () => {
    const text = `up("b")@1; up(N)@next :- up(N); p("a", 7)@1; q("a", 8)@3; saw("b", K) :- up("b"), p("a", K)@1; saw("b", K) :- up("b"), q("a", K)@3;`;
    expect(held(text, "saw", { eot: 5, schedule: "pause(a,2,4)" })).toBe(
      "saw 1: b,7  saw 2: b,7  saw 3: b,7  saw 4: b,7  saw 5: b,7",
    );
  });

  test('"specifications that look at N see an empty node"', () => {
    const text = `up("b")@1; up(N)@next :- up(N); p("a")@1; p(N)@next :- p(N); never("b") :- up("b"), notin p("a");`;
    expect(held(`//! forgets p\n${text}`, "never", { eot: 4, schedule: "restart(a,2,3)" })).toBe(
      "never 2: b  never 3: b  never 4: b",
    );
    expect(held(text, "never", { eot: 4, schedule: "pause(a,2,3)" })).toBe("never 2: b");
  });

  test('"Tuples elsewhere are untouched, whatever they say about N"', () => {
    const text = `knows("b", "a")@1; knows(N, M)@next :- knows(N, M); also("b", "a")@2; view(N, M) :- knows(N, M);`;
    expect(held(text, "knows also view", { eot: 3, schedule: "restart(a,2,3)" })).toBe(
      "knows 1: b,a  knows 2: b,a  knows 3: b,a  also 2: b,a  view 1: b,a  view 2: b,a  view 3: b,a",
    );
  });

  test("only nodes are away: a tuple whose first argument is another string or an integer is nowhere that could be", () => {
    const text = `p("z", 1)@1; p(N, K)@next :- p(N, K); q(2, "a")@1; q(N, M)@next :- q(N, M);`;
    expect(held(text.replace("q(2", "q2(2").replace(/q\(/g, "q2("), "q2", { eot: 2, schedule: "" })).toBe(
      "q2 1: 2,a  q2 2: 2,a",
    );
    expect(held(text, "p q", { eot: 3, schedule: "restart(a,2,3)" })).toBe(
      "p 1: z,1  p 2: z,1  p 3: z,1  q 1: 2,a  q 2: 2,a  q 3: 2,a",
    );
  });
});

describe('"1. *carried*: heads of `@next` rules"', () => {
  const memory = `p("a", 1)@1; p(N, K)@next :- p(N, K); p(N, K)@next :- q(N, K);
    q("a", 2)@1; q(N, K)@next :- q(N, K); q(N, K)@next :- p(N, K);`;

  test('"Under a pause they are kept, and hold at u"', () => {
    expect(held(memory, "p", { eot: 5, schedule: "pause(a,3,5)" })).toBe("p 1: a,1  p 2: a,1 a,2  p 5: a,1 a,2");
  });

  test('"Under a restart those of **durable** relations are kept and hold at u, and the others are forgotten"', () => {
    expect(held(memory, "p q", { eot: 5, schedule: "restart(a,3,5)" })).toBe(
      "p 1: a,1  p 2: a,1 a,2  q 1: a,2  q 2: a,1 a,2",
    );
    expect(held(`//! durable p\n${memory}`, "p q", { eot: 6, schedule: "restart(a,3,5)" })).toBe(
      "p 1: a,1  p 2: a,1 a,2  p 5: a,1 a,2  p 6: a,1 a,2  q 1: a,2  q 2: a,1 a,2  q 6: a,1 a,2",
    );
  });

  test('"Of rules whose body is at N this is the step t − 1 → t alone: what N had written by t − 1"', () => {
    const clock = `time("a", 1)@1; time(N, T + 1)@next :- time(N, T);`;
    expect(held(clock, "time", { eot: 6, schedule: "pause(a,3,5)" })).toBe(
      "time 1: a,1  time 2: a,2  time 5: a,3  time 6: a,4",
    );
    const once = `said("a", "x")@1; kept(N, X)@next :- said(N, X);`;
    expect(held(`//! durable kept\n${once}`, "kept", { eot: 5, schedule: "restart(a,2,4)" })).toBe("kept 4: a,x");
    expect(held(`//! durable kept\n${once}`, "kept", { eot: 5, schedule: "restart(a,3,4)" })).toBe("kept 2: a,x");
  });

  test('"What rules at other places write into N meanwhile is kept likewise"', () => {
    const remote = `tick("b", 1)@1; tick(N, K + 1)@next :- tick(N, K); mark("a", K)@next :- tick("b", K);`;
    expect(held(remote, "mark", { eot: 6, schedule: "pause(a,3,5)" })).toBe(
      "mark 2: a,1  mark 5: a,2 a,3 a,4  mark 6: a,5",
    );
    expect(held(remote, "mark", { eot: 6, schedule: "restart(a,3,5)" })).toBe("mark 2: a,1  mark 5: a,4  mark 6: a,5");
    expect(held(`//! durable mark\n${remote}`, "mark", { eot: 6, schedule: "restart(a,3,5)" })).toBe(
      "mark 2: a,1  mark 5: a,2 a,3 a,4  mark 6: a,5",
    );
  });

  test("an `@next` head with an aggregate is carried as any other", () => {
    const text = `v("a", 1)@1; v("a", 5)@1; best(N, max<K>)@next :- v(N, K);`;
    expect(held(text, "best", { eot: 4, schedule: "pause(a,2,4)" })).toBe("best 4: a,5");
    expect(held(text, "best", { eot: 4, schedule: "restart(a,2,4)" })).toBe("");
  });
});

describe('"2. *arrivals* (messages from other nodes, and from itself)"', () => {
  const stream = `tick("b", 1)@1; tick(N, K + 1)@next :- tick(N, K); m("a", K)@async :- tick("b", K);`;

  test('"Under a pause they queue, and all hold at u"', () => {
    expect(held(stream, "m", { eot: 6, schedule: "pause(a,2,5)" })).toBe("m 5: a,1 a,2 a,3 a,4  m 6: a,5");
  });

  test('"Under a restart they are lost", of durable relations too', () => {
    const lost = "m 4: a,3  m 5: a,4";
    expect(held(stream, "m", { eot: 5, schedule: "restart(a,2,4)" })).toBe(lost);
    expect(
      held(`//! durable m\n${stream} m(N, K)@next :- m(N, K), K > 9;`, "m", { eot: 5, schedule: "restart(a,2,4)" }),
    ).toBe(lost);
  });

  test('"A tuple is kept if one of its derivations is; equal tuples are one"', () => {
    const both = `//! durable m\n${stream} m("a", K)@next :- tick("b", K), K == 2;`;
    expect(held(both, "m", { eot: 5, schedule: "restart(a,2,4)" })).toBe("m 4: a,2 a,3  m 5: a,4");
    const twice = `p("b")@1; p(N)@next :- p(N); m("a", "x")@async :- p("b"); size(N, count<X>) :- m(N, X);`;
    expect(held(twice, "m size", { eot: 5, schedule: "pause(a,2,5)" })).toBe("m 5: a,x  size 5: a,1");
  });
});

describe('"3. what deductive rules derive and facts state: not kept"', () => {
  test('"deductive rules derive anew at u from what is there"', () => {
    const text = `p("a", 1)@1; p(N, K)@next :- p(N, K); sum(N, sum<K>) :- p(N, K); p("a", 2)@4;`;
    expect(held(text, "sum", { eot: 5, schedule: "pause(a,2,4)" })).toBe("sum 1: a,1  sum 4: a,3  sum 5: a,3");
  });

  test("what a rule at another place derives at N is not kept either", () => {
    const text = `tick("b", 1)@1; tick(N, K + 1)@next :- tick(N, K); view("a", K) :- tick("b", K); view2(N, K) :- view(N, K);`;
    expect(held(text, "view view2", { eot: 4, schedule: "pause(a,2,4)" })).toBe(
      "view 1: a,1  view 4: a,4  view2 1: a,1  view2 4: a,4",
    );
  });
});

describe('"At u, beside what was kept, arrivals and facts of u hold as ever"', () => {
  const text = `p("a", 0)@1; p("a", 9)@3; p(N, K)@next :- p(N, K); tick("b", 1)@1; tick(N, K + 1)@next :- tick(N, K); p("a", K)@async :- tick("b", K);`;

  test("after a pause", () => {
    expect(held(text, "p", { eot: 3, schedule: "pause(a,2,3)" })).toBe("p 1: a,0  p 3: a,0 a,1 a,2 a,9");
  });

  test("after a restart", () => {
    expect(held(text, "p", { eot: 3, schedule: "restart(a,2,3)" })).toBe("p 1: a,0  p 3: a,2 a,9");
  });

  const back = `seen(N) :- restart(N); heard("b", N)@async :- restart(N); was("b") :- up("b"), restart("a")@3; up("b")@1; up(N)@next :- up(N); not("b") :- up("b"), notin restart("a");`;
  test('"after a restart the tuple `restart(N)` holds at N, at u only": "a tuple like others"', () => {
    expect(held(back, "restart seen heard was not", { eot: 5, schedule: "restart(a,2,3)" })).toBe(
      "restart 3: a  seen 3: a  heard 4: b,a  was 3: b  was 4: b  was 5: b  not 1: b  not 2: b  not 4: b  not 5: b",
    );
  });

  test("and not after a pause", () => {
    expect(held(back, "restart seen heard was", { eot: 5, schedule: "pause(a,2,3)" })).toBe("");
  });

  test('"It is built in unless a program defines it or reads it with another number of columns; such a program keeps its own"', () => {
    const around = { eot: 4, schedule: "restart(a,2,3)" };
    expect(held(`restart("b")@2; seen(N) :- restart(N);`, "restart seen", around)).toBe("restart 2: b  seen 2: b");
    expect(held(`p("a", 1)@4; seen(N) :- p(N, _), notin restart(N, _);`, "restart seen", around)).toBe("seen 4: a");
    expect(held(`//! maybe restart("b")@2\nseen(N) :- restart(N);`, "restart seen", around)).toBe("");
    expect(held(`seen(N) :- restart(N);`, "restart seen", around)).toBe("restart 3: a  seen 3: a");
  });

  test('"The built-in `crash(O,N,T)` … is no tuple of O\'s: it holds at every observer, also at one that is away"', () => {
    const around = { eot: 4, schedule: "restart(a,2,3) crash(a,3)" };
    expect(model(`p("b")@1;`, "crash", around)).toEqual([
      "crash 1: a,a,3 b,a,3",
      "crash 2: a,a,3 b,a,3",
      "crash 3: a,a,3 b,a,3",
      "crash 4: a,a,3 b,a,3",
    ]);
    expect(
      held(`up("b")@1; up(N)@next :- up(N); says(N, M) :- up(N), crash(M, _, _);`, "says", {
        ...around,
        schedule: "crash(b,1) pause(a,2,3)",
      }),
    ).toBe("says 1: b,a b,b  says 2: b,a b,b  says 3: b,a b,b  says 4: b,a b,b");
  });
});

describe("several absences", () => {
  test("of one node, with an instant between: what is kept over the first is there for the second", () => {
    const text = `time("a", 1)@1; time(N, T + 1)@next :- time(N, T);`;
    expect(held(text, "time", { eot: 7, schedule: "pause(a,2,3) pause(a,4,6)" })).toBe(
      "time 1: a,1  time 3: a,2  time 6: a,3  time 7: a,4",
    );
    expect(held(text, "time", { eot: 7, schedule: "pause(a,2,3) restart(a,4,6)" })).toBe("time 1: a,1  time 3: a,2");
  });

  test("of two nodes that overlap: what is under way between them waits, or is lost", () => {
    const text = `p("a")@1; p(N)@next :- p(N); m("b", "x")@async :- p("a");`;
    expect(held(text, "m", { eot: 6, schedule: "pause(b,2,5) pause(a,3,4)" })).toBe("m 5: b,x  m 6: b,x");
    expect(held(`//! forgets p\n${text}`, "m", { eot: 6, schedule: "pause(b,2,3) restart(a,2,3)" })).toBe("m 3: b,x");
  });

  test("a node that comes back and crashes at once is silent, and remembers", () => {
    const text = `p("a")@1; p(N)@next :- p(N); m("b")@async :- p("a"); m(N)@next :- m(N);`;
    expect(held(text, "p m", { eot: 4, schedule: "pause(a,2,3) crash(a,3)" })).toBe(
      "p 1: a  p 3: a  p 4: a  m 2: b  m 3: b  m 4: b",
    );
    expect(held(text, "p m", { eot: 4, schedule: "restart(a,2,3) crash(a,3)" })).toBe(
      "p 1: a  p 3: a  p 4: a  m 2: b  m 3: b  m 4: b",
    );
  });
});
