import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { nearest } from "../../source/nearest.js";
import type { Program } from "../program.js";
import { definedRelations } from "./options.js";

/** Of more unknown relations only the first get a suggestion, which takes time proportional to the relations defined. */
const MOST_SUGGESTIONS = 50;

/** A relation that is read, but that no fact and no rule defines, is always empty. */
export function unknownRelations(program: Program): readonly Diagnostic[] {
  const defined = definedRelations(program);
  return program.relations
    .filter(({ id, defined: isDefined }) => !isDefined && id !== program.crash && id !== program.restart)
    .map(({ name, arity, firstUse }, i) => {
      const meant =
        i >= MOST_SUGGESTIONS
          ? undefined
          : nearest(name, [
              ...defined.filter((r) => r.arity === arity).map((r) => r.name),
              ...defined.map((r) => r.name),
              "crash",
              "restart",
            ]);
      return diagnostic("unknown-relation", {
        span: firstUse,
        message: `no fact and no rule defines \`${name}\`: it is always empty`,
        help:
          meant === undefined
            ? "define it, or remove what reads it; a fact after the end of time, `@1000`, defines it as empty"
            : `did you mean \`${meant}\`?`,
      });
    });
}
