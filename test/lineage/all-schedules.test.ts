import { describe, expect, test } from "vitest";
import { run } from "../../src/execution/run.js";
import { FALSE, TRUE } from "../../src/faults/annotation.js";
import type { Budget } from "../../src/faults/budget.js";
import { budget } from "../../src/faults/budget.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { AllSchedules } from "../../src/lineage/all-schedules.js";
import { buildAllSchedules } from "../../src/lineage/all-schedules.js";
import type { Program } from "../../src/program/program.js";
import { programOf } from "../program/programs.js";
import { schedulesOf } from "./formulas.js";

function built(program: Program, bounds: Budget, maxTuples = 10_000): AllSchedules {
  const all = buildAllSchedules(program, bounds, { maxTuples, keepAll: true });
  if (all.kind !== "built") throw new Error(all.detail);
  return all;
}

/** Compares every relation at every instant under every schedule with the run under it, failures included. */
function checkReadings(text: string, bounds: Budget): void {
  const program = programOf(text);
  const all = built(program, bounds);
  for (const schedule of schedulesOf(bounds)) {
    const assignment = all.graph.variables.assignment(schedule);
    const result = run(program, { nodes: bounds.nodes, eot: bounds.eot, schedule });
    expect(all.graph.evaluate([all.failing], assignment), formatSchedule(schedule)).toEqual([result.kind === "error"]);
    if (result.kind !== "run") continue;
    for (const { id } of program.relations) {
      for (let t = 1; t <= bounds.eot; t++) {
        const possible = all.possible(id, t);
        const values = all.graph.evaluate(
          possible.map((p) => p.annotation),
          assignment,
        );
        const present = possible.filter((_, i) => values[i] === true).map((p) => p.args.join());
        const expected = result.execution.tuples(id, t).map((args) => args.join());
        expect([...present].sort(), formatSchedule(schedule)).toEqual([...expected].sort());
      }
    }
  }
}

describe("an annotation under a schedule agrees with the run under it", () => {
  const two = budget(["a", "b"], 4, 3, 1);

  test("of messages, negation, persistence and `crash`", () => {
    checkReadings(
      `n("a")@1; n("b")@1; n(N)@next :- n(N); m("b", F)@async :- n(F), F == "a"; m(N, F)@next :- m(N, F);
       alone(N) :- n(N), notin m(N, _), notin crash(N, N, _); back("a", N)@async :- alone(N); down(N, M, T) :- crash(N, M, T), n(M);`,
      two,
    );
  });

  test("of recursion within an instant that is not the same at each", () => {
    checkReadings(
      `link("a", 1, 2)@1; link("a", 2, 3)@1; link("a", 3, 1)@1; link(N, X, Y)@next :- link(N, X, Y); s("a")@1; s(N)@next :- s(N);
       go("b", 1)@async :- s(N); copy("b", X, Y)@async :- link(N, X, Y); copy(N, X, Y)@next :- copy(N, X, Y), notin go(N, _);
       r(N, X) :- go(N, X); r(N, Y) :- q(N, X), copy(N, X, Y); q(N, X) :- r(N, X), notin stop(N, X); stop(N, 3) :- go(N, _), notin copy(N, 1, 2);
       r(N, X)@next :- r(N, X);`,
      two,
    );
  });

  test("of aggregates, and of `@N`", () => {
    checkReadings(
      `v("a", 3)@1; v("a", 5)@1; v(N, X)@next :- v(N, X); w("b", X)@async :- v(N, X); w("b", 4)@1;
       c(N, count<X>, sum<X>) :- w(N, X); top(N, max<X>)@next :- w(N, X); low("a", N, min<X>)@async :- w(N, X); a(N, avg<X>) :- w(N, X)@2;
       odd(N) :- w(N, _)@1, notin w(N, 3)@2;`,
      two,
    );
  });

  test("of arithmetic that fails under some schedules", () => {
    checkReadings(
      `v("a", 1)@1; d("b", 0)@1; d(N, 2) :- m(N); m("b")@async :- v(N, _); d(N, X)@next :- d(N, X), notin m(N);
       x(N, 6 / X) :- d(N, X), notin m(N), t(N); t("b")@3; y(N) :- t(N), d(N, X), X != 0, notin x(N, 6 / X);`,
      two,
    );
  });
});

