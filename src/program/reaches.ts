import type { Diagnostics } from "../source/diagnostic.js";
import { formatValue } from "../source/strings.js";
import type { ReachPattern } from "../syntax/declaration.js";
import type { Draft } from "./draft.js";
import { definedRelation } from "./named-relations.js";
import type { ReachStatement, Value } from "./program.js";
import type { RelationTable } from "./relations.js";

/** Resolves `//! reach` lines: each names a relation that the program defines. */
export function resolveReaches(
  { reaches }: Draft,
  table: RelationTable,
  diagnostics: Diagnostics,
): readonly ReachStatement[] {
  return reaches.flatMap(({ pattern, bounds, span }) => {
    const name = pattern.kind === "name" ? pattern.name : pattern.atom.relation;
    const relation = definedRelation(name, "reach", table, diagnostics);
    if (relation === undefined) return [];
    const columns = valuesOf(pattern, table.entries[relation]?.arity ?? 0);
    return [{ relation, columns, bounds, text: textOf(pattern), span }];
  });
}

function valuesOf(pattern: ReachPattern, arity: number): readonly (Value | undefined)[] {
  if (pattern.kind === "name") return Array.from({ length: arity }, () => undefined);
  return pattern.atom.args.map((arg) => (arg.kind === "integer" || arg.kind === "string" ? arg.value : undefined));
}

function textOf(pattern: ReachPattern): string {
  if (pattern.kind === "name") return pattern.name.text;
  const { relation, args } = pattern.atom;
  const written = args.map((arg) => (arg.kind === "integer" || arg.kind === "string" ? formatValue(arg.value) : "_"));
  return `${relation.text}(${written.join(", ")})`;
}
