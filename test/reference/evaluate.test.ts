import { describe, expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { inferNodes } from "./nodes.js";
import { collect } from "./program.js";
import { model } from "./shown-model.js";

describe("time and messages", () => {
  const chat = `
    say("a", "b", "hi")@1;
    say(F, T, P)@next :- say(F, T, P);
    got(T, P)@async :- say(F, T, P);
    got(T, P)@next :- got(T, P);`;

  test("a fact holds at its instant only", () => {
    expect(model(`f("a")@2; f("b")@9;`, "f", { eot: 3 })).toEqual(["f 1:", "f 2: a", "f 3:"]);
  });

  test("a message arrives at the next instant, and nothing arrives after the end of time", () => {
    expect(model(chat, "got", { eot: 3 })).toEqual(["got 1:", "got 2: b,hi", "got 3: b,hi"]);
  });

  test("an omission loses what is sent at its instant over its channel", () => {
    expect(model(chat, "got", { eot: 4, schedule: "omit(a,b,1)" })).toEqual([
      "got 1:",
      "got 2:",
      "got 3: b,hi",
      "got 4: b,hi",
    ]);
    expect(model(chat, "got", { eot: 2, schedule: "omit(b,a,1)" })).toEqual(["got 1:", "got 2: b,hi"]);
  });

  test("from its crash on a node sends nothing, but receives and derives", () => {
    expect(model(chat, "got say", { eot: 3, schedule: "crash(a,1) crash(b,1)" })).toEqual([
      "got 1:",
      "got 2:",
      "got 3:",
      "say 1: a,b,hi",
      "say 2: a,b,hi",
      "say 3: a,b,hi",
    ]);
    expect(model(chat, "got", { eot: 3, schedule: "crash(a,2) crash(b,1)" })).toEqual([
      "got 1:",
      "got 2: b,hi",
      "got 3: b,hi",
    ]);
  });

  test("a message to oneself arrives even from a crashed node, but not at a place that is not a node", () => {
    const self = `f("a")@1; f("z")@1; f(1)@1; g(X)@async :- f(X);`;
    expect(model(self.replace("f(1)@1;", ""), "g", { eot: 2, schedule: "crash(a,1)" })).toEqual(["g 1:", "g 2: a"]);
  });

  test("the sender is the first argument of the first atom, a negated one included", () => {
    const text = `at("a", "b")@1; g(Y)@async :- notin off(Y), at(X, Y);`;
    expect(model(text, "g", { eot: 2, schedule: "crash(a,1)" })).toEqual(["g 1:", "g 2: b"]);
    expect(
      model(text.replace("notin off(Y), at(X, Y)", "at(X, Y), notin off(Y)"), "g", {
        eot: 2,
        schedule: "crash(a,1)",
      }),
    ).toEqual(["g 1:", "g 2:"]);
  });

  test("crash holds at every instant, at every node", () => {
    expect(model(`f("a")@1; seen(O, N, T) :- crash(O, N, T);`, "seen", { eot: 2, schedule: "crash(b,2)" })).toEqual([
      "seen 1: a,b,2 b,b,2",
      "seen 2: a,b,2 b,b,2",
    ]);
  });

  test("a rule with a literal at N fires from N on, negated or not", () => {
    const text = `f("a", 1)@2; f("a", 2)@3; g("a")@1; g(X)@next :- g(X); h(X, Y) :- g(X), f(X, Y)@2; k(X) :- g(X), notin f(X, 1)@3;`;
    expect(model(text, "h k", { eot: 4 })).toEqual([
      "h 1:",
      "h 2: a,1",
      "h 3: a,1",
      "h 4: a,1",
      "k 1:",
      "k 2:",
      "k 3: a",
      "k 4: a",
    ]);
  });
});

describe("negation", () => {
  const facts = `p("a", 1)@1; p("a", 2)@1; p("b", 3)@1; q("a", 1, 1)@1; q("a", 2, 3)@1;`;

  test("bound variables, constants, wildcards", () => {
    expect(model(`${facts} r(X, Y) :- p(X, Y), notin q(X, Y, _);`, "r")).toEqual(["r 1: b,3"]);
    expect(model(`${facts} r(X, Y) :- p(X, Y), notin q(X, Y, 3);`, "r")).toEqual(["r 1: a,1 b,3"]);
  });

  test("a variable that occurs in one negated literal only is existential; twice in it, an equality", () => {
    expect(model(`${facts} r(X, Y) :- p(X, Y), notin q(X, Z, Y);`, "r")).toEqual(["r 1: a,2 b,3"]);
    expect(model(`${facts} r(X) :- p(X, _), notin q(X, Z, Z);`, "r")).toEqual(["r 1: b"]);
  });

  test("an expression in a negated atom", () => {
    expect(model(`${facts} r(X, Y) :- p(X, Y), notin q(X, Y - 1, _);`, "r")).toEqual(["r 1: a,1 b,3"]);
  });
});

describe("aggregates", () => {
  const facts = `p("a", 5, "x")@1; p("a", 5, "y")@1; p("a", -2, "z")@1; p("b", 7, "x")@1;`;

  test("each ranges over the distinct values of its variable in the group", () => {
    const head = `r(X, count<Y>, min<Y>, max<Y>, sum<Y>, avg<Y>, count<S>, min<S>, max<S>)`;
    expect(model(`${facts} ${head} :- p(X, Y, S);`, "r")).toEqual(["r 1: a,2,-2,5,3,1,3,x,z b,1,7,7,7,7,1,x,x"]);
  });

  test("avg truncates toward zero", () => {
    expect(model(`p("a", -3)@1; p("a", 0)@1; r(X, avg<Y>) :- p(X, Y);`, "r")).toEqual(["r 1: a,-1"]);
  });

  test("nothing counts to 0", () => {
    expect(model(`${facts} r(X, count<Y>) :- p(X, Y, _), Y > 100;`, "r")).toEqual(["r 1:"]);
  });

  test("expressions and constants are group columns; a relation is the union of its rules", () => {
    expect(model(`${facts} r(X, "k", count<S>) :- p(X, Y, S); r(X, S, 0) :- p(X, _, S);`, "r")).toEqual([
      "r 1: a,k,3 a,x,0 a,y,0 a,z,0 b,k,1 b,x,0",
    ]);
    expect(model(`${facts} r("a", Y % 2, count<S>) :- p(_, Y, S);`, "r")).toEqual(["r 1: a,0,1 a,1,2"]);
  });

  test("at the next instant, and in messages", () => {
    expect(model(`${facts} r(X, count<S>)@next :- p(X, _, S);`, "r", { eot: 2 })).toEqual(["r 1:", "r 2: a,3 b,1"]);
    expect(model(`${facts} r("b", X, max<Y>)@async :- p(X, Y, _);`, "r", { eot: 2, schedule: "omit(a,b,1)" })).toEqual([
      "r 1:",
      "r 2: b,b,7",
    ]);
  });
});

describe("recursion", () => {
  test("a closure within one instant", () => {
    const text = `e("a", "b")@1; e("b", "c")@1; e("c", "a")@1; t(X, Y) :- e(X, Y); t(X, Z) :- t(X, Y), e(Y, Z); n(X, count<Y>) :- t(X, Y);`;
    expect(model(text, "n")).toEqual(["n 1: a,3 b,3 c,3"]);
  });

  test("negation of a relation that is complete first", () => {
    const text = `e("a", "b")@1; v("a")@1; v("b")@1; v("c")@1; t(X) :- v(X), notin e(_, X); u(X) :- v(X), notin t(X);`;
    expect(model(text, "t u")).toEqual(["t 1: a c", "u 1: b"]);
  });
});

describe("arithmetic", () => {
  test("division truncates toward zero, and there is no negative zero", () => {
    expect(model(`p("a", -7)@1; r(X, Y / 2, Y % 2, Y % 7 + 0) :- p(X, Y);`, "r")).toEqual(["r 1: a,-3,-1,0"]);
  });

  test("an equality binds, in any order and direction", () => {
    expect(model(`p("a", 3)@1; r(X, Z) :- Z == Y + 1, p(X, W), W - 1 == Y;`, "r")).toEqual(["r 1: a,3"]);
  });

  test("what other literals exclude is not divided", () => {
    const facts = `p("a", 0)@1; p("a", 2)@1; s("a", 1)@1;`;
    expect(model(`${facts} r(X, Y) :- p(X, Y), 6 / Y > 1, Y != 0;`, "r")).toEqual(["r 1: a,2"]);
    expect(model(`${facts} r(X, Y) :- p(X, Y), 6 / Y > 1, notin p(X, Y);`, "r")).toEqual(["r 1:"]);
    expect(model(`${facts} r(X, Z) :- p(X, Y), Z == 6 / Y, Z > 1, Y > 1;`, "r")).toEqual(["r 1: a,3"]);
    expect(model(`${facts} r(X, Y) :- p(X, Y), 6 / Y > 1;`, "r")).toBe("division-by-zero at 1");
    expect(model(`${facts} r(X, Z) :- p(X, Y), Z == 6 / Y, Z > 1;`, "r")).toBe("division-by-zero at 1");
    expect(model(`${facts} r(X, 6 / Y)@next :- p(X, Y);`, "r", { eot: 2 })).toBe("division-by-zero at 1");
    expect(model(`${facts} r(X, 6 / Y)@next :- p(X, Y);`, "r")).toEqual(["r 1:"]);
  });

  test("what leaves the safe range is an error", () => {
    expect(model(`p("a", 9007199254740991)@2; r(X, Y + 1) :- p(X, Y);`, "r", { eot: 3 })).toBe("integer-overflow at 2");
    expect(model(`p("a", 9007199254740991)@1; p("a", 1)@1; p("a", -1)@1; r(X, sum<Y>) :- p(X, Y);`, "r")).toEqual([
      "r 1: a,9007199254740991",
    ]);
  });

  test("strings are joined and compared by code unit", () => {
    expect(model(`p("a", "B")@1; p("a", "é")@1; r(X, S + "!") :- p(X, S), S < "a";`, "r")).toEqual(["r 1: a,B!"]);
  });
});

describe("nodes", () => {
  const nodesOf = (text: string, eot = 3): readonly string[] => inferNodes(collect([parse(text)]), eot);

  test("the places of facts before the end of time", () => {
    expect(nodesOf(`p("b", "x")@1; p("a", "y")@3; p("late", "z")@4;`)).toEqual(["a", "b"]);
  });

  test("constants that reach a destination, if each atom can supply them", () => {
    expect(nodesOf(`p("a", "b")@1; p("a", "c")@1; q("a", "c")@1; m(Y)@async :- p(X, Y), q(X, Y);`)).toEqual(["a", "c"]);
    expect(nodesOf(`p("a", "b")@1; q(X, Y)@next :- p(X, Y); m(max<Z>, X)@async :- q(X, Y), Z == Y;`)).toEqual([
      "a",
      "b",
    ]);
    expect(nodesOf(`p("a", 1)@1; m("d", Y)@async :- p(X, Y);`)).toEqual(["a", "d"]);
    expect(nodesOf(`p("a", 1)@1; m("d", Y)@async :- p(X, Y), p("e", Y);`)).toEqual(["a"]);
    expect(nodesOf(`p("a", 1)@1; m("d" + "e", Y)@async :- p(X, Y); m(X + "f", Y)@async :- p(X, Y);`)).toEqual([
      "a",
      "de",
    ]);
  });
});
