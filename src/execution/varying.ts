import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { ComparisonOperator } from "../program/program.js";

/**
 * An integer that differs from schedule to schedule, as a function of the schedule: each of its binary digits is an annotation.
 *
 *     sum of {1 under p, 2 under q, 4 under r}:     one value of digits p, q, r, where a tuple for each value is seven tuples
 *
 * `digits`: the two's complement, the least digit first and the sign last. `low`, `high`: bounds, both safe integers. What uses such a
 * value asks for annotations: the schedules under which one is less than another, or equal to it.
 */
export class Varying {
  constructor(
    readonly digits: readonly Annotation[],
    readonly low: number,
    readonly high: number,
  ) {}
}

/** The value that is the same under every schedule. */
export function steady(value: number): Varying {
  const digits = Array.from({ length: widthOf(value, value) }, (_, i) => digitOf(BigInt(value), i));
  return new Varying(digits, value, value);
}

/** The integer that a varying value is under the schedule under which its digits have these values. */
export function integerFrom(digits: readonly boolean[]): number {
  return digits.reduce((sum, digit, i) => {
    const weight = 2 ** i;
    return digit ? sum + (i === digits.length - 1 ? -weight : weight) : sum;
  }, 0);
}

/** A summand that counts under the schedules of `when`. */
export interface Summand {
  readonly value: bigint;
  readonly when: Annotation;
}

/** The least and the greatest sum that some choice of summands has; `undefined` if one of them is no safe integer. */
export function boundsOf(summands: readonly Summand[]): Pick<Varying, "low" | "high"> | undefined {
  let [low, high] = [0n, 0n];
  for (const { value, when } of summands) {
    if (value < 0n || when === TRUE) low += value;
    if (value > 0n || when === TRUE) high += value;
  }
  return isSafe(low) && isSafe(high) ? { low: Number(low), high: Number(high) } : undefined;
}

/** The sum of summands, within their bounds. */
export function sumOf(
  summands: readonly Summand[],
  { low, high }: Pick<Varying, "low" | "high">,
  algebra: Algebra,
): Varying {
  const width = widthOf(low, high);
  const columns = Array.from({ length: width }, (_, i) => [digitOf(BigInt(low), i)]);
  for (const { value, when } of summands) {
    if (when === TRUE) continue;
    // `low` has the negative ones; without one it is more by as much.
    const [amount, more] = value < 0n ? [-value, when ^ 1] : [value, when];
    for (let i = 0; i < width; i++) if (digitOf(amount, i) === TRUE) columns[i]?.push(more);
  }
  return new Varying(added(columns, algebra), low, high);
}

/** The sum or the difference; `undefined` if it can be beyond the safe integers. */
export function combined(operator: "+" | "-", a: Varying, b: Varying, algebra: Algebra): Varying | undefined {
  const [low, high] = operator === "+" ? [a.low + b.low, a.high + b.high] : [a.low - b.high, a.high - b.low];
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) return undefined;
  const width = widthOf(low, high);
  const complement = operator === "+" ? FALSE : TRUE;
  const columns = Array.from({ length: width }, (_, i) => [digitAt(a, i), digitAt(b, i) ^ complement]);
  columns[0]?.push(complement);
  return new Varying(added(columns, algebra), low, high);
}

/** The schedules under which a comparison is true. */
export function comparison(operator: ComparisonOperator, a: Varying, b: Varying, algebra: Algebra): Annotation {
  switch (operator) {
    case "==":
      return equal(a, b, algebra);
    case "!=":
      return equal(a, b, algebra) ^ 1;
    case "<":
      return less(a, b, algebra);
    case "<=":
      return less(b, a, algebra) ^ 1;
    case ">":
      return less(b, a, algebra);
    case ">=":
      return less(a, b, algebra) ^ 1;
  }
}

function equal(a: Varying, b: Varying, algebra: Algebra): Annotation {
  if (a.high < b.low || b.high < a.low) return FALSE;
  let all = TRUE;
  for (let i = 0; i < Math.max(a.digits.length, b.digits.length) && all !== FALSE; i++)
    all = algebra.and(all, exclusive(digitAt(a, i), digitAt(b, i), algebra) ^ 1);
  return all;
}

/** From the least digit on: where the digits differ they decide, where they are equal those before do. Signs count the other way. */
function less(a: Varying, b: Varying, algebra: Algebra): Annotation {
  if (a.high < b.low) return TRUE;
  if (b.high <= a.low) return FALSE;
  const width = Math.max(a.digits.length, b.digits.length);
  let result = FALSE;
  for (let i = 0; i < width; i++) {
    const isSign = i === width - 1;
    const [x, y] = isSign ? [digitAt(b, i), digitAt(a, i)] : [digitAt(a, i), digitAt(b, i)];
    const [differs, notGreater] = [algebra.and(x ^ 1, y), algebra.or(x ^ 1, y)];
    result = algebra.or(differs, algebra.and(notGreater, result));
  }
  return result;
}

/** One value under the schedules of `when`, and another under the others. */
export function chosen(when: Annotation, a: Varying, b: Varying, algebra: Algebra): Varying {
  const digits = Array.from({ length: Math.max(a.digits.length, b.digits.length) }, (_, i): Annotation => {
    const [x, y] = [digitAt(a, i), digitAt(b, i)];
    return x === y ? x : algebra.or(algebra.and(when, x), algebra.and(when ^ 1, y));
  });
  return new Varying(withoutRepeatedSign(digits), Math.min(a.low, b.low), Math.max(a.high, b.high));
}

/** The digits of a sum, modulo 2 to their number: `columns` are the addends of each weight, which full adders reduce to one. */
function added(columns: Annotation[][], algebra: Algebra): readonly Annotation[] {
  const digits = columns.map((column, i): Annotation => {
    const above = columns[i + 1];
    const addends = column.filter((addend) => addend !== FALSE);
    let taken = 0;
    while (addends.length - taken > 1) {
      const [x = FALSE, y = FALSE, z = FALSE] = addends.slice(taken, taken + 3);
      taken += Math.min(3, addends.length - taken);
      const half = exclusive(x, y, algebra);
      const sum = exclusive(half, z, algebra);
      above?.push(algebra.or(algebra.and(x, y), algebra.and(half, z)));
      if (sum !== FALSE) addends.push(sum);
    }
    return addends[taken] ?? FALSE;
  });
  return withoutRepeatedSign(digits);
}

function withoutRepeatedSign(digits: readonly Annotation[]): readonly Annotation[] {
  let length = digits.length;
  while (length > 1 && digits[length - 1] === digits[length - 2]) length--;
  return digits.slice(0, length);
}

function exclusive(a: Annotation, b: Annotation, algebra: Algebra): Annotation {
  return algebra.and(algebra.and(a, b) ^ 1, algebra.or(a, b));
}

/** A digit, that of the sign where there are no more. */
function digitAt({ digits }: Varying, i: number): Annotation {
  return digits[Math.min(i, digits.length - 1)] ?? FALSE;
}

function digitOf(value: bigint, i: number): Annotation {
  return (value >> BigInt(i)) & 1n ? TRUE : FALSE;
}

/** The digits of two's complement that two bounds need. */
function widthOf(low: number, high: number): number {
  let width = 1;
  while (low < -(2 ** (width - 1)) || high >= 2 ** (width - 1)) width++;
  return width;
}

function isSafe(value: bigint): boolean {
  return Number.isSafeInteger(Number(value));
}
