import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClauseList } from "../../src/solving/clause-list.js";
import { eliminate } from "../../src/solving/elimination.js";
import type { Clause } from "./clauses.js";
import { formula, models, satisfies, variables } from "./clauses.js";

/** What is left of some clauses. */
function remainder(variables: number, clauses: readonly Clause[]): readonly Clause[] {
  const list = new ClauseList();
  for (const clause of clauses) list.add(clause);
  const { gone } = eliminate(list, variables);
  return Array.from({ length: list.length }, (_, c) => c)
    .filter((c) => gone[c] === 0)
    .map((c) => list.clause(c));
}

describe("elimination", () => {
  test("what is left follows from the clauses, and can be satisfied only if they can", () => {
    fc.assert(
      fc.property(formula, (clauses) => {
        const before = models(variables, clauses);
        const left = remainder(variables, clauses);
        expect(before.every((model) => left.every((clause) => satisfies(model, clause)))).toBe(true);
        expect(models(variables, left).length > 0).toBe(before.length > 0);
      }),
      { numRuns: 2000, seed: 4 },
    );
  });

  test("never makes more clauses", () => {
    fc.assert(
      fc.property(formula, (clauses) => {
        expect(remainder(variables, clauses).length).toBeLessThanOrEqual(clauses.length);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test("a chain of implications closes up", () => {
    const length = 3000;
    const chain = Array.from({ length: length - 1 }, (_, i) => [-(i + 1), i + 2]);
    expect(remainder(length, chain)).toEqual([]);
    expect(remainder(length, [[1], ...chain, [-length]])).toEqual([[]]);
  });

  test.each([
    [20, false],
    [21, true],
  ])("a variable stays where its resolvents would be long: 2 × %i literals, %s", (half, stays) => {
    const others = Array.from({ length: 2 * half }, (_, i) => i + 2);
    const wide = [
      [1, ...others.slice(0, half)],
      [-1, ...others.slice(half)],
    ];
    // With these the others have too many occurrences to be eliminated.
    const many = others.flatMap((v) =>
      [50, 51, 52, 53, 54].flatMap((w) => [
        [v, w],
        [-v, -w],
      ]),
    );
    expect(remainder(54, [...wide, ...many])).toEqual(stays ? [...wide, ...many] : [...many, others]);
  });

  test("a clause removes those that contain it, and a literal from those that contain it but for one sign", () => {
    // With these only the first variable has few enough occurrences to be eliminated.
    const many = [2, 3, 4, 5].flatMap((v) =>
      [50, 51, 52, 53, 54].flatMap((w) => [
        [v, w],
        [-v, -w],
      ]),
    );
    const clauses = [
      [1, 2],
      [-1, 3],
      [2, 3, 4],
      [-2, 3, 5],
      [-2, -3, 4],
    ];
    expect(remainder(54, [...clauses, ...many])).toEqual([[-2, -3, 4], ...many, [2, 3], [3, 5]]);
  });

  test("late variables are eliminated after the others", () => {
    const list = new ClauseList();
    for (const clause of [
      [-1, 2],
      [-2, 3],
      [-3, 4],
    ])
      list.add(clause);
    const order = (isLate: (v: number) => boolean): readonly number[] => [
      ...eliminate(list, 4, isLate).eliminated.keys(),
    ];
    expect(order((v) => v % 2 === 1)).toEqual([4, 2, 1, 3]);
  });
});
