import type { Value } from "../program/program.js";
import { compareNames } from "../source/names.js";
import type { Tuple } from "./execution.js";

/** Integers by size before strings by code unit. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  return typeof b === "number" ? 1 : compareNames(a, b);
}

/** Lexicographic, column by column. */
export function compareTuples(a: Tuple, b: Tuple): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
