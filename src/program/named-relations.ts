import type { Diagnostics } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { Span } from "../source/source.js";
import type { Declaration, NamesDeclaration } from "../syntax/declaration.js";
import type { Name } from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import type { Program, RelationId } from "./program.js";
import type { RelationTable } from "./relations.js";

/** Resolves the names in `//! durable`, `//! forgets` and `//! observer`. Each must be defined, and none both durable and forgotten. */
export function namedRelations(
  { named }: Draft,
  table: RelationTable,
  diagnostics: Diagnostics,
): Pick<Program, "durable" | "forgets" | "observers" | "everywhere"> {
  const by = (kind: NamesDeclaration["kind"]): ReadonlyMap<RelationId, Span> => {
    const found = new Map<RelationId, Span>();
    for (const line of named) {
      if (line.kind !== kind) continue;
      for (const name of line.names) {
        const id = definedRelation(name, kind, table, diagnostics);
        if (id !== undefined && !found.has(id)) found.set(id, name.span);
      }
    }
    return found;
  };
  const [durable, forgets, observers, everywhere] = [by("durable"), by("forgets"), by("observer"), by("everywhere")];
  for (const [line, others] of [
    ["durable", durable],
    ["forgets", forgets],
    ["observer", observers],
  ] as const) {
    for (const [id, span] of others) {
      const known = everywhere.get(id);
      if (known === undefined) continue;
      diagnostics.report("static-relation", {
        span,
        message: `\`${table.entries[id]?.name}\` holds everywhere, at every instant: no restart and no pause affects it`,
        help: `take it out of the \`//! ${line}\` line, or out of \`//! everywhere\``,
        related: [{ span: known, message: "static by this line" }],
      });
    }
  }
  for (const [id, span] of forgets) {
    const kept = durable.get(id);
    if (kept === undefined) continue;
    diagnostics.report("durable-and-forgets", {
      span,
      message: `\`${table.entries[id]?.name}\` cannot be both durable and forgotten`,
      help: "take it out of one of the lines",
      related: [{ span: kept, message: "durable by this line" }],
    });
  }
  return { durable, forgets, observers, everywhere };
}

/** The relation that a `//!` line of this kind names; an error if nothing defines it, not even a statement with errors. */
export function definedRelation(
  { text, span }: Name,
  kind: Declaration["kind"],
  table: RelationTable,
  diagnostics: Diagnostics,
): RelationId | undefined {
  const id = table.byName.get(text);
  if (id !== undefined && table.entries[id]?.defined === true) return id;
  if (table.doubtful.has(text)) return undefined;
  const isBuiltIn = id !== undefined && (id === table.crash || id === table.restart || id === table.eot);
  const meant = nearest(
    text,
    table.entries.filter((entry) => entry.defined).map((entry) => entry.name),
  );
  diagnostics.report("undefined-relation", {
    span,
    message: isBuiltIn
      ? `\`${text}\` is built in, and \`//! ${kind}\` takes relations of the program`
      : `\`//! ${kind}\` names \`${text}\`, and no fact and no rule defines it`,
    help: meant === undefined || isBuiltIn ? "take it out of the line" : `did you mean \`${meant}\`?`,
  });
  return undefined;
}
