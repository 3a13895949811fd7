import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/faults/kinds.js";
import { historyOf, resultOf, runOf, tuplesOf } from "./runs.js";

const crash = (node: string, at: number): Fault => ({ kind: "crash", node, at });
const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });

describe("one instant", () => {
  /** The tuples of `r` at 1. */
  const r = (text: string): readonly string[] => tuplesOf(runOf(text), "r", 1);

  test("a join binds a variable to one value throughout", () => {
    expect(
      r(
        `p("a", 1)@1; p("a", 2)@1; q("a", 2, "x")@1; q("a", 3, "y")@1; q("b", 2, "z")@1; r(N, V) :- p(N, X), q(N, X, V);`,
      ),
    ).toEqual(["a,x"]);
  });

  test("a variable twice in an atom asks for equal columns, a wildcard twice does not", () => {
    const p = `p("a", 1, 1)@1; p("a", 1, 2)@1; p("b", 2, 2)@1;`;
    expect(r(`${p} r(N, X) :- p(N, X, X);`)).toEqual(["a,1", "b,2"]);
    expect(r(`${p} q("a")@1; r(N, X) :- q(N), p(N, X, X);`)).toEqual(["a,1"]);
    expect(r(`${p} r(N, "some") :- p(N, _, _);`)).toEqual(["a,some", "b,some"]);
  });

  test("negation: an existential variable twice is an equality, wildcards are not", () => {
    const p = `n("a")@1; n("b")@1; n("c")@1; p("a", 1, 1)@1; p("b", 1, 2)@1;`;
    expect(r(`${p} r(N) :- n(N), notin p(N, X, X);`)).toEqual(["b", "c"]);
    expect(r(`${p} r(N) :- n(N), notin p(N, _, _);`)).toEqual(["c"]);
    expect(r(`${p} r(N) :- n(N), notin p(_, X, X);`)).toEqual([]);
  });

  test("an arithmetic column of a positive atom is a test, whichever atom binds its variables", () => {
    const facts = `p("a", 1)@1; p("a", 2)@1; q("a", 3)@1;`;
    expect(r(`${facts} r(N, X) :- q(N, X + 1), p(N, X);`)).toEqual(["a,2"]);
    expect(r(`s("a", 4, 5)@1; s("a", 4, 6)@1; r(N, X) :- s(N, X, X + 1);`)).toEqual(["a,4"]);
  });

  test("an equality binds a variable that no positive atom does, through others in any order", () => {
    expect(r(`p("a", 5)@1; r(N, Z) :- Y + 1 == Z, X * 2 == Y, p(N, X);`)).toEqual(["a,11"]);
    expect(r(`p("a", 5)@1; q("a", 5)@1; q("a", 6)@1; r(N, X) :- p(N, Y), q(N, X), X == Y;`)).toEqual(["a,5"]);
  });

  test.each([
    ["7 / 2", "3"],
    ["(0 - 7) / 2", "-3"],
    ["(0 - 7) % 2", "-1"],
    ["7 % (0 - 2)", "1"],
    ["2 + 3 * 4 - 1", "13"],
    ["10 - 3 - 2", "5"],
    ["0 * (0 - 5)", "0"],
    ["2147483648 * 2", "4294967296"],
    ["536870911 + 1", "536870912"],
    ["4294967296 - 4294967295", "1"],
  ])("%s is %s", (expression, value) => {
    expect(r(`p("a")@1; r(N, ${expression}) :- p(N);`)).toEqual([`a,${value}`]);
  });

  test("a large integer equals itself, however it was computed", () => {
    expect(r(`p("a", 4294967296)@1; q("a", 2147483648)@1; r(N) :- p(N, X), q(N, Y), X == Y * 2;`)).toEqual(["a"]);
    expect(r(`p("a", 4294967296)@1; q("a", 2147483648)@1; r(N) :- q(N, Y), p(N, Y + Y);`)).toEqual(["a"]);
  });

  test("strings compare by code unit and concatenate", () => {
    expect(r(`p("a", "Z")@1; p("a", "a")@1; p("a", "b")@1; r(N, X + "!") :- p(N, X), X < "b";`)).toEqual([
      "a,Z!",
      "a,a!",
    ]);
  });

  test("the order of the literals has no meaning", () => {
    const literals = ["p(N, X)", "q(N, Y)", "notin s(N, Z)", "Z == X + Y", "X != 2"];
    const facts = `p("a", 1)@1; p("a", 2)@1; p("a", 3)@1; q("a", 10)@1; q("a", 20)@1; s("a", 11)@1; s("a", 23)@1;`;
    for (let turn = 0; turn < literals.length; turn++) {
      const body = [...literals.slice(turn), ...literals.slice(0, turn)];
      for (const list of [body, [...body].reverse()])
        expect(r(`${facts} r(N, Z) :- ${list.join(", ")};`)).toEqual(["a,13", "a,21"]);
    }
  });

  test("strata are complete before they are negated or aggregated", () => {
    expect(
      r(`e("a", 1, 2)@1; e("a", 2, 3)@1; n("a", 1)@1; n("a", 2)@1; n("a", 3)@1; n("a", 4)@1;
      reach(N, Y) :- e(N, 1, Y); reach(N, Y) :- reach(N, X), e(N, X, Y);
      r(N, X) :- n(N, X), notin reach(N, X);`),
    ).toEqual(["a,1", "a,4"]);
  });

  test("recursion: the closure of a cycle, by a rule that reads itself twice, and by relations that read each other", () => {
    const edges = `e("x", "y")@1; e("y", "z")@1; e("z", "x")@1; e("z", "u")@1;`;
    const all = ["x", "y", "z"].flatMap((from) => ["u", "x", "y", "z"].map((to) => `${from},${to}`));
    expect(r(`${edges} r(X, Y) :- e(X, Y); r(X, Z) :- r(X, Y), r(Y, Z);`)).toEqual(all);
    expect(
      r(
        `n("a", 0)@1; even(N, X) :- n(N, X); odd(N, X + 1) :- even(N, X), X < 6; even(N, X + 1) :- odd(N, X); r(N, X) :- even(N, X);`,
      ),
    ).toEqual(["a,0", "a,2", "a,4", "a,6"]);
  });

  test("a relation has the results of its aggregate rules and of its ordinary ones", () => {
    expect(
      r(`p("a", 4)@1; p("a", 6)@1; q("a", 6)@1; q("a", 1)@1; r(N, max<X>) :- p(N, X); r(N, X) :- q(N, X);`),
    ).toEqual(["a,1", "a,6"]);
  });

  test("each aggregate of a head ranges over the distinct values of its own variable", () => {
    expect(
      tuplesOf(
        runOf(`p("a", 1, "x")@1; p("a", 1, "y")@1; p("a", 3, "y")@1; p("b", 5, "z")@1;
      r(N, count<X>, sum<X>, count<Y>) :- p(N, X, Y);`),
        "r",
        1,
      ),
    ).toEqual(["a,2,4,2", "b,1,5,1"]);
  });

  test("the aggregates of a head over a group of two thousand", () => {
    const facts = Array.from({ length: 2_000 }, (_, i) => `p("a", ${i - 1_000})@1;`).join("\n");
    const execution = runOf(`r(N, count<X>, sum<X>, min<X>, max<X>, avg<X>) :- p(N, X); ${facts}`, { eot: 1 });
    expect(tuplesOf(execution, "r", 1)).toEqual(["a,2000,-1000,-1000,999,0"]);
  });

  test("an aggregate over nothing gives nothing", () => {
    expect(r(`p("a", 1)@1; r(N, count<X>) :- p(N, X), X > 1;`)).toEqual([]);
  });
});

