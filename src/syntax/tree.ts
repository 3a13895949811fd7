import type { SourceFile, Span } from "../source/source.js";

/** A name and its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** What follows an atom: `@3`, `@next`, `@async`. */
export type TimeMark =
  | { readonly kind: "at"; readonly instant: number; readonly span: Span }
  | { readonly kind: "next"; readonly span: Span }
  | { readonly kind: "async"; readonly span: Span };

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type AggregateFunction = "count" | "min" | "max" | "sum" | "avg";

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly span: Span;
}

export interface Wildcard {
  readonly kind: "wildcard";
  readonly span: Span;
}

export interface IntegerConstant {
  readonly kind: "integer";
  readonly value: number;
  readonly span: Span;
}

export interface StringConstant {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

export interface Arithmetic {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/**
 * `count<X>`, `count<K, L>`, `max<T, L>`, `sum<V by K>`. The grammar accepts it anywhere; that only a head may hold one, and which
 * functions take more than one variable, is checked in `program/`.
 */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly function: Name;
  readonly variable: Variable | Wildcard;
  /** The variables after the first. */
  readonly more?: readonly (Variable | Wildcard)[];
  /** The variables after `by`. */
  readonly by?: readonly (Variable | Wildcard)[];
  /** In a rule that `program/` reads, of `max<T, L>`: one aggregate for each column, this one for the variable at `index` of all. */
  readonly record?: { readonly index: number; readonly of: readonly Variable[] };
  readonly span: Span;
}

/** `1..3`, `"n1".."n5"`: in facts, one for each value. The grammar accepts it anywhere; `program/` checks where it stands. */
export interface Range {
  readonly kind: "range";
  readonly from: Expression;
  readonly to: Expression;
  readonly span: Span;
}

export type Expression = Variable | Wildcard | IntegerConstant | StringConstant | Arithmetic | Aggregate | Range;

export interface Atom {
  readonly relation: Name;
  readonly args: readonly Expression[];
  readonly time?: TimeMark;
  readonly span: Span;
}

export type BodyLiteral =
  | { readonly kind: "positive"; readonly atom: Atom; readonly span: Span }
  | { readonly kind: "negated"; readonly atom: Atom; readonly span: Span }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

export interface IncludeStatement {
  readonly kind: "include";
  readonly path: string;
  readonly pathSpan: Span;
  readonly span: Span;
}

/** A head without a body. That it has a time and constant arguments is checked in `program/`. */
export interface FactStatement {
  readonly kind: "fact";
  readonly atom: Atom;
  readonly span: Span;
}

/** The head's `time` is `next`, `async` or absent; `at` is an error reported in `program/`. */
export interface RuleStatement {
  readonly kind: "rule";
  readonly head: Atom;
  readonly body: readonly BodyLiteral[];
  readonly span: Span;
}

export type Statement = IncludeStatement | FactStatement | RuleStatement;

export interface Comment {
  /** With its delimiters. */
  readonly text: string;
  readonly span: Span;
}

/** An atom as far as it was written: a name and the `(` after it. */
export interface BrokenAtom {
  readonly relation: Name;
  readonly role: "head" | "positive" | "negated";
  /** The text between the parentheses and commas, without outer white space; the last one may be empty. */
  readonly args: readonly Span[];
  /** Up to and with the `)`, or to the end of the statement if there is none. */
  readonly span: Span;
  readonly closed: boolean;
}

/** A statement that has errors: what can be read of it. Editors use it; the checker knows from it what may be defined. */
export interface BrokenStatement {
  readonly kind: "broken";
  readonly atoms: readonly BrokenAtom[];
  readonly variables: readonly Variable[];
  /** From the first token to the last. */
  readonly span: Span;
}

/** One parsed file. */
export interface SyntaxTree {
  readonly source: SourceFile;
  /** Those without errors. */
  readonly statements: readonly Statement[];
  /** The others, in the order of the text; there is a diagnostic for each. */
  readonly broken: readonly BrokenStatement[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
}
