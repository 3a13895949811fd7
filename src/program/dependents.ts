import type { Program, RelationId } from "./program.js";

/** A relation and all relations that are derived from it, directly or indirectly, by rules of any timing. */
export function dependents(program: Program, relation: RelationId): ReadonlySet<RelationId> {
  const found = new Set<RelationId>([relation]);
  for (let before = 0; found.size > before; ) {
    before = found.size;
    for (const { head, body } of program.rules) {
      if (body.some((literal) => literal.kind !== "comparison" && found.has(literal.relation)))
        found.add(head.relation);
    }
  }
  return found;
}
