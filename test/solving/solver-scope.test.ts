import { describe, expect, it } from "vitest";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import { SolverScope } from "../../src/solving/solver-scope.js";

describe("a scope of a solver", () => {
  it("keeps its clauses from the questions before and after it", () => {
    const solver = new MinisatSolver();
    const x = solver.newVariable();
    const first = new SolverScope(solver);
    first.addClause([x]);
    expect(first.solve([])).toBe(true);
    expect(first.value(x)).toBe(true);
    expect(first.solve([-x])).toBe(false);
    first.close();
    const second = new SolverScope(solver);
    second.addClause([-x]);
    expect(second.solve([])).toBe(true);
    expect(second.value(x)).toBe(false);
    second.addClause([x]);
    expect(second.solve([])).toBe(false);
    second.close();
    expect(solver.solve([])).toBe(true);
  });
});
