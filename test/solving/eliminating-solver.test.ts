import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EliminatingSolver } from "../../src/solving/eliminating-solver.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { Clause } from "./clauses.js";
import { expectTruth, formula, literal, variables } from "./clauses.js";

describe("a solver that eliminates variables", () => {
  test.each([
    ["all are eliminated", false, Infinity],
    ["some are kept", true, Infinity],
    ["too many clauses", false, 7],
  ])("answers and models are as without, whatever is asked and added later: %s", (_name, keeps, tooMany) => {
    fc.assert(
      fc.property(
        formula,
        fc.array(
          fc.record({
            more: fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
            assumptions: fc.array(literal, { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        (first, questions) => {
          const solver = new EliminatingSolver(new MinisatSolver(), 0, tooMany);
          for (let v = 0; v < variables; v++) solver.newVariable();
          if (keeps) for (let v = 1; v <= variables; v += 2) solver.keep(v);
          for (const c of first) solver.addClause(c);
          const clauses: Clause[] = [...first];
          for (const { more, assumptions } of questions) {
            for (const c of more) solver.addClause(c);
            clauses.push(...more);
            expectTruth(solver, variables, clauses, assumptions);
          }
        },
      ),
      { numRuns: 60, seed: 6 },
    );
  });

  test("a model keeps its values while clauses bring eliminated variables back", () => {
    const inner = new MinisatSolver();
    const solver = new EliminatingSolver(inner, 0);
    const [a, b, c] = [solver.newVariable(), solver.newVariable(), solver.newVariable()];
    for (const clause of [[a], [-a, b], [-b, c]]) solver.addClause(clause);
    expect(solver.solve([])).toBe(true);
    expect(inner.variables).toBe(0);
    solver.addClause([-c, b]);
    expect(inner.variables).toBe(3);
    expect([a, b, c].map((v) => solver.value(v))).toEqual([true, true, true]);
    expect(solver.solve([-c])).toBe(false);
  });

  test("a chain of eliminated variables comes back whole, however long it is", () => {
    const solver = new EliminatingSolver(new MinisatSolver(), 0);
    const chain = Array.from({ length: 20_000 }, () => solver.newVariable());
    chain.forEach((v, i) => {
      const next = chain[i + 1];
      if (next !== undefined) solver.addClause([-v, next]);
    });
    expect(solver.solve([])).toBe(true);
    solver.addClause([1]);
    expect(solver.solve([-20_000])).toBe(false);
    expect(solver.solve([20_000])).toBe(true);
    expect(solver.value(10_000)).toBe(true);
  });

  test("counts the clauses that were given", () => {
    const solver = new EliminatingSolver(new MinisatSolver(), 0);
    const [a, b] = [solver.newVariable(), solver.newVariable()];
    solver.addClause([a, b]);
    solver.addClause([-a, b]);
    expect(solver.solve([])).toBe(true);
    expect(solver.value(b)).toBe(true);
    expect([solver.variables, solver.clauses]).toEqual([2, 2]);
  });
});
