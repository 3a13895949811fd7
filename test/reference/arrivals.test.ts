import { describe, expect, test } from "vitest";
import { held } from "./shown-model.js";

/** Each node says its number at each of the instants 1, 2 and 3 to all that it is linked with. What is heard is not kept. */
const chat = `
  link("a", "b")@1; link("a", "c")@1; link("b", "a")@1; link("b", "c")@1; link("c", "a")@1; link("c", "b")@1;
  link(N, M)@next :- link(N, M);
  tick("a", 1)@1; tick("b", 1)@1; tick("c", 1)@1; tick(N, K + 1)@next :- tick(N, K), K < 3;
  hear(M, N, K)@async :- tick(N, K), link(N, M);`;

const nodes = ["a", "b", "c"];

/** What one node hears of another: the number of each message and when it is heard. */
function heard(schedule: string, by = "b", from = "a", eot = 6): string {
  const lines = held(chat, "hear", { nodes, eot, schedule }).split("  ");
  return lines
    .flatMap((line) => {
      const [, instant = "", ...tuples] = line.split(" ");
      const numbers = tuples.map((t) => t.split(",")).filter(([to, of]) => to === by && of === from);
      return numbers.map(([, , number]) => `${number}@${instant.replace(":", "")}`);
    })
    .join(" ");
}

describe('"A message from F to T sent at t arrives at a set of instants"', () => {
  test('"{t + 1}"', () => {
    expect(heard("")).toBe("1@2 2@3 3@4");
  });

  test('"∅ if omitted": on this channel, at this instant', () => {
    expect(heard("omit(a,b,2)")).toBe("1@2 3@4");
    expect(heard("omit(a,b,2)", "a", "b")).toBe("1@2 2@3 3@4");
    expect(heard("omit(a,b,2)", "c", "a")).toBe("1@2 2@3 3@4");
  });

  test('"∅ … if a cut separates F from T at t": "messages from A to B and from B to A, sent at any instant of t … u (u included)"', () => {
    expect(heard("cut(a|b,c,2,3)")).toBe("1@2");
    expect(heard("cut(a|b,c,2,3)", "a", "c")).toBe("1@2");
    expect(heard("cut(a|b,c,2,2)")).toBe("1@2 3@4");
    expect(heard("cut(a|b,c,1,2)")).toBe("3@4");
    expect(heard("cut(a|b,c,1,3)", "c", "b")).toBe("1@2 2@3 3@4");
  });

  test('a partial cut: "nodes outside A and B remain, who reach both"', () => {
    expect(heard("cut(a|b,1,2)")).toBe("3@4");
    expect(heard("cut(a|b,1,2)", "a", "b")).toBe("3@4");
    for (const [by, from] of [
      ["c", "a"],
      ["a", "c"],
      ["c", "b"],
      ["b", "c"],
    ])
      expect(heard("cut(a|b,1,2)", by, from)).toBe("1@2 2@3 3@4");
  });

  test('a one-way cut: "only messages from A to B are lost"', () => {
    expect(heard("cut(a>b,c,1,2)")).toBe("3@4");
    expect(heard("cut(a>b,c,1,2)", "a", "b")).toBe("1@2 2@3 3@4");
    expect(heard("cut(b,c>a,1,2)", "a", "b")).toBe("3@4");
    expect(heard("cut(b,c>a,1,2)", "b", "a")).toBe("1@2 2@3 3@4");
    expect(heard("cut(b,c>a,1,2)", "b", "c")).toBe("1@2 2@3 3@4");
  });

  test('"∅ … if F has crashed at or before t"', () => {
    expect(heard("crash(a,2)")).toBe("1@2");
    expect(heard("crash(b,1)")).toBe("1@2 2@3 3@4");
  });

  test('"∅ … if F is away at t", whatever the rule reads', () => {
    expect(heard("pause(a,2,3)")).toBe("1@2 2@4 3@5");
    const constant = `p("b")@1; p(X)@next :- p(X); said("a")@1; m("b", "m")@async :- said("a")@1, p("b");`;
    expect(held(constant, "m", { nodes: ["a", "b"], eot: 5, schedule: "restart(a,2,4)" })).toBe("m 2: b,m  m 5: b,m");
    const negated = `p("b")@1; p(X)@next :- p(X); m("b", "m")@async :- notin q("a"), p("b");`;
    expect(held(negated, "m", { nodes: ["a", "b"], eot: 5, schedule: "pause(a,2,4)" })).toBe("m 2: b,m  m 5: b,m");
  });

  test('"{u} under delay(F,T,t,u)": "messages overtake each other"', () => {
    expect(heard("delay(a,b,1,4)")).toBe("2@3 1@4 3@4");
    expect(heard("delay(a,b,1,5)")).toBe("2@3 3@4 1@5");
    expect(heard("delay(a,b,1,5)", "a", "b")).toBe("1@2 2@3 3@4");
    expect(heard("delay(a,b,1,5)", "c", "a")).toBe("1@2 2@3 3@4");
  });

  test('"{t + 1, u} under duplicate(F,T,t,u)"', () => {
    expect(heard("duplicate(a,b,1,3)")).toBe("1@2 1@3 2@3 3@4");
    expect(heard("duplicate(a,b,2,6)")).toBe("1@2 2@3 3@4 2@6");
  });

  test('"every arrival after EOT is one choice, written u = EOT + 1"', () => {
    expect(heard("delay(a,b,2,7)")).toBe("1@2 3@4");
  });
});

