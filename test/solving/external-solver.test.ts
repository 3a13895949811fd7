import { describe, expect, test } from "vitest";
import { isStopped } from "../../src/execution/stopped.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { check } from "../../src/search/check.js";
import type { AskSolver, SolverAnswer } from "../../src/solving/external-solver.js";
import { ExternalSolver } from "../../src/solving/external-solver.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import { readAnswer } from "../../src/solving/solver-output.js";
import { settingOf } from "../search/deciding.js";

/** A solver that reads the formula and has MiniSat answer. */
const honest: AskSolver = (cnf) => {
  const solver = new MinisatSolver();
  const [header = "", ...lines] = cnf.trim().split("\n");
  const variables = Number(header.split(" ")[2]);
  for (let v = 1; v <= variables; v++) solver.newVariable();
  for (const line of lines) solver.addClause(line.split(" ").map(Number).slice(0, -1));
  if (!solver.solve([])) return { kind: "unsatisfiable" };
  const model = Array.from({ length: variables }, (_, i) => (solver.value(i + 1) ? i + 1 : -(i + 1)));
  return { kind: "satisfiable", model };
};

const always =
  (answer: SolverAnswer): AskSolver =>
  () =>
    answer;

describe("a solver outside of this process", () => {
  const program = `bcast("a", "m")@1; peer("a", "b")@1; peer("a", "c")@1; peer(X, Y)@next :- peer(X, Y);
log(X, M)@next :- log(X, M); log(Y, M)@async :- bcast(X, M), peer(X, Y); log(X, M) :- bcast(X, M);
pre(M) :- log(_, M); post(M) :- log("b", M), log("c", M);`;
  const setting = settingOf(program, { eot: 4, eff: 2, crashes: 1 });
  const verdictWith = (solver: AskSolver): string => {
    const result = check(setting, { solver });
    if (result.kind !== "verdict") return result.kind;
    const { verdict } = result;
    switch (verdict.kind) {
      case "holds":
        return "holds";
      case "violated":
        return `violated by ${formatSchedule(verdict.counterexample.schedule)}`;
      case "inconclusive":
        return `${verdict.reason}: ${verdict.detail}`;
    }
  };

  test("finds the schedule that the built-in one finds", () => {
    expect(verdictWith(honest)).toBe("violated by crash(a,1)");
  });

  test("whose model satisfies no clause gives no verdict", () => {
    expect(verdictWith(always({ kind: "satisfiable", model: [] }))).toMatch(
      /^solver: the solver's answer cannot be used: its model does not satisfy the clause /,
    );
  });

  test("that says it failed gives no verdict", () => {
    expect(verdictWith(always({ kind: "failed", problem: "it is tired" }))).toBe(
      "solver: the solver's answer cannot be used: it is tired",
    );
  });

  test("that finds a model, and then none with any number of faults, contradicts itself", () => {
    let calls = 0;
    const fickle: AskSolver = (cnf) => (calls++ === 0 ? honest(cnf) : { kind: "unsatisfiable" });
    expect(verdictWith(fickle)).toBe("solver: the solver's answer cannot be used: it contradicts an earlier one");
  });

  test("that is stopped stops the search", () => {
    const stopped: AskSolver = () => ({ kind: "stopped", reason: "timeout", detail: "too late" });
    expect(verdictWith(stopped)).toBe("timeout: too late");
  });

  test("gets clauses and assumptions as one formula", () => {
    const asked: string[] = [];
    const solver = new ExternalSolver((cnf) => {
      asked.push(cnf);
      return honest(cnf);
    });
    const [x, y] = [solver.newVariable(), solver.newVariable()];
    solver.addClause([x, y]);
    expect(solver.solve([-x])).toBe(true);
    expect([solver.value(x), solver.value(y)]).toEqual([false, true]);
    expect(solver.solve([-x, -y])).toBe(false);
    expect(asked).toEqual(["p cnf 2 2\n1 2 0\n-1 0\n", "p cnf 2 3\n1 2 0\n-1 0\n-2 0\n"]);
    expect(isStopped(solver.clauses)).toBe(false);
  });
});

describe("what a solver prints", () => {
  test.each([
    ["c hello\ns SATISFIABLE\nv 1 -2\nv 3 0\n", 10, { kind: "satisfiable", model: [1, -2, 3] }],
    ["s UNSATISFIABLE\n", 20, { kind: "unsatisfiable" }],
    ["s UNSATISFIABLE\n", 0, { kind: "unsatisfiable" }],
    ["Some statistics\nUNSATISFIABLE\n", 20, { kind: "unsatisfiable" }],
    ["SATISFIABLE\n", 10, { kind: "model-elsewhere" }],
  ] as const)("%j with status %s is an answer", (stdout, status, answer) => {
    expect(readAnswer({ stdout, status })).toEqual(answer);
  });

  test("is completed by a result file", () => {
    expect(readAnswer({ stdout: "SATISFIABLE\n", status: 10, result: "SAT\n1 -2 0\n" })).toEqual({
      kind: "satisfiable",
      model: [1, -2],
    });
  });

  test.each([
    ["", 0, "it ended with status 0 without SATISFIABLE or UNSATISFIABLE, and printed nothing"],
    [
      "usage: solver FILE\n",
      1,
      "it ended with status 1 without SATISFIABLE or UNSATISFIABLE; it began with: usage: solver FILE",
    ],
    ["s UNSATISFIABLE\n", 10, "it says UNSATISFIABLE, but its exit status is 10"],
    ["s UNSATISFIABLE\n", 134, "it says UNSATISFIABLE, but its exit status is 134"],
    ["s UNSATISFIABLE\ns SATISFIABLE\n", 20, "it says both SATISFIABLE and UNSATISFIABLE"],
    ["s UNSATISFIABLE\n", undefined, "a signal ended it before it was done"],
    ["s SATISFIABLE\nv 1 two 0\n", 10, "its model has the word two"],
    ["s SATISFIABLE\nv 1 2\n", 10, "its model has no end"],
    ["s UNKNOWN\n", 0, "it ended with status 0 without SATISFIABLE or UNSATISFIABLE; it began with: s UNKNOWN"],
  ])("%j with status %s is none", (stdout, status, problem) => {
    expect(readAnswer({ stdout, status })).toEqual({ kind: "failed", problem });
  });
});