describe("variables that the head does not need", () => {
  const two = budget(["a", "b"], 4, 3, 1);
  const messages = `n("a", 1)@1; n("b", 2)@1; n(N, X + 2)@next :- n(N, X); o("a", "b")@1; o("b", "a")@1; o(N, M)@next :- o(N, M);
    p(M, X, N)@async :- n(N, X), o(N, M); q(M, N, X)@async :- n(N, X), o(N, M); p(N, X, M)@next :- p(N, X, M); q(N, N, X) :- n(N, X); `;

  test("are bound, read and compared as before", () => {
    checkReadings(
      `${messages} some(N) :- p(N, X, M), q(N, K, Y), X < Y, M != K; both(N, M) :- p(N, _, M), q(N, M, Y), notin p(N, Y, "b");
       sum(N, X + 1) :- q(N, _, X), p(N, Y, _), Z == Y + 1, X >= Z; far("b", 9)@async :- p(N, X, _), q(N, _, Y), X == Y;`,
      two,
    );
  });

  test("are not what an aggregate ranges over, or who sends a message", () => {
    checkReadings(
      `${messages} least(N, min<X>) :- p(N, X, M), q(N, _, _); count(N, count<M>) :- p(N, X, M), q(N, K, Y), X <= Y;
       told("b")@async :- n(N, X), X > 0; told("a")@async :- p(N, _, _), q(N, K, _), K != "a";`,
      two,
    );
  });

  test("can make arithmetic fail", () => {
    checkReadings(
      `${messages} bad(N) :- p(N, X, _), q(N, _, Y), 4 / (X - Y) >= 0; worse(N, M) :- p(N, _, M), q(N, _, Y), 1 % (Y - 2) == 0;`,
      two,
    );
  });
});

describe("what no fault can touch", () => {
  test("is certain, and what no schedule gives is not there", () => {
    const program = programOf(
      `n("a")@1; n(N)@next :- n(N); m("b")@async :- n(N); both(N) :- n(N), m(N); k(N) :- n(N), notin m("b"), n("b");`,
    );
    const all = built(program, budget(["a", "b"], 3, 2, 0));
    const at = (name: string, instant: number): readonly (readonly [string, string])[] =>
      all
        .possible(program.relationByName.get(name) ?? program.crash, instant)
        .map((p) => [p.args.join(), p.annotation === TRUE ? "certain" : "possible"]);
    expect(at("n", 3)).toEqual([["a", "certain"]]);
    expect(at("m", 2)).toEqual([["b", "possible"]]);
    expect(at("m", 3)).toEqual([["b", "certain"]]);
    expect(at("both", 3)).toEqual([]);
    const m = program.relationByName.get("m");
    expect(m === undefined ? undefined : all.annotationOf(m, 3, ["a"])).toBe(FALSE);
  });

  test("includes the aggregates of a group that it includes, however large, but not of one that a message may join", () => {
    const facts = ["a", "b"]
      .map((n) => Array.from({ length: 1_000 }, (_, i) => `d("${n}", ${i})@1;`).join(" "))
      .join(" ");
    const program = programOf(
      `d(N, X)@next :- d(N, X); d("b", 5000)@async :- s(N); s("a")@1; c(N, count<X>, avg<X>) :- d(N, X); ${facts}`,
    );
    const all = built(program, budget(["a", "b"], 2, 2, 0));
    const c = program.relationByName.get("c") ?? program.crash;
    expect(
      all
        .possible(c, 2)
        .filter((p) => p.annotation === TRUE)
        .map((p) => p.args),
    ).toEqual([["a", 1000, 499]]);
    const atB = all.possible(c, 2).filter((p) => p.args[0] === "b");
    const underSchedule = (lost: boolean): unknown => {
      const holds = all.graph.evaluate(
        atB.map((p) => p.annotation),
        () => lost,
      );
      return atB.filter((_, i) => holds[i]).map((p) => p.args);
    };
    expect(underSchedule(true)).toEqual([["b", 1000, 499]]);
    expect(underSchedule(false)).toEqual([["b", 1001, 503]]);
  });
});

describe("beyond the limit", () => {
  test("the lineage is abandoned, with the place", () => {
    const program = programOf(`r("a", 0)@2; r(N, X + 1) :- r(N, X);`);
    const all = buildAllSchedules(program, budget(["a"], 3, 2, 0), { maxTuples: 50, keepAll: false });
    expect(all).toEqual({ kind: "too-large", detail: "more than 50 possible tuples at instant 2, the last in r" });
  });
});
