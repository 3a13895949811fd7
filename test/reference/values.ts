import type { ArithmeticOperator, ComparisonOperator } from "../../src/syntax/tree.js";

/** "Values are integers … and strings." */
export type Value = number | string;
export type Tuple = readonly Value[];

/** What an operation without a value gives instead. */
export interface Problem {
  readonly problem: "division-by-zero" | "integer-overflow";
}

export function isProblem(outcome: Value | Problem): outcome is Problem {
  return typeof outcome === "object";
}

/**
 * "Values are integers (exact: an operation whose result leaves JavaScript's safe-integer range is an error, never a
 * rounded number)." Computed in big integers, so that nothing is rounded before it is judged.
 */
export function exact(result: bigint): number | Problem {
  const fits = result <= BigInt(Number.MAX_SAFE_INTEGER) && result >= BigInt(Number.MIN_SAFE_INTEGER);
  return fits ? Number(result) : { problem: "integer-overflow" };
}

/** "`/` and `%` truncate toward zero. `+` on two strings concatenates." */
export function calculate(operator: ArithmeticOperator, left: Value, right: Value): Value | Problem {
  if (typeof left === "string" && typeof right === "string" && operator === "+") return left + right;
  if (typeof left !== "number" || typeof right !== "number") throw new Error(`ill-typed: ${left} ${operator} ${right}`);
  const a = BigInt(left);
  const b = BigInt(right);
  switch (operator) {
    case "+":
      return exact(a + b);
    case "-":
      return exact(a - b);
    case "*":
      return exact(a * b);
    case "/":
      return b === 0n ? { problem: "division-by-zero" } : exact(a / b);
    case "%":
      return b === 0n ? { problem: "division-by-zero" } : exact(a % b);
  }
}

/** "Between two strings the order is by code unit." */
export function compare(operator: ComparisonOperator, left: Value, right: Value): boolean {
  if (typeof left !== typeof right) throw new Error(`ill-typed: ${left} ${operator} ${right}`);
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** A tuple as a string: equal tuples have equal strings. */
export function keyOf(tuple: Tuple): string {
  return JSON.stringify(tuple);
}
