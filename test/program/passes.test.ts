import { describe, expect, it } from "vitest";
import { errorsOf, programOf } from "./programs.js";

// What is accepted; what is refused, and how that is said, is in test/programs/refused.

describe("safety", () => {
  it.each([
    ["equalities that bind each other, in any order", 'h(A, D) :- D == C + "!", r(A), B == A, C == B + "?";'],
    ["an equality written either way round", "h(A, B) :- r(A), A == B;"],
    ["a variable bound in the atom that also computes with it", "h(A) :- r(A, A + 1);"],
    ["a variable bound at another instant", "h(A) :- r(A)@3;"],
    ["an existential variable in one negation", "h(A) :- r(A), notin s(A, B);"],
    ["one that occurs twice there", "h(A) :- r(A), notin s(B, B);"],
    ["a variable of two negations that an equality binds", "h(A) :- r(A), notin s(B), notin t(B), B == A;"],
    ["constants in the head", 'h("x", 1) :- r(_);'],
    ["an aggregate of a variable that an equality binds", "h(A, sum<B>) :- r(A, C), B == C * 2;"],
    ["a message whose sender is a constant or computed", 'h(A)@async :- r("s", A); h(A)@async :- q(A + "x"), s(A);'],
    ["an aggregate message grouped by its sender", "h(A, S, count<X>)@async :- r(S, A, X);"],
    ["an aggregate message with a constant sender", 'h(A, count<X>)@async :- r("s", A, X);'],
    ["a first atom without a name for its place, where nothing is sent", "h(A)@next :- r(_, A);"],
  ])("accepts %s", (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it("takes linear time for equalities written backwards", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `V${i} == V${i + 1}`).join(", ");
    expect(errorsOf(`h(V0) :- ${chain}, r(V20000);`)).toEqual([]);
  });

  it("complains of each variable of a rule once", () => {
    expect(errorsOf("h(A, A) :- r(B), A > 3, notin s(A);")).toEqual(["unbound-variable: A"]);
  });
});

describe("column types", () => {
  const typesOf = (text: string, relation: string) =>
    programOf(text).relations.find(({ name }) => name === relation)?.columnTypes;

  it("flow through variables, comparisons, operands and aggregates", () => {
    const text = 'r("a", 1)@1; s(X, N + M, max<N>, count<X>) :- r(X, N), t(M), N < K, u(K);';
    expect(typesOf(text, "s")).toEqual(["string", "integer", "integer", "integer"]);
    expect(typesOf(text, "t")).toEqual(["integer"]);
    expect(typesOf(text, "u")).toEqual(["integer"]);
  });

  it("let + join strings", () => {
    expect(typesOf('r("a")@1; s(X + "b") :- r(X);', "s")).toEqual(["string"]);
  });

  it("are unknown if nothing determines them", () => {
    expect(typesOf("s(X, Y) :- r(X, Y, _);", "r")).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("are determined by facts after the end of time, which serve as a schema", () => {
    expect(errorsOf('r("a", 1)@1000; s(X) :- r(X, "b");')).toEqual(['type-conflict: "b"']);
  });

  it("are complained about once for each conflict, not once for each use", () => {
    expect(errorsOf('r("a")@1; r(1)@1; r("b")@1; r(2)@1; s(X) :- r(X), X > 1, X != "c";')).toEqual([
      "type-conflict: 1",
    ]);
  });
});

describe("stratification", () => {
  const strataOf = (text: string) => {
    const { strata, relations } = programOf(text);
    return strata.map(
      ({ relations: ids, rules, recursive }) =>
        `${ids.map((id) => relations[id]?.name).join("+")}${recursive ? "*" : ""}: ${rules.join(",")}`,
    );
  };

  it("puts what is read before what reads it, each relation once", () => {
    expect(strataOf("c(X) :- b(X), notin a(X); b(X) :- a(X); a(X) :- in(X); d(X)@next :- c(X);")).toEqual([
      "crash: ",
      "in: ",
      "a: 2",
      "b: 1",
      "c: 0",
      "d: ",
    ]);
  });

  it("keeps relations that are derived from each other together", () => {
    expect(
      strataOf("path(X, Y) :- link(X, Y); path(X, Z) :- path(X, Y), link(Y, Z); even(X) :- odd(X); odd(X) :- even(X);"),
    ).toEqual(["crash: ", "link: ", "path*: 0,1", "even+odd*: 2,3"]);
  });

  it.each([
    ["negation of the present in a rule for the next instant", "on(X)@next :- t(X), notin on(X);"],
    ["negation in a message rule", "on(X)@async :- t(X), notin on(X);"],
    ["an aggregate of what it defines one instant later", "n(X, count<Y>)@next :- n(X, Y);"],
    ["ordinary and aggregate rules for one relation", "n(X, count<Y>) :- m(X, Y); n(X, 0) :- t(X);"],
    ["recursion without negation", "r(X, Z) :- r(X, Y), r(Y, Z), notin t(X);"],
  ])("accepts %s", (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it("counts a literal at an absolute time as one of the same instant", () => {
    expect(errorsOf("on(X) :- t(X), notin on(X)@3;")).toEqual(["unstratifiable: notin on(X)@3"]);
  });

  it("spells out a shortest cycle in long components", () => {
    const ring = Array.from({ length: 3000 }, (_, i) => `r${i}(X) :- r${(i + 1) % 3000}(X);`).join("\n");
    expect(errorsOf(`${ring} r0(X) :- t(X), notin r2999(X);`)).toEqual(["unstratifiable: notin r2999(X)"]);
  });
});

describe("passes", () => {
  it("all report, in the order of the text", () => {
    expect(errorsOf('r("a"); s(X) :- r(Y); r(1)@1; t(X) :- r(X), notin t(X); r(a)@1; u(X, Y) :- u(X);')).toEqual([
      "fact-without-time: ",
      "unbound-variable: X",
      "type-conflict: 1",
      "unstratifiable: notin t(X)",
      "unquoted-constant: a",
      "unbound-variable: Y",
      "arity: u(X)",
    ]);
  });
});