describe("time", () => {
  test("a fact holds at its instant alone; one after the end of time never", () => {
    expect(historyOf(runOf(`p("a")@2; p("b")@9;`), "p")).toEqual([[], ["a"], []]);
  });

  test("what persists is carried, and what is added later stays", () => {
    const execution = runOf(
      `p("a", 1)@1; p("a", 2)@3; p("a", X + 10)@next :- q("a", X); q("a", 5)@1; p(N, X)@next :- p(N, X);`,
      { eot: 4 },
    );
    expect(historyOf(execution, "p")).toEqual([
      ["a,1"],
      ["a,1", "a,15"],
      ["a,1", "a,2", "a,15"],
      ["a,1", "a,2", "a,15"],
    ]);
  });

  test("a relation that only sometimes persists loses its tuples and gains them again", () => {
    const execution = runOf(
      `p("a", 1)@1; p("a", 1)@4; stop("a")@2; p(N, X)@next :- p(N, X), notin stop(N); seen(N, X) :- p(N, X);`,
      { eot: 5 },
    );
    expect(historyOf(execution, "seen")).toEqual([["a,1"], ["a,1"], [], ["a,1"], ["a,1"]]);
  });

  test("an instant does not see what is added to a relation that persists at the next", () => {
    const execution = runOf(
      `p("a", 1)@1; p(N, X)@next :- p(N, X); p(N, X + 1)@next :- p(N, X), notin p(N, X + 1); sum(N, count<X>) :- p(N, X);`,
      { eot: 4 },
    );
    expect(historyOf(execution, "sum")).toEqual([["a,1"], ["a,2"], ["a,3"], ["a,4"]]);
  });

  test("a counter: each instant derives from the one before alone", () => {
    expect(historyOf(runOf(`c("a", 0)@1; c(N, X + 1)@next :- c(N, X);`, { eot: 4 }), "c")).toEqual([
      ["a,0"],
      ["a,1"],
      ["a,2"],
      ["a,3"],
    ]);
  });

  test("a literal at an absolute time is read from then on, negated ones too", () => {
    const text = `n("a")@1; n(N)@next :- n(N); p("a", 7)@2; p("a", 8)@3;
      yes(N, X) :- n(N), p(N, X)@2;
      no(N) :- n(N), notin p(N, 9)@2;
      later(N, X)@next :- n(N), p(N, X)@2;`;
    const execution = runOf(text, { eot: 4 });
    expect(historyOf(execution, "yes")).toEqual([[], ["a,7"], ["a,7"], ["a,7"]]);
    expect(historyOf(execution, "no")).toEqual([[], ["a"], ["a"], ["a"]]);
    expect(historyOf(execution, "later")).toEqual([[], [], ["a,7"], ["a,7"]]);
  });

  test("recursion through `@N` is recursion at that instant only", () => {
    const text = `s("a", 1, 2)@2; s("a", 2, 3)@2; s("a", 3, 4)@3; r("a", 1)@2; r(N, Y) :- s(N, X, Y), r(N, X)@2;`;
    expect(historyOf(runOf(text), "r")).toEqual([[], ["a,1", "a,2", "a,3"], ["a,4"]]);
  });
});

