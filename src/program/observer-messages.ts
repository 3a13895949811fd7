import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { observerRelations } from "./memory.js";
import type { Program, RelationId } from "./program.js";

/**
 * The messages of the observer: its relations are nowhere, so no message may bring a tuple of one or come of one. `roles` are the
 * relations of the specification, which are the observer's too; they are judged only where absences are asked for, so that programs
 * that were written before there were any run as they did. Those that `//! observer` names, and what reads them, always are.
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
              ? `a message cannot bring \`${name}\`, which is the observer's`
              : `a message cannot depend on \`${name}\`, which is the observer's`,
          help: "the observer sees everything and takes no part: let the protocol send relations of its own",
          related: line === undefined ? [] : [{ span: line, message: "the observer's, by this line" }],
        }),
      ];
    });
}
