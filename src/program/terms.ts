import type { BodyTerm, HeadTerm, Literal, Rule, Term } from "./program.js";

type AnyTerm = BodyTerm | HeadTerm;

/** The arguments of the head and the body's atoms, and the sides of its comparisons, in the order of the text. */
export function ruleTerms({ head, body }: Rule): readonly AnyTerm[] {
  return [...head.args, ...body.flatMap((literal): readonly AnyTerm[] => literalTerms(literal))];
}

/** The arguments of an atom, or the two sides of a comparison. */
export function literalTerms(literal: Literal): readonly BodyTerm[] {
  return literal.kind === "comparison" ? [literal.left, literal.right] : literal.args;
}

/** A term and its subterms, in the order of the text. */
export function subterms(term: AnyTerm): readonly AnyTerm[] {
  return term.kind === "arithmetic" ? [term, ...subterms(term.left), ...subterms(term.right)] : [term];
}

/** The occurrences of variables in a term. */
export function termVariables(term: AnyTerm): readonly number[] {
  switch (term.kind) {
    case "variable":
      return [term.variable];
    case "aggregate":
      return term.over;
    case "arithmetic":
      return [...termVariables(term.left), ...termVariables(term.right)];
    case "constant":
    case "wildcard":
      return [];
  }
}

/** The variables that are whole arguments of positive atoms: tuples bind them, and an equality on one of them is a test. */
export function boundByAtoms({ body }: Rule): ReadonlySet<number> {
  const bound = new Set<number>();
  for (const literal of body) {
    if (literal.kind !== "positive") continue;
    for (const arg of literal.args) if (arg.kind === "variable") bound.add(arg.variable);
  }
  return bound;
}

/** The equalities of a body, each in both directions. */
export function equations({ body }: Rule): readonly { readonly side: Term; readonly other: Term }[] {
  return body.flatMap((literal) =>
    literal.kind === "comparison" && literal.operator === "=="
      ? [
          { side: literal.left, other: literal.right },
          { side: literal.right, other: literal.left },
        ]
      : [],
  );
}
