import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import type { StrategyName } from "../../src/search/verdict.js";
import { decided } from "./deciding.js";

const strategies: readonly StrategyName[] = ["lineage", "exhaustive", "alternate"];

/** Every strategy that decides has to say the same. */
function agree(name: string, text: string, options: CheckOptions, expected: string): void {
  test.each(strategies)(`${name}: %s`, (strategy) => {
    expect(decided(text, { ...options, strategy })).toBe(expected);
  });
}

describe("recursion within an instant", () => {
  // At 2, r("b", "q") is derived only if m both arrived and did not: never. At 3 it is derived if m was lost.
  agree(
    "a tuple that was impossible at one instant is derived at the next, and what follows from it too",
    `start("a")@1; n("b")@2;
     m("b")@async :- start(A);
     r(N, "s") :- r(N, "q");
     r(N, "q") :- r(N, "p"), go(N);
     r(N, "p") :- n(N), notin m(N);
     go(N) :- m(N);
     go("b")@3;
     r(N, X)@next :- r(N, X);
     pre(N) :- r(N, "s"); post(N) :- never(N); never("z")@99;`,
    { eot: 3, eff: 3, nodes: ["a", "b"] },
    "violated omit(a,b,1)",
  );

  const path = `
    link("a", "b")@1; link("b", "c")@1; link("c", "a")@1; link(X, Y)@next :- link(X, Y);
    heard(Y, X)@async :- link(X, Y); heard(Y, X)@next :- heard(Y, X);
    reach(Y, X) :- heard(Y, X);
    reach(Z, X) :- reach(Y, X), heard(Z, Y);
    pre(Y, X) :- link(_, X), link(_, Y); post(Y, X) :- reach(Y, X);`;
  agree("a cycle of three nodes is closed if each hears its predecessor once", path, { eot: 3, eff: 2 }, "holds");
  agree("and not if one never does", path, { eot: 3, eff: 3 }, "violated omit(a,b,1) omit(a,b,2)");
  agree(
    "tuples of a cycle do not support each other once what began it is lost",
    `e("b", "x", "y")@2; e("b", "y", "x")@2; s("a")@1;
     begin("b", "x")@async :- s(A);
     r(N, X) :- begin(N, X);
     r(N, Y) :- r(N, X), e(N, X, Y);
     want("b", "x")@2; want("b", "y")@2;
     pre(N, X) :- want(N, X); post(N, X) :- r(N, X);`,
    { eot: 2, eff: 2, nodes: ["a", "b"] },
    "violated omit(a,b,1)",
  );
});

describe("arithmetic that fails", () => {
  agree(
    "in a negated literal: whether the relation is empty makes no difference",
    `start("a")@1; v("b", 0)@2; v(N, X)@next :- v(N, X);
     msg("b")@async :- start(A);
     m(N, 1) :- v(N, _), t(N), notin msg(N); t("b")@2;
     h(N) :- v(N, Y), t(N), notin m(N, 1 / Y);
     pre(N) :- v(N, _); post(N) :- v(N, _);`,
    { eot: 3, eff: 2, nodes: ["a", "b"] },
    "division-by-zero {}",
  );
  agree(
    "a sum that is too large only when a message is lost",
    `start("a")@1; t("b")@2; v("b", 9007199254740991)@2;
     m("b")@async :- start(A);
     v(N, 1) :- t(N), notin m(N);
     total(N, sum<X>) :- v(N, X);
     ok("b")@1; ok(N)@next :- ok(N); pre(N) :- ok(N); post(N) :- ok(N);`,
    { eot: 4, eff: 3, nodes: ["a", "b"] },
    "integer-overflow omit(a,b,1)",
  );
  agree(
    "a sum that is too large only when it loses a negative summand",
    `start("a")@1; v("b", 9007199254740991)@2; v("b", 1)@2;
     v("b", -1)@async :- start(A);
     total(N, sum<X>) :- v(N, X);
     ok("b")@1; ok(N)@next :- ok(N); pre(N) :- ok(N); post(N) :- ok(N);`,
    { eot: 3, eff: 3, nodes: ["a", "b"] },
    "integer-overflow omit(a,b,1)",
  );
  agree(
    "does not make a derivation of a binding that another comparison rejects",
    `start("a")@1; zero("b", 0)@1; zero("b", 0)@2; zero("b", 0)@3; three("b", 3)@2; dest("b")@1;
     h(N, Y) :- zero(N, Y), three(N, X), X == 1 / Y, X > 5;
     h(N, 0)@async :- start(A), dest(N);
     k(N, Y)@next :- h(N, Y); k(N, Y)@next :- k(N, Y);
     pre(N, 0) :- zero(N, _); post(N, Y) :- k(N, Y);`,
    { eot: 3, eff: 3, nodes: ["a", "b"] },
    "violated omit(a,b,1)",
  );
  agree(
    "and one of two equalities that fails leaves the other to bind",
    `start("a")@1; zero("b", 0)@1; zero("b", 0)@2; zero("b", 0)@3; dest("b")@1;
     h(N, Y) :- zero(N, Y), X == 1 / Y, X == 4, X > 5;
     h(N, 0)@async :- start(A), dest(N);
     k(N, Y)@next :- h(N, Y); k(N, Y)@next :- k(N, Y);
     pre(N, 0) :- zero(N, _); post(N, Y) :- k(N, Y);`,
    { eot: 3, eff: 3, nodes: ["a", "b"] },
    "violated omit(a,b,1)",
  );
  agree(
    "is kept from happening by the literal that a message satisfies, not by the one that depends on it",
    `start("a")@1; v("b", 0)@2; r("b", 7)@2;
     m("b")@async :- start(A);
     h(N) :- v(N, Y), notin r(N, 1 / Y), notin m(N);
     ok("b")@1; ok(N)@next :- ok(N); pre(N) :- ok(N); post(N) :- ok(N);`,
    { eot: 3, eff: 2, nodes: ["a", "b"] },
    "division-by-zero omit(a,b,1)",
  );
});

