import { builtIns } from "../../faults/kind.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { replacing } from "../../source/fixes.js";
import { nearest } from "../../source/nearest.js";
import type { Program } from "../program.js";
import { definedRelations } from "./options.js";

/** At most this many unknown relations get a suggestion, each of which takes time proportional to the number of relations. */
const MOST_SUGGESTIONS = 50;

/** Warns of a relation that is read, but defined by no fact and no rule: it is always empty. */
export function unknownRelations(program: Program): readonly Diagnostic[] {
  const defined = definedRelations(program);
  return program.relations
    .filter(
      ({ id, defined: isDefined }) =>
        !isDefined && id !== program.crash && id !== program.restart && id !== program.eot,
    )
    .map(({ name, arity, firstUse }, i) => {
      const meant =
        i >= MOST_SUGGESTIONS
          ? undefined
          : nearest(name, [
              ...defined.filter((r) => r.arity === arity).map((r) => r.name),
              ...defined.map((r) => r.name),
              ...Object.values(builtIns),
            ]);
      return diagnostic("unknown-relation", {
        span: firstUse,
        message: `no fact and no rule defines \`${name}\`: it is always empty`,
        help:
          meant === undefined
            ? "define it, or remove the literals that read it; a fact after EOT, `@1000`, defines it as empty"
            : `did you mean \`${meant}\`?`,
        fix:
          meant === undefined || firstUse === undefined
            ? undefined
            : replacing({ ...firstUse, end: firstUse.start + name.length }, meant, `Write \`${meant}\``, "doubtful"),
      });
    });
}
