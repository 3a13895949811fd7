import { describe, expect, test } from "vitest";
import type { Summand } from "../../src/execution/varying.js";
import {
  boundsOf,
  chosen,
  combined,
  comparison,
  integerFrom,
  steady,
  sumOf,
  Varying,
} from "../../src/execution/varying.js";
import { FALSE, TRUE } from "../../src/faults/annotation.js";
import { Graph } from "../../src/lineage/graph.js";
import type { ComparisonOperator } from "../../src/program/program.js";
import { Random } from "../properties/random.js";

const graph = new Graph();
const inputs = Array.from({ length: 7 }, (_, i) => graph.input(i));
const assignments = Array.from(
  { length: 2 ** inputs.length },
  (_, bits) =>
    (variable: number): boolean =>
      ((bits >> variable) & 1) === 1,
);

function holds(annotation: number, assignment: (variable: number) => boolean): boolean {
  return graph.evaluate([annotation], assignment)[0] === true;
}

function integer({ digits }: Varying, assignment: (variable: number) => boolean): number {
  return integerFrom(graph.evaluate(digits, assignment));
}

function sum(summands: readonly Summand[]): Varying {
  const bounds = boundsOf(summands);
  if (bounds === undefined) throw new Error("beyond the safe integers");
  return sumOf(summands, bounds, graph);
}

/** A sum of some of these values, under conditions of one variable, its negation, or none. */
function randomSum(
  random: Random,
  values: readonly number[],
): { readonly summands: readonly Summand[]; readonly value: Varying } {
  const summands = inputs.flatMap((input): readonly Summand[] => {
    if (random.chance(0.2)) return [];
    const value = BigInt(random.pick(values));
    return [{ value, when: random.chance(0.1) ? TRUE : input ^ (random.chance(0.2) ? 1 : 0) }];
  });
  return { summands, value: sum(summands) };
}

/** Values that are small, of either sign, and as large as seven of them can be. */
const small = [0, 1, 2, 3, 5, 8];
const signed = [-3, -2, -1, 0, 1, 2, 3, 7];
const large = [2 ** 49, 2 ** 49 + 1, 2 ** 50 - 1, -(2 ** 50), -(2 ** 49) - 3, 2 ** 31, -(2 ** 32)];

describe.each([
  ["small", small],
  ["of either sign", signed],
  ["large", large],
] as const)("of summands that are %s", (_, values) => {
  test("the sum is, under each assignment, that of those which count, and lies within its bounds", () => {
    const random = new Random(1);
    for (let i = 0; i < 15; i++) {
      const { summands, value } = randomSum(random, values);
      for (const assignment of assignments) {
        const expected = summands.reduce(
          (total, s) => (holds(s.when, assignment) ? total + Number(s.value) : total),
          0,
        );
        expect(integer(value, assignment)).toBe(expected);
        expect(value.low <= expected && expected <= value.high).toBe(true);
      }
    }
  });

  test("sums, differences, comparisons and choices are those of the integers", () => {
    const random = new Random(2);
    const operators: readonly ComparisonOperator[] = ["==", "!=", "<", "<=", ">", ">="];
    for (let i = 0; i < 12; i++) {
      const a = randomSum(random, values).value;
      const b = random.chance(0.3) ? steady(random.pick(values)) : randomSum(random, values).value;
      const [plus, minus] = [combined("+", a, b, graph), combined("-", a, b, graph)];
      const truths = operators.map((operator) => comparison(operator, a, b, graph));
      const when = random.pick(inputs);
      const either = chosen(when, a, b, graph);
      for (const assignment of assignments) {
        const [x, y] = [integer(a, assignment), integer(b, assignment)];
        if (plus !== undefined) expect(integer(plus, assignment)).toBe(x + y);
        if (minus !== undefined) expect(integer(minus, assignment)).toBe(x - y);
        expect(truths.map((truth) => holds(truth, assignment))).toEqual([
          x === y,
          x !== y,
          x < y,
          x <= y,
          x > y,
          x >= y,
        ]);
        expect(integer(either, assignment)).toBe(holds(when, assignment) ? x : y);
      }
    }
  });
});

test("distinct powers of two under independent conditions are their digits", () => {
  const [p = FALSE, q = FALSE, r = FALSE] = inputs;
  const before = graph.size;
  const value = sum([
    { value: 1n, when: p },
    { value: 2n, when: q },
    { value: 4n, when: r },
  ]);
  expect(value.digits).toEqual([p, q, r, FALSE]);
  expect(graph.size).toBe(before);
});

test("what can be beyond the safe integers is no varying value", () => {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const [p = FALSE, q = FALSE] = inputs;
  expect(boundsOf([{ value: most, when: p }])).toEqual({ low: 0, high: Number.MAX_SAFE_INTEGER });
  expect(
    boundsOf([
      { value: most, when: p },
      { value: 1n, when: q },
    ]),
  ).toBeUndefined();
  expect(
    boundsOf([
      { value: -most, when: TRUE },
      { value: -1n, when: q },
    ]),
  ).toBeUndefined();
  const greatest = sum([{ value: most, when: p }]);
  expect(integer(greatest, () => true)).toBe(Number.MAX_SAFE_INTEGER);
  expect(combined("+", greatest, steady(1), graph)).toBeUndefined();
  expect(combined("-", steady(0), greatest, graph)).toBeInstanceOf(Varying);
  expect(combined("-", steady(-1), greatest, graph)).toBeUndefined();
});

test("bounds decide comparisons without a circuit", () => {
  const [p = FALSE, q = FALSE] = inputs;
  const value = sum([
    { value: 1n, when: p },
    { value: 2n, when: q },
  ]);
  expect(comparison("<", value, steady(4), graph)).toBe(TRUE);
  expect(comparison(">=", value, steady(0), graph)).toBe(TRUE);
  expect(comparison("==", value, steady(4), graph)).toBe(FALSE);
  expect(comparison(">", value, steady(3), graph)).toBe(FALSE);
});