describe("messages", () => {
  // The order of the facts is such that the last binding of the rule is not the one of the lost message.
  agree(
    "an aggregate in a message whose sender is computed leaves from the sender of its group",
    `base("x")@1; base("y")@1; d("d")@1; d(D)@next :- d(D);
     s("y1", "d", 2)@1; s("x1", "d", 1)@1;
     m(D, X + "1", count<Y>)@async :- s(X + "1", D, Y), base(X);
     got(D, F) :- m(D, F, _); got(D, F)@next :- got(D, F);
     pre(D, "x1") :- d(D); post(D, F) :- got(D, F);`,
    { eot: 3, eff: 3, nodes: ["d", "x1", "y1"] },
    "violated omit(x1,d,1)",
  );
  agree(
    "a node's message to itself is never lost, not even by its crash",
    `n("a")@1; m("a")@async :- n("a"); m(N)@next :- m(N); pre("a") :- m("a"); pre("a") :- n("a"); post(N) :- m(N);`,
    { eot: 3, eff: 3, crashes: 1 },
    "holds",
  );
  agree(
    "a message to a place that is no node is never delivered",
    `n("a")@1; n(N)@next :- n(N); m("x")@async :- n(A); pre("x") :- m(_); post(X) :- never(X); never("a")@99;`,
    { eot: 3, eff: 3, nodes: ["a"] },
    "holds",
  );
});

describe("crashes", () => {
  const promise = (post: string): string => `
    n("a")@1; n("b")@1; n(N)@next :- n(N);
    m("b")@async :- n("a"); m(N)@next :- m(N);
    pre(N) :- n(N), N == "b"; post(N) :- ${post};`;
  agree(
    "a crash before the first message prevents it",
    promise("m(N)"),
    { eot: 4, eff: 1, crashes: 1 },
    "violated crash(a,1)",
  );
  agree(
    "`crash` excuses, also before it happens",
    promise('n(N), notin crash(N, "a", _)'),
    { eot: 4, eff: 1, crashes: 1 },
    "violated crash(a,4)",
  );
  agree(
    "no more nodes crash than may",
    `n("a")@1; n("b")@1; n(N)@next :- n(N);
    two(O) :- crash(O, "a", _), crash(O, "b", _); pre(N) :- n(N), two(N); post(N) :- two(N), n(N), N == "c";`,
    { eot: 3, eff: 0, crashes: 1 },
    "holds",
  );
  agree(
    "but as many as may",
    `n("a")@1; n("b")@1; n(N)@next :- n(N);
    two(O) :- crash(O, "a", _), crash(O, "b", 2); pre(N) :- n(N), two(N); post(N) :- two(N), n(N), N == "c";`,
    { eot: 3, eff: 0, crashes: 2 },
    "violated crash(a,3) crash(b,2)",
  );
});
