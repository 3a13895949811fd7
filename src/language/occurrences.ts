import type { Span } from "../source/source.js";
import { scanFields } from "../syntax/directive-fields.js";
import { parseDeclarations } from "../syntax/directives.js";
import type { Atom, BodyLiteral, BrokenStatement, Comment, Expression, Statement, SyntaxTree } from "../syntax/tree.js";

/** The role of an occurrence of a relation. */
export type Role = "fact" | "head" | "positive" | "negated" | "declared" | "specified" | "input";

/** A relation's name in a text. */
export interface Occurrence {
  readonly name: string;
  readonly role: Role;
  /** The span of the name. */
  readonly span: Span;
  /** The spans of its arguments; absent in a `//!` line without arguments. */
  readonly args?: readonly Span[];
  readonly statement?: Statement | BrokenStatement;
}

const known = new WeakMap<SyntaxTree, readonly Occurrence[]>();

/** Every relation that a text names, in the order of the text; in `//!` lines too. */
export function occurrencesIn(tree: SyntaxTree): readonly Occurrence[] {
  const found = known.get(tree) ?? collect(tree);
  known.set(tree, found);
  return found;
}

/** The occurrence at a place, including its end, so that a cursor behind a name is on it. */
export function occurrenceAt(tree: SyntaxTree, offset: number): Occurrence | undefined {
  return occurrencesIn(tree).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** Whether it defines tuples. */
export function defines({ role }: Occurrence): boolean {
  return role === "fact" || role === "head";
}

/** The statement around a place, with or without errors; its end counts. */
export function statementAt(tree: SyntaxTree, offset: number): Statement | BrokenStatement | undefined {
  return [...tree.statements, ...tree.broken].find(({ span }) => span.start <= offset && offset <= span.end);
}

function collect(tree: SyntaxTree): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const add = (atom: Atom, role: Role, statement: Statement): void => {
    const { relation, args } = atom;
    found.push({ name: relation.text, role, span: relation.span, args: args.map(({ span }) => span), statement });
  };
  for (const statement of tree.statements) {
    if (statement.kind === "fact") add(statement.atom, "fact", statement);
    if (statement.kind !== "rule") continue;
    add(statement.head, "head", statement);
    for (const literal of statement.body) if (literal.kind !== "comparison") add(literal.atom, literal.kind, statement);
  }
  for (const statement of tree.broken)
    for (const { relation, role, args } of statement.atoms)
      found.push({ name: relation.text, role, span: relation.span, args, statement });
  for (const declaration of parseDeclarations(tree).directives) {
    switch (declaration.kind) {
      case "maybe":
      case "one-of":
        for (const fact of declaration.facts) add(fact.atom, "fact", fact);
        break;
      case "promise":
        for (const name of Object.values(declaration.roles))
          if (name !== undefined) found.push({ name: name.text, role: "specified", span: name.span });
        break;
      case "reach": {
        const { pattern } = declaration;
        if (pattern.kind === "name")
          found.push({ name: pattern.name.text, role: "specified", span: pattern.name.span });
        else {
          const { relation, args } = pattern.atom;
          found.push({
            name: relation.text,
            role: "specified",
            span: relation.span,
            args: args.map(({ span }) => span),
          });
        }
        break;
      }
      default:
        for (const name of declaration.names) found.push({ name: name.text, role: "declared", span: name.span });
    }
  }
  for (const comment of tree.comments) found.push(...inExpectation(comment));
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** `pre=`, `post=` and `never=` of a `//! check` or `//! run` line, and the facts of `input=`. */
function inExpectation({ text, span }: Comment): readonly Occurrence[] {
  const [head] = /^\/\/!\s*(?:check|run)(?=\s)/.exec(text) ?? [];
  if (head === undefined) return [];
  const end = span.start + text.trimEnd().length;
  return scanFields(span.file, span.start + head.length, end, () => {}).flatMap(({ key, value, quoted }) => {
    const isRole = key.text === "pre" || key.text === "post" || key.text === "never";
    if (!isRole && key.text !== "input") return [];
    const [name] = (isRole ? /^[a-z]\w*$/ : /^[a-z]\w*(?=\s*\()/).exec(value.text) ?? [];
    if (name === undefined) return [];
    const start = value.span.start + (quoted ? 1 : 0);
    return [{ name, role: isRole ? "specified" : "input", span: { file: span.file, start, end: start + name.length } }];
  });
}

/** A variable in a text; `_` is not one. */
export interface VariableOccurrence {
  readonly name: string;
  readonly span: Span;
}

/** The variables of a statement, in the order of the text. */
export function variablesOf(statement: Statement | BrokenStatement): readonly VariableOccurrence[] {
  return expressionsOf(statement)
    .filter((part) => part.kind === "variable")
    .sort((a, b) => a.span.start - b.span.start);
}

/** Every expression of a statement and its parts; of a broken one, the variables. */
export function expressionsOf(statement: Statement | BrokenStatement): readonly Expression[] {
  switch (statement.kind) {
    case "include":
      return [];
    case "broken":
      return statement.variables;
    case "fact":
      return statement.atom.args.flatMap(partsOf);
    case "rule":
      return [...statement.head.args, ...statement.body.flatMap(operandsOf)].flatMap(partsOf);
    default: {
      const never: never = statement;
      return never;
    }
  }
}

function operandsOf(literal: BodyLiteral): readonly Expression[] {
  return literal.kind === "comparison" ? [literal.left, literal.right] : literal.atom.args;
}

function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    parts.push(next);
    if (next.kind === "arithmetic") pending.push(next.right, next.left);
    if (next.kind === "aggregate") pending.push(...[next.variable, ...(next.more ?? []), ...(next.by ?? [])].reverse());
  }
  return parts;
}
