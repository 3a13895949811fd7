import type {
  Atom,
  BodyLiteral,
  Expression,
  FactStatement,
  RuleStatement,
  SyntaxTree,
  Variable,
} from "../syntax/tree.js";

/** The statements of all files of a program, in the order of reading: what the passes judge. */
export interface Draft {
  readonly trees: readonly SyntaxTree[];
  readonly facts: readonly FactStatement[];
  readonly rules: readonly RuleStatement[];
}

type AtomLiteral = Exclude<BodyLiteral, { readonly kind: "comparison" }>;

export function draftOf(trees: readonly SyntaxTree[]): Draft {
  const facts: FactStatement[] = [];
  const rules: RuleStatement[] = [];
  for (const tree of trees) {
    for (const statement of tree.statements) {
      if (statement.kind === "fact") facts.push(statement);
      if (statement.kind === "rule") rules.push(statement);
    }
  }
  return { trees, facts, rules };
}

export function isAtomLiteral(literal: BodyLiteral): literal is AtomLiteral {
  return literal.kind !== "comparison";
}

/** The first atom of the body, whose first argument is the location of the rule. */
export function locationAtom(rule: RuleStatement): Atom | undefined {
  return rule.body.find(isAtomLiteral)?.atom;
}

export function hasAggregate(head: Atom): boolean {
  return head.args.some((arg) => arg.kind === "aggregate");
}

/** `expression` and everything within it, in the order of the text. */
export function within(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    if (next.kind === "arithmetic") pending.push(next.right, next.left);
    if (next.kind === "aggregate") pending.push(next.variable);
  }
  return found;
}

/** The variables in an expression, one for each occurrence, in the order of the text. */
export function variablesIn(expression: Expression): readonly Variable[] {
  if (expression.kind === "variable") return [expression];
  const found: Variable[] = [];
  for (const part of within(expression)) if (part.kind === "variable") found.push(part);
  return found;
}

/** The expressions of a literal: the arguments of its atom, or the two sides of the comparison. */
export function expressionsOf(literal: BodyLiteral): readonly Expression[] {
  return literal.kind === "comparison" ? [literal.left, literal.right] : literal.atom.args;
}
