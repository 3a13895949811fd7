import type { Tuple, TupleAt } from "../../execution/execution.js";
import type { SpaceSize } from "../../faults/space.js";
import { log2 } from "../../faults/space.js";
import type { Program, RelationId, Value } from "../../program/program.js";
import { formatName } from "../../source/names.js";
import { formatValue } from "../../source/strings.js";

export { formatValue };

/** `log("c", "hello")`. */
export function formatTuple(program: Program, relation: RelationId, args: Tuple): string {
  return `${relationName(program, relation)}(${args.map(formatValue).join(", ")})`;
}

/** `log("c", "hello")@4`. */
export function formatTupleAt(program: Program, tuple: TupleAt): string {
  return `${formatTuple(program, tuple.relation, tuple.args)}@${tuple.instant}`;
}

/** The same with `_` where anything matches. */
export function formatPattern(program: Program, relation: RelationId, pattern: readonly (Value | undefined)[]): string {
  return `${relationName(program, relation)}(${pattern.map((v) => (v === undefined ? "_" : formatValue(v))).join(", ")})`;
}

export function relationName(program: Program, relation: RelationId): string {
  return program.relations[relation]?.name ?? `relation ${relation}`;
}

/** A node's name in running text, as an option would have it. */
export function formatNode(node: Value): string {
  return formatName(String(node));
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[], conjunction = "and"): string {
  if (items.length <= 1) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items.at(-1) ?? ""}`;
}

/** `1 fault`, `2 faults`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${formatBig(BigInt(n))} ${n === 1 ? noun : plural}`;
}

/** Digits in groups of three up to a million million, from there on a power of two. */
export function formatBig(n: SpaceSize): string {
  if (typeof n !== "bigint") return `about 2^${n.log2.toFixed(1).replace(/\.0$/, "")}`;
  if (n < 1_000_000_000_000n) return n.toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const bits = n.toString(2).length - 1;
  return n === 1n << BigInt(bits) ? `2^${bits}` : formatBig({ log2: log2(n) });
}

export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
