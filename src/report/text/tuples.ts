import type { Tuple, TupleAt } from "../../execution/execution.js";
import type { Program, RelationId, Value } from "../../program/program.js";
import { formatName } from "../../source/names.js";
import { formatValue } from "../../source/strings.js";

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
