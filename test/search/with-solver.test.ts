import { describe, expect, test } from "vitest";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { decide } from "../../src/search/check.js";
import { Stopped } from "../../src/search/limits.js";
import { SolverInTurns, withSolver } from "../../src/search/with-solver.js";
import type { Solver } from "../../src/solving/solver.js";
import { SolverOutOfMemory } from "../../src/solving/solver.js";
import { settingOf } from "./deciding.js";

const graph = new FaultGraph(budget(["a"], 2, 1, 0));
const exhausted = (): never => {
  throw new SolverOutOfMemory("the SAT solver's memory of 8 MiB is exhausted, after 9 clauses");
};

describe("when the solver's memory ends", () => {
  test("the search ends, and says what ran out", () => {
    expect(() => withSolver(graph, exhausted)).toThrow(Stopped);
    const setting = settingOf(`log("a", "p")@1; log(N, P)@next :- log(N, P);`, { eot: 2, nodes: ["a"] });
    const result = decide(setting, {}, (search) => {
      // A correct run comes first, and is known.
      expect(search.failureFree.eot).toBe(2);
      return withSolver(graph, exhausted);
    });
    expect(result).toMatchObject({
      kind: "verdict",
      verdict: {
        kind: "inconclusive",
        reason: "memory",
        detail: expect.stringContaining("8 MiB"),
        known: { executions: 1 },
      },
    });
  });

  test("one that was used before gives way to a fresh one", () => {
    const turns = new SolverInTurns();
    const solvers: Solver[] = [];
    const answer = turns.withSolver(graph, (solver) => {
      solvers.push(solver);
      return solvers.length === 1 ? exhausted() : "decided";
    });
    expect(answer).toBe("decided");
    expect(solvers[1]).not.toBe(solvers[0]);
    expect(() => turns.withSolver(graph, exhausted)).toThrow(Stopped);
  });

  test("any other mistake is none of its business", () => {
    const mistake = (): never => {
      throw new RangeError("a bug");
    };
    expect(() => withSolver(graph, mistake)).toThrow(RangeError);
    expect(() => new SolverInTurns().withSolver(graph, mistake)).toThrow(RangeError);
  });
});
