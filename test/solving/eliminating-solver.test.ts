import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EliminatingSolver } from "../../src/solving/eliminating-solver.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { Clause } from "./clauses.js";
import { expectTruth, formula, literal, variables } from "./clauses.js";

describe("a solver that eliminates variables", () => {
  test.each([
    [0, Infinity],
    [2 / 3, Infinity],
    [1, Infinity],
    [1, 7],
  ])(
    "answers as without, whatever is asked first and whatever is added later; share %d, at most %d",
    (little, tooMany) => {
      fc.assert(
        fc.property(
          formula,
          fc.array(
            fc.record({
              more: fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
              assumptions: fc.array(literal, { maxLength: 2 }),
            }),
            {
              minLength: 1,
              maxLength: 4,
            },
          ),
          (first, questions) => {
            const solver = new EliminatingSolver(new MinisatSolver(), 0, little, tooMany);
            for (let v = 0; v < variables; v++) solver.newVariable();
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
    },
  );

  test("counts the clauses that were given", () => {
    const solver = new EliminatingSolver(new MinisatSolver(), 0, 1);
    const [a, b] = [solver.newVariable(), solver.newVariable()];
    solver.addClause([a, b]);
    solver.addClause([-a, b]);
    expect(solver.solve([])).toBe(true);
    expect(solver.value(b)).toBe(true);
    expect([solver.variables, solver.clauses]).toEqual([2, 2]);
  });
});
