import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Program, RelationId } from "../program.js";
import type { LintOptions } from "./options.js";
import { definedRelations, outcomes } from "./options.js";

/** A relation that is defined for nothing: no rule reads it but those that carry it on, and it is no outcome. */
export function unreadRelations(program: Program, options: LintOptions): readonly Diagnostic[] {
  const read = new Set<RelationId>(outcomes(program, options));
  const readByItself = new Set<RelationId>();
  for (const { head, body } of program.rules) {
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
        help: "remove it; or, if it is what the protocol is to achieve, name it with `--post`, or read it in `post`",
      }),
    );
}