describe("messages", () => {
  const send = `n("a")@1; n("b")@1; n(N)@next :- n(N); say("a", "b", 1)@1; say("a", "a", 2)@1; m(T, X)@async :- say(F, T, X);`;

  test("arrive at the next instant", () => {
    expect(historyOf(runOf(send), "m")).toEqual([[], ["a,2", "b,1"], []]);
  });

  test("are lost when omitted at their instant and on their channel, and only then", () => {
    expect(tuplesOf(runOf(send, { schedule: [omit("a", "b", 1)] }), "m", 2)).toEqual(["a,2"]);
    expect(tuplesOf(runOf(send, { schedule: [omit("a", "b", 2), omit("b", "a", 1)] }), "m", 2)).toEqual(["a,2", "b,1"]);
  });

  test("do not leave a node from its crash on, but for its own to itself; what it does locally goes on", () => {
    expect(tuplesOf(runOf(send, { schedule: [crash("a", 1)] }), "m", 2)).toEqual(["a,2"]);
    expect(tuplesOf(runOf(send, { schedule: [crash("a", 2)] }), "m", 2)).toEqual(["a,2", "b,1"]);
    expect(tuplesOf(runOf(send, { schedule: [crash("a", 1)] }), "n", 3)).toEqual(["a", "b"]);
  });

  test("reach a node that has crashed", () => {
    expect(tuplesOf(runOf(send, { schedule: [crash("b", 1)] }), "m", 2)).toEqual(["a,2", "b,1"]);
  });

  test("from or to a place that is no node are never delivered, not even to itself", () => {
    expect(tuplesOf(runOf(send, { nodes: ["a"] }), "m", 2)).toEqual(["a,2"]);
    expect(tuplesOf(runOf(send, { nodes: ["b"] }), "m", 2)).toEqual([]);
  });

  test("are listed with their fate, once for each sender, tuple, instant and rule", () => {
    const text = `${send} m(T, X)@async :- again(F, T, X), k(F, _); again("a", "b", 1)@1; k("a", 1)@1; k("a", 2)@1; say("a", "c", 3)@1; say("b", "a", 4)@1;`;
    const execution = runOf(text, { nodes: ["a", "b"], schedule: [crash("b", 1), omit("a", "b", 1)] });
    const told = execution
      .messages()
      .map((m) => `${m.from}→${m.to} ${m.args[1]} rule ${m.rule} at ${m.sent}: ${m.fate}`);
    expect(told).toEqual([
      "a→a 2 rule 1 at 1: delivered",
      "a→b 1 rule 1 at 1: omitted",
      "a→b 1 rule 2 at 1: omitted",
      "a→c 3 rule 1 at 1: not-a-node",
      "b→a 4 rule 1 at 1: sender-crashed",
    ]);
  });

  test("the sender is the location of the rule, the first argument of its first atom", () => {
    const text = `n("a")@1; n("b")@1; n("c")@1; pair("a", "b")@1; m("c", X)@async :- n(X), pair(X, Y), n(Y); w("c", Y)@async :- n(Y), pair(X, Y), n(X);`;
    const execution = runOf(text, { schedule: [crash("a", 1)] });
    expect([tuplesOf(execution, "m", 2), tuplesOf(execution, "w", 2)]).toEqual([[], ["c,b"]]);
  });

  test("an aggregate is sent by the sender of its group", () => {
    const text = `p("a", 1)@1; p("a", 2)@1; p("b", 3)@1; c("c")@1; m("c", F, count<X>)@async :- p(F, X);`;
    expect(tuplesOf(runOf(text), "m", 2)).toEqual(["c,a,2", "c,b,1"]);
    expect(tuplesOf(runOf(text, { schedule: [omit("b", "c", 1)] }), "m", 2)).toEqual(["c,a,2"]);
  });
});

