import type { NumericBound } from "../faults/bounds.js";
import type { Span } from "../source/source.js";
import type { Atom, FactStatement, Name } from "./tree.js";

/** `//! durable a, b`, `//! forgets a`, `//! observer a`, `//! everywhere a`: a property of some relations of the program. */
export interface NamesDeclaration {
  readonly kind: "durable" | "forgets" | "observer" | "everywhere";
  readonly names: readonly Name[];
  /** From `//!` to the end of the line. */
  readonly span: Span;
}

/** `//! maybe f(…)@1`: the fact is present or not. `//! one-of f(…)@1 | g(…)@1`: exactly one of them is present. */
export interface InputDeclaration {
  readonly kind: "maybe" | "one-of";
  readonly facts: readonly FactStatement[];
  readonly span: Span;
}

/** `//! promise kept pre=due post=kept`: a named condition of the specification. */
export interface PromiseDeclaration {
  readonly kind: "promise";
  readonly name: Name;
  /** The relation of each role that the line names. */
  readonly roles: Readonly<Partial<Record<Role, Name>>>;
  readonly span: Span;
}

/** `//! reach leader("b", _) eot=16 crashes=1`: some schedule is to make a matching tuple hold at some instant. */
export interface ReachDeclaration {
  readonly kind: "reach";
  /** The pattern, of constants and wildcards; a name alone matches every tuple of the relation. */
  readonly pattern: ReachPattern;
  /** The least budget for which the line is judged. */
  readonly bounds: ReachBounds;
  readonly span: Span;
}

export type ReachPattern =
  | { readonly kind: "atom"; readonly atom: Atom }
  | { readonly kind: "name"; readonly name: Name };

/** The least EOT and the least bounds of a budget. */
export type ReachBounds = Readonly<Partial<Record<NumericBound | "eot", number>>>;

/** The parts of a promise. */
export type Role = "pre" | "post" | "never";

/** A `//!` line that is part of the program. */
export type Declaration = NamesDeclaration | InputDeclaration | PromiseDeclaration | ReachDeclaration;
