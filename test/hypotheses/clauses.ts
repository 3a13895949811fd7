import fc from "fast-check";
import type { SatLiteral } from "../../src/hypotheses/solver.js";

// Small formulas, and their models by trying every assignment.

export type Clause = readonly SatLiteral[];

export const satisfies = (assignment: number, clause: Clause): boolean =>
  clause.some((l) => ((assignment >> (Math.abs(l) - 1)) & 1) === (l > 0 ? 1 : 0));

export const models = (variables: number, clauses: readonly Clause[]): readonly number[] =>
  Array.from({ length: 2 ** variables }, (_, a) => a).filter((a) => clauses.every((c) => satisfies(a, c)));

export const variables = 6;
export const literal = fc.tuple(fc.integer({ min: 1, max: variables }), fc.boolean()).map(([v, sign]) => (sign ? v : -v));
/** Repeated literals and tautologies among them. */
export const formula = fc.array(fc.array(literal, { minLength: 1, maxLength: 4 }), { maxLength: 24 });