describe("`crash`", () => {
  test("holds at every instant, before the crash too, for every node as observer", () => {
    const execution = runOf(`n("a")@1; n("b")@1; seen(O, N, T) :- crash(O, N, T); at2(O, N) :- crash(O, N, _)@2;`, {
      schedule: [crash("b", 3)],
      eot: 3,
    });
    expect(historyOf(execution, "seen")).toEqual([
      ["a,b,3", "b,b,3"],
      ["a,b,3", "b,b,3"],
      ["a,b,3", "b,b,3"],
    ]);
    expect(historyOf(execution, "at2")).toEqual([[], ["a,b", "b,b"], ["a,b", "b,b"]]);
  });
});

describe("errors of evaluation", () => {
  test.each([
    ['p("a", 0)@2; r(N, 1 / X) :- p(N, X);', "division-by-zero in r at 2 with N=a X=0"],
    ['p("a", 0)@1; r(N) :- p(N, X), 1 % X == 0;', "division-by-zero in r at 1 with N=a X=0"],
    ['p("a", 9007199254740991)@1; r(N, X + 1) :- p(N, X);', "integer-overflow in r at 1 with N=a X=9007199254740991"],
    ['p("a", 9007199254740991)@1; p("a", 1)@1; r(N, sum<X>) :- p(N, X);', "integer-overflow in r at 1"],
    [
      'p("a", 0)@1; r(N, X)@next :- p(N, X), notin q(N, 1 / X); q("b", 1)@9;',
      "division-by-zero in r at 1 with N=a X=0",
    ],
  ])("%s", (text, expected) => {
    expect(String(resultOf(text)).split(" with ")[0]).toBe(expected.split(" with ")[0]);
    if (expected.includes(" with ")) expect(resultOf(text)).toBe(expected);
  });

  test.each([
    'p("a", 0)@1; r(N) :- p(N, X), X != 0, 1 / X > 0;',
    'p("a", 0)@1; r(N) :- p(N, X), 1 / X > 0, X != 0;',
    'p("a", 0)@1; q("a")@1; r(N) :- p(N, X), 1 / X > 0, notin q(N);',
    'p("a", 0)@1; q("b")@1; r(N) :- p(N, X), 1 / X > 0, q(N);',
    'p("a", 0)@1; q("a", 1)@1; r(N) :- p(N, X), q(N, 1 / X), X > 0;',
    'p("a", 0)@1; r(N) :- p(N, Y), Z == 6 / Y, Z == 5, Z > 7;',
    'p("a", 0)@3; r(N, 1 / X)@next :- p(N, X);',
  ])("arithmetic is evaluated only for what everything else allows: %s", (text) => {
    expect(tuplesOf(runOf(text), "r", 1)).toEqual([]);
  });

  test("recursion without end stops at the limit on tuples, and names the relation", () => {
    expect(resultOf(`r("a", 0)@2; r(N, X + 1) :- r(N, X);`, { maxTuples: 100 })).toBe("too-many-tuples in r at 2");
  });

  test("a division by zero in a recursion names the binding", () => {
    expect(resultOf(`r("a", 3)@1; r(N, X - 1) :- r(N, X), 6 / X > 0;`)).toBe("division-by-zero in r at 1 with N=a X=0");
  });
});

test("the firings of each rule are counted, carried tuples among them", () => {
  const execution = runOf(
    `p("a", 1)@1; p("a", 2)@1; p(N, X)@next :- p(N, X); q(N, X + Y) :- p(N, X), p(N, Y); never(N) :- p(N, 9);`,
  );
  expect(execution.firings()).toEqual([4, 12, 0]);
});
