import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { observerRelations } from "./memory.js";
import type { Program, RelationId } from "./program.js";

/**
 * Reports message rules whose head or body has an observer relation: such relations are outside the protocol. `roles`: the
 * relations of the specification, which are observer relations too. Callers pass them only if the budget has absences, so that
 * older programs keep their meaning; relations that `//! observer` names, and those derived from them, are always checked.
 */
export function observerMessages(program: Program, roles: readonly RelationId[]): readonly Diagnostic[] {
  const named = [...program.observers.keys(), ...roles];
  if (named.length === 0) return [];
  const observer = observerRelations(program, named);
  return program.rules
    .filter(({ timing }) => timing === "async")
    .flatMap(({ head, body }) => {
      const atoms = [head, ...body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal]))];
      const atom = atoms.find(({ relation }) => observer.has(relation));
      if (atom === undefined) return [];
      const name = program.relations[atom.relation]?.name ?? "";
      const line = program.observers.get(atom.relation);
      return [
        diagnostic("message-of-observer", {
          span: atom.span,
          message:
            atom === head
              ? `a message cannot derive \`${name}\`, which is an observer relation`
              : `a message cannot depend on \`${name}\`, which is an observer relation`,
          help: "observer relations are not part of the protocol: send a relation of the protocol instead",
          related: line === undefined ? [] : [{ span: line, message: "an observer relation by this line" }],
        }),
      ];
    });
}
