import type { BodyTerm, HeadTerm } from "../program.js";

/** The variables in a term, one for each occurrence. */
export function termVariables(term: BodyTerm | HeadTerm): readonly number[] {
  switch (term.kind) {
    case "variable":
    case "aggregate":
      return [term.variable];
    case "arithmetic":
      return [...termVariables(term.left), ...termVariables(term.right)];
    case "constant":
    case "wildcard":
      return [];
  }
}
