import fc from "fast-check";
import { expect } from "vitest";
import type { SatLiteral, Solver } from "../../src/solving/solver.js";

// Small formulas, and their models by trying every assignment.

export type Clause = readonly SatLiteral[];

export const satisfies = (assignment: number, clause: Clause): boolean =>
  clause.some((l) => ((assignment >> (Math.abs(l) - 1)) & 1) === (l > 0 ? 1 : 0));

export const models = (variables: number, clauses: readonly Clause[]): readonly number[] =>
  Array.from({ length: 2 ** variables }, (_, a) => a).filter((a) => clauses.every((c) => satisfies(a, c)));

export const variables = 6;
export const literal = fc
  .tuple(fc.integer({ min: 1, max: variables }), fc.boolean())
  .map(([v, sign]) => (sign ? v : -v));
/** Repeated literals and tautologies among them. */
export const formula = fc.array(fc.array(literal, { minLength: 1, maxLength: 4 }), { maxLength: 24 });

/** The solver, which was told these clauses over the variables 1 … `variables`, answers as a truth table does, with a model that is one. */
export function expectTruth(
  solver: Solver,
  variables: number,
  clauses: readonly Clause[],
  assumptions: readonly SatLiteral[],
): void {
  const all = [...clauses, ...assumptions.map((l) => [l])];
  const expected = models(variables, all).length > 0;
  expect(solver.solve(assumptions)).toBe(expected);
  if (!expected) return;
  const model = Array.from({ length: variables }, (_, i) => (solver.value(i + 1) ? 1 << i : 0)).reduce(
    (a, b) => a + b,
    0,
  );
  expect(all.every((c) => satisfies(model, c))).toBe(true);
}