describe("faults that meet", () => {
  test('"where a cut or a crash silences the message, the others have nothing to act on"', () => {
    expect(heard("cut(a|b,c,1,1) delay(a,b,1,4)")).toBe("2@3 3@4");
    expect(heard("cut(a|b,c,1,1) duplicate(a,b,1,4)")).toBe("2@3 3@4");
    expect(heard("crash(a,2) delay(a,b,2,4) duplicate(a,b,3,5)")).toBe("1@2");
  });

  test("a cut severs what is sent, not what is under way", () => {
    expect(heard("cut(a|b,c,2,4) delay(a,b,1,4)")).toBe("1@4");
  });

  test('"A late arrival of a crashed node\'s earlier message still comes: it was on its way"', () => {
    expect(heard("crash(a,2) delay(a,b,1,5)")).toBe("1@5");
    expect(heard("crash(a,2) duplicate(a,b,1,5)")).toBe("1@2 1@5");
  });

  test('"Cuts may overlap in time and share sides (two make three groups)"', () => {
    const two = "cut(a|b,c,1,2) cut(b|a,c,2,3)";
    expect(heard(two)).toBe("");
    expect(heard(two, "c", "a")).toBe("3@4");
    expect(heard(two, "c", "b")).toBe("1@2");
    expect(heard("cut(a|b,c,1,2) cut(a|b,c,2,3)")).toBe("");
  });

  test("a late message finds a node that is away as any other does", () => {
    expect(heard("delay(a,b,1,4) pause(b,4,6)")).toBe("2@3 1@6 3@6");
    expect(heard("delay(a,b,1,4) restart(b,4,6)")).toBe("2@3");
    expect(heard("duplicate(a,b,1,4) restart(b,2,3)")).toBe("2@3 1@4 3@4");
  });
});

describe("what a message is", () => {
  test('"everything that leaves F for T ≠ F at one instant …, so two tuples sent at once to one node are never reordered, nor one of them lost alone"', () => {
    const text = `p("a", 1)@1; p("a", 2)@1; m("b", K)@async :- p("a", K); w("b", K)@async :- p("a", K), K > 1;`;
    const around = { nodes: ["a", "b"], eot: 5 };
    expect(held(text, "m w", { ...around, schedule: "delay(a,b,1,4)" })).toBe("m 4: b,1 b,2  w 4: b,2");
    expect(held(text, "m w", { ...around, schedule: "omit(a,b,1)" })).toBe("");
    expect(held(text, "m w", { ...around, schedule: "duplicate(a,b,1,3)" })).toBe(
      "m 2: b,1 b,2  m 3: b,1 b,2  w 2: b,2  w 3: b,2",
    );
  });

  test('"At an arrival the head holds for that instant, as for any message"', () => {
    const text = `p("a")@1; m("b")@async :- p("a"); seen(N)@next :- m(N); seen(N)@next :- seen(N);`;
    expect(held(text, "m seen", { eot: 5, schedule: "delay(a,b,1,3)" })).toBe("m 3: b  seen 4: b  seen 5: b");
  });

  const self = `p("a")@1; p(N)@next :- p(N); m("a", "me")@async :- p("a");`;
  test('"No omission, delay, duplicate, cut or crash touches a node\'s message to itself"', () => {
    expect(held(self, "m", { eot: 4, schedule: "crash(a,1) cut(a|b,1,3)" })).toBe("m 2: a,me  m 3: a,me  m 4: a,me");
  });

  test('"an absence does: it arrives at t + 1, and N may be away then"', () => {
    expect(held(self, "m", { eot: 5, schedule: "pause(a,2,4)" })).toBe("m 4: a,me  m 5: a,me");
    expect(held(self, "m", { eot: 6, schedule: "restart(a,3,5)" })).toBe("m 2: a,me  m 6: a,me");
    expect(held(self, "m", { eot: 6, schedule: "pause(a,3,5)" })).toBe("m 2: a,me  m 5: a,me  m 6: a,me");
  });

  test('"a message from or to a place that is not a node, to itself included, is never delivered"', () => {
    const text = `p("z")@1; m("b")@async :- p("z"); w("z")@async :- p("z");`;
    expect(held(text, "m w", { eot: 3, schedule: "duplicate(a,b,1,3)" })).toBe("");
  });
});
