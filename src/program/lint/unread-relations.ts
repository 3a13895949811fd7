import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Program, RelationId } from "../program.js";
import { allRules } from "../program.js";
import type { LintOptions } from "./options.js";
import { definedRelations, outcomes } from "./options.js";

/** Warns of a relation that no rule reads but its own, and that is not part of the specification. */
export function unreadRelations(program: Program, options: LintOptions): readonly Diagnostic[] {
  const read = new Set<RelationId>(outcomes(program, options));
  for (const { relation } of program.reaches) read.add(relation);
  const readByItself = new Set<RelationId>();
  for (const { head, body } of allRules(program)) {
    for (const literal of body) {
      if (literal.kind !== "comparison")
        (literal.relation === head.relation ? readByItself : read).add(literal.relation);
    }
  }
  return definedRelations(program)
    .filter(({ id }) => !read.has(id))
    .map(({ id, name, firstUse }) =>
      diagnostic("unread-relation", {
        span: firstUse,
        message: readByItself.has(id) ? `nothing reads \`${name}\` but its own rules` : `nothing reads \`${name}\``,
        help: "remove it; if it is an outcome of the protocol, name it with `--post` or read it in `post`",
      }),
    );
}
