import { promisedRelations } from "./memory.js";
import type { Program, RelationId } from "./program.js";

/** The relations called `pre`, `post` and `never`, and those of promises. */
export function defaultRoles(program: Program): readonly RelationId[] {
  return specificationRoles(program, {});
}

/** The relations of a specification by their names in the options, and those of promises. */
export function specificationRoles(
  program: Program,
  { pre = "pre", post = "post", never = "never" }: { readonly [role in "pre" | "post" | "never"]?: string | undefined },
): readonly RelationId[] {
  const named = [pre, post, never].flatMap((name) => program.relationByName.get(name) ?? []);
  return [...named, ...promisedRelations(program)];
}

/** The relations in these roles, and those that rules read for them alone. */
export function specificationsOwn(program: Program, roles: readonly RelationId[]): ReadonlySet<RelationId> {
  const own = new Set(roles);
  const readers = new Map<RelationId, Set<RelationId>>();
  for (const { head, body } of program.rules) {
    for (const literal of body) {
      if (literal.kind === "comparison" || literal.relation === head.relation) continue;
      const heads = readers.get(literal.relation) ?? new Set();
      readers.set(literal.relation, heads.add(head.relation));
    }
  }
  for (let size = -1; size !== own.size; ) {
    size = own.size;
    for (const [relation, heads] of readers) if ([...heads].every((head) => own.has(head))) own.add(relation);
  }
  return own;
}
