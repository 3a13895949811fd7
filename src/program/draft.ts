import type { Diagnostics } from "../source/diagnostic.js";
import type {
  InputDeclaration,
  NamesDeclaration,
  PromiseDeclaration,
  ReachDeclaration,
} from "../syntax/declaration.js";
import { parseDeclarations } from "../syntax/directives.js";
import type {
  Atom,
  BodyLiteral,
  Expression,
  FactStatement,
  RuleStatement,
  SyntaxTree,
  Variable,
} from "../syntax/tree.js";

/** The statements of all files of a program, in the order of reading: the input of the passes. */
export interface Draft {
  /** Facts, including those of inputs, and rules, in the order of the text. */
  readonly statements: readonly (FactStatement | RuleStatement)[];
  /** The unconditional facts. */
  readonly facts: readonly FactStatement[];
  readonly rules: readonly RuleStatement[];
  /** The `maybe` and `one-of` lines. */
  readonly inputs: readonly InputDeclaration[];
  /** The `durable`, `forgets` and `observer` lines. */
  readonly named: readonly NamesDeclaration[];
  /** The `promise` lines. */
  readonly promises: readonly PromiseDeclaration[];
  /** The `reach` lines. */
  readonly reaches: readonly ReachDeclaration[];
}

type AtomLiteral = Exclude<BodyLiteral, { readonly kind: "comparison" }>;

export function draftOf(trees: readonly SyntaxTree[], diagnostics: Diagnostics): Draft {
  const statements: (FactStatement | RuleStatement)[] = [];
  const facts: FactStatement[] = [];
  const rules: RuleStatement[] = [];
  const inputs: InputDeclaration[] = [];
  const named: NamesDeclaration[] = [];
  const promises: PromiseDeclaration[] = [];
  const reaches: ReachDeclaration[] = [];
  for (const tree of trees) {
    const declarations = parseDeclarations(tree);
    diagnostics.add(declarations.diagnostics);
    const own: (FactStatement | RuleStatement)[] = [];
    for (const statement of tree.statements) {
      if (statement.kind === "include") continue;
      own.push(statement);
      if (statement.kind === "fact") facts.push(statement);
      else rules.push(statement);
    }
    for (const declaration of declarations.directives) {
      switch (declaration.kind) {
        case "maybe":
        case "one-of":
          inputs.push(declaration);
          own.push(...declaration.facts);
          break;
        case "promise":
          promises.push(declaration);
          break;
        case "reach":
          reaches.push(declaration);
          break;
        default:
          named.push(declaration);
      }
    }
    for (const statement of own.sort((a, b) => a.span.start - b.span.start)) statements.push(statement);
  }
  return { statements, facts, rules, inputs, named, promises, reaches };
}

/** The unconditional facts and those of the inputs. */
export function possibleFacts({ facts, inputs }: Draft): readonly FactStatement[] {
  return inputs.length === 0 ? facts : [...facts, ...inputs.flatMap((input) => input.facts)];
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

/** An expression and its subexpressions, in the order of the text. */
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

/** The occurrences of variables in an expression, in the order of the text. */
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
