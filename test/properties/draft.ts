import { expandRanges } from "../../src/program/expand-ranges.js";
import { Diagnostics } from "../../src/source/diagnostic.js";
import type {
  AggregateFunction,
  ArithmeticOperator,
  Atom,
  ComparisonOperator,
  Expression,
  Statement,
  SyntaxTree,
} from "../../src/syntax/tree.js";

/** A program without places: easy to make, to change and to print. `include`s are left out. */
export interface Draft {
  readonly statements: readonly DraftStatement[];
  /** Its `//!` lines, if it has any; they are printed first. */
  readonly directives?: readonly string[];
  /** Statements in forms that `statements` does not have, as text; printed last. */
  readonly raw?: readonly string[];
}

export type DraftTerm =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "wildcard" }
  | { readonly kind: "constant"; readonly value: number | string }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: DraftTerm;
      readonly right: DraftTerm;
    }
  | { readonly kind: "aggregate"; readonly function: AggregateFunction; readonly variable: string };

export interface DraftAtom {
  readonly relation: string;
  readonly args: readonly DraftTerm[];
  /** The N of `@N`. */
  readonly at?: number;
}

export type DraftLiteral =
  | { readonly kind: "positive" | "negated"; readonly atom: DraftAtom }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: DraftTerm;
      readonly right: DraftTerm;
    };

export interface DraftRule {
  readonly kind: "rule";
  readonly timing: "now" | "next" | "async";
  readonly head: DraftAtom;
  readonly body: readonly DraftLiteral[];
}

export interface DraftFact {
  readonly kind: "fact";
  readonly relation: string;
  readonly args: readonly (number | string)[];
  readonly at: number;
}

export type DraftStatement = DraftRule | DraftFact;

export const variable = (name: string): DraftTerm => ({ kind: "variable", name });
export const constant = (value: number | string): DraftTerm => ({ kind: "constant", value });
export const wildcard: DraftTerm = { kind: "wildcard" };

export function print(draft: Draft): string {
  const lines = [...(draft.directives ?? []), ...draft.statements.map(printStatement), ...(draft.raw ?? [])];
  return lines.map((line) => `${line}\n`).join("");
}

export function printStatement(s: DraftStatement): string {
  if (s.kind === "fact") return `${s.relation}(${s.args.map(printValue).join(", ")})@${s.at};`;
  const mark = s.timing === "now" ? "" : `@${s.timing}`;
  return `${printAtom(s.head)}${mark} :- ${s.body.map(printLiteral).join(", ")};`;
}

function printLiteral(literal: DraftLiteral): string {
  if (literal.kind === "comparison")
    return `${printTerm(literal.left)} ${literal.operator} ${printTerm(literal.right)}`;
  return `${literal.kind === "negated" ? "notin " : ""}${printAtom(literal.atom)}`;
}

function printAtom(atom: DraftAtom): string {
  return `${atom.relation}(${atom.args.map(printTerm).join(", ")})${atom.at === undefined ? "" : `@${atom.at}`}`;
}

function printTerm(term: DraftTerm): string {
  switch (term.kind) {
    case "variable":
      return term.name;
    case "wildcard":
      return "_";
    case "constant":
      return printValue(term.value);
    case "arithmetic":
      return `${printOperand(term.left)} ${term.operator} ${printOperand(term.right)}`;
    case "aggregate":
      return `${term.function}<${term.variable}>`;
  }
}

function printOperand(term: DraftTerm): string {
  return term.kind === "arithmetic" ? `(${printTerm(term)})` : printTerm(term);
}

export function printValue(value: number | string): string {
  if (typeof value === "number") return String(value);
  const escaped = value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return `"${escaped}"`;
}

/** The draft of a parsed text. */
export function draftOf(tree: SyntaxTree): Draft {
  const statements = tree.statements.flatMap((s) => {
    if (s.kind === "include" || isFactByRule(s)) return [];
    return (s.kind === "fact" ? expandRanges(s, new Diagnostics()) : [s]).map(statementOf);
  });
  const directives = tree.comments.map((comment) => comment.text.trim()).filter(hasMeaning);
  // Facts by rule are kept as they are written.
  const raw = tree.statements
    .filter(isFactByRule)
    .map(({ span }) => `${tree.source.text.slice(span.start, span.end)};`);
  return {
    statements,
    ...(directives.length === 0 ? {} : { directives }),
    ...(raw.length === 0 ? {} : { raw }),
  };
}

function isFactByRule(s: Statement): boolean {
  return s.kind === "rule" && s.head.time?.kind === "at";
}

/** Whether a comment is a `//!` line that is part of the program, not one that says what to expect of it. */
function hasMeaning(comment: string): boolean {
  return /^\/\/!\s*(durable|forgets|observer|maybe|one-of|promise|everywhere|reach)\s/.test(comment);
}

function statementOf(s: Exclude<Statement, { kind: "include" }>): DraftStatement {
  if (s.kind === "fact") {
    const args = s.atom.args.map((arg) => {
      if (arg.kind !== "integer" && arg.kind !== "string") throw new Error("a fact has only constants");
      return arg.value;
    });
    return {
      kind: "fact",
      relation: s.atom.relation.text,
      args,
      at: s.atom.time?.kind === "at" ? s.atom.time.instant : 1,
    };
  }
  const mark = s.head.time?.kind;
  return {
    kind: "rule",
    timing: mark === "next" || mark === "async" ? mark : "now",
    head: { relation: s.head.relation.text, args: s.head.args.map(termOf) },
    body: s.body.map(
      (literal): DraftLiteral =>
        literal.kind === "comparison"
          ? { kind: "comparison", operator: literal.operator, left: termOf(literal.left), right: termOf(literal.right) }
          : { kind: literal.kind, atom: atomOf(literal.atom) },
    ),
  };
}

function atomOf(atom: Atom): DraftAtom {
  const at = atom.time?.kind === "at" ? { at: atom.time.instant } : {};
  return { relation: atom.relation.text, args: atom.args.map(termOf), ...at };
}

function termOf(e: Expression): DraftTerm {
  switch (e.kind) {
    case "variable":
      return variable(e.name);
    case "wildcard":
      return wildcard;
    case "integer":
    case "string":
      return constant(e.value);
    case "arithmetic":
      return { kind: "arithmetic", operator: e.operator, left: termOf(e.left), right: termOf(e.right) };
    case "range":
      throw new Error("a draft has no ranges");
    case "aggregate":
      return {
        kind: "aggregate",
        function: e.function.text as AggregateFunction,
        variable: e.variable.kind === "variable" ? e.variable.name : "_",
      };
  }
}
