import type { CheckOptions } from "./check.js";
import type { Setting } from "./search.js";

/*
 * A check as a text, equal for two checks if and only if they ask the same question: the whole resolved program with its `//!` lines, nodes,
 * specification, budget, and the options that can change an answer. The places and layout of statements, names of files and comments are not
 * part of it.
 */
export function textOfQuestion({ program, ...asked }: Setting, options: CheckOptions): string {
  const { strategy = "lineage", seed = 0, all = false, maxRuns } = options;
  return JSON.stringify({ program, asked, options: { strategy, seed, all, maxRuns } }, plain);
}

/** Encodes values that JSON cannot represent, and omits places. */
function plain(_key: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return "any";
  if (value instanceof Map) return { map: [...value] };
  if (value instanceof Set) return { set: [...value] };
  return isPlace(value) ? undefined : value;
}

/** A span or a file, alone or in a list. */
function isPlace(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isPlace);
  if (typeof value !== "object" || value === null) return false;
  return ("file" in value && "start" in value && "end" in value) || ("path" in value && "text" in value);
}
