import type { InputLine } from "../faults/inputs.js";
import type { SourceFile, Span } from "../source/source.js";
import type { ReachBounds } from "../syntax/declaration.js";
import type { AggregateFunction, ArithmeticOperator, ComparisonOperator } from "../syntax/tree.js";

export type { AggregateFunction, ArithmeticOperator, ComparisonOperator };

/** A Dedalus value: a safe integer or a string. */
export type Value = number | string;

/** Index into `Program.relations`. */
export type RelationId = number & { readonly brand: "RelationId" };
/** Index into `Program.rules`. */
export type RuleId = number & { readonly brand: "RuleId" };

export type ColumnType = "integer" | "string" | "unknown";

export interface Relation {
  readonly id: RelationId;
  readonly name: string;
  readonly arity: number;
  readonly columnTypes: readonly ColumnType[];
  /** Whether some fact or rule has it as its head. `crash` and `restart` are built in and have neither. */
  readonly defined: boolean;
  /** Its first occurrence; absent for `crash` if the program does not mention it. */
  readonly firstUse?: Span;
}

/** A variable of a rule: index into `Rule.variables`. */
export interface VariableTerm {
  readonly kind: "variable";
  readonly variable: number;
}

export interface ConstantTerm {
  readonly kind: "constant";
  readonly value: Value;
}

export interface ArithmeticTerm {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: Term;
  readonly right: Term;
  readonly span: Span;
}

/** A term has a value once its variables are bound. */
export type Term = VariableTerm | ConstantTerm | ArithmeticTerm;

export interface WildcardTerm {
  readonly kind: "wildcard";
}

/** An argument of a body atom. */
export type BodyTerm = Term | WildcardTerm;

export interface AggregateTerm {
  readonly kind: "aggregate";
  readonly function: AggregateFunction;
  /** The variable whose values are counted, added or compared; of a record, the one that this column shows. */
  readonly variable: number;
  /** The variables over whose distinct tuples it ranges: `variable` first, unless it is of a record. */
  readonly over: readonly number[];
  /** Of `max<T, L>`: the place of this column among those of the record, which follow each other. */
  readonly component?: number;
  readonly span: Span;
}

/** An argument of a head. */
export type HeadTerm = Term | AggregateTerm;

export interface AtomLiteral {
  readonly kind: "positive" | "negated";
  readonly relation: RelationId;
  readonly args: readonly BodyTerm[];
  /** The N of `r(…)@N`; absent for the instant at which the rule is evaluated. */
  readonly instant?: number;
  readonly span: Span;
}

export interface ComparisonLiteral {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Term;
  readonly right: Term;
  readonly span: Span;
}

/** `X == e`, with X in no positive atom, is an ordinary comparison here; the planner turns it into a binding. */
export type Literal = AtomLiteral | ComparisonLiteral;

export type Timing = "deductive" | "inductive" | "async";

export interface Rule {
  readonly id: RuleId;
  readonly timing: Timing;
  readonly head: { readonly relation: RelationId; readonly args: readonly HeadTerm[]; readonly span: Span };
  /** In the order of the text. */
  readonly body: readonly Literal[];
  /** The names, by index; wildcards are not among them. */
  readonly variables: readonly string[];
  /** Where each variable first occurs, by index. */
  readonly variableSpans: readonly Span[];
  /** The variables that are local to a negation (`localVariables` in bindings.ts): no binding gives them a value. */
  readonly localVariables: ReadonlySet<number>;
  /** The first argument of the first atom of the body: the sender, if the rule is `@async`. */
  readonly location: BodyTerm;
  /** The first column of the head that holds the location; absent where none does. */
  readonly locationColumn?: number;
  readonly span: Span;
}

export interface Fact {
  readonly relation: RelationId;
  readonly args: readonly Value[];
  readonly instant: number;
  readonly span: Span;
}

/** `//! maybe`: its fact is present or not. `//! one-of`: exactly one of its facts is present. */
export interface InputStatement {
  readonly kind: "maybe" | "one-of";
  readonly facts: readonly Fact[];
  readonly span: Span;
}

/**
 * A strongly connected component of the same-instant dependencies of relations, with the deductive rules that define its
 * members. Invariant: evaluated in the order of `Program.strata`, everything that a stratum reads from other strata at its
 * own instant is complete.
 */
export interface Stratum {
  readonly relations: readonly RelationId[];
  /** Deductive rules only. */
  readonly rules: readonly RuleId[];
  /** Whether some rule of the stratum reads a member of it at the same instant. */
  readonly recursive: boolean;
}

/** Whether an argument of a negated atom matches any value: a wildcard, or a variable local to the negation. */
export function isOpen(rule: Rule, arg: BodyTerm): boolean {
  return arg.kind === "wildcard" || (arg.kind === "variable" && rule.localVariables.has(arg.variable));
}

/** `//! promise`: a named condition of the specification. */
export interface PromiseStatement {
  readonly name: string;
  /** Only with `post`. */
  readonly pre?: RelationId;
  readonly post?: RelationId;
  readonly never?: RelationId;
  readonly span: Span;
}

/** `//! reach`: some schedule of the budget is to make a matching tuple hold at some instant. */
export interface ReachStatement {
  readonly relation: RelationId;
  /** By column; `undefined` matches any value. */
  readonly columns: readonly (Value | undefined)[];
  /** The least budget for which it is judged. */
  readonly bounds: ReachBounds;
  /** The pattern, as messages show it. */
  readonly text: string;
  readonly span: Span;
}

/** What is evaluated once, before instant 1, as a program of one instant (`execution/setup.ts`). */
export interface Setup {
  readonly program: Omit<Program, "setup">;
  /** The number of its first rules that define static relations of the program. */
  readonly defining: number;
  /** For each rule that states facts: the relation with their arguments, and what they are facts of. */
  readonly facts: readonly {
    readonly from: RelationId;
    readonly relation: RelationId;
    readonly instant: number;
    readonly span: Span;
  }[];
  /** For each rule of the program that reads static relations alone: the relation with the places of its heads. */
  readonly places: readonly { readonly from: RelationId; readonly rule: RuleId }[];
}

/** A resolved and checked program. Immutable: searches, strategies and sweeps share one. */
export interface Program {
  /** The files read, in the order of reading: those named first, each followed by what it includes. */
  readonly files: readonly SourceFile[];
  /** `crash` is always among them, with arity 3. */
  readonly relations: readonly Relation[];
  readonly relationByName: ReadonlyMap<string, RelationId>;
  readonly crash: RelationId;
  /** The built-in `restart`, if the program mentions it and has none of its own. */
  readonly restart: RelationId | undefined;
  /** The relations in `//! durable` lines, with their places: their carried tuples survive a restart. */
  readonly durable: ReadonlyMap<RelationId, Span>;
  /** The relations in `//! forgets` lines, with their places: configuration that does not survive a restart. */
  readonly forgets: ReadonlyMap<RelationId, Span>;
  /** The relations in `//! observer` lines, with their places. */
  readonly observers: ReadonlyMap<RelationId, Span>;
  /** The `promise` lines, in the order of the text; their names differ. */
  readonly promises: readonly PromiseStatement[];
  /** The `reach` lines, in the order of the text. */
  readonly reaches: readonly ReachStatement[];
  /** The `maybe` and `one-of` lines, in the order of the text. */
  readonly inputs: readonly InputStatement[];
  /** Those of relations that are not static. */
  readonly facts: readonly Fact[];
  /** The tuples of static relations, which hold at every instant; their instant is 1. Complete once the setup was evaluated. */
  readonly statics: readonly Fact[];
  /** The static relations: those in `//! everywhere` lines, with their places. */
  readonly everywhere: ReadonlyMap<RelationId, Span>;
  /** The built-in `eot`, a static relation, if the program mentions it and has none of its own. */
  readonly eot: RelationId | undefined;
  /** Absent if the program has neither rules for static relations nor rules that state facts, and reads no `eot`. */
  readonly setup?: Setup;
  /** Where heads of rules stand that read static relations alone, once the setup was evaluated. */
  readonly places?: readonly { readonly rule: RuleId; readonly place: Value }[];
  readonly rules: readonly Rule[];
  readonly strata: readonly Stratum[];
}

/** The unconditional facts, tuples of static relations included, and those of the inputs: what static analyses have to assume. */
export function possibleFacts({
  facts,
  statics,
  inputs,
}: Pick<Program, "facts" | "statics" | "inputs">): readonly Fact[] {
  return inputs.length + statics.length === 0
    ? facts
    : [...facts, ...statics, ...inputs.flatMap((input) => input.facts)];
}

/** Whether a relation holds the same at every instant, and has no location. */
export function isStatic({ everywhere, eot }: Pick<Program, "everywhere" | "eot">, relation: RelationId): boolean {
  return everywhere.has(relation) || relation === eot;
}

/** Every rule of the text: those that are evaluated at every instant, and those that are evaluated once. Numbers are not unique. */
export function allRules({ rules, setup }: Program): readonly Rule[] {
  if (setup === undefined) return rules;
  const once = setup.program.rules.slice(0, setup.defining + setup.facts.length);
  const heads = new Map(setup.facts.map(({ from, relation }) => [from, relation]));
  return [
    ...rules,
    ...once.map((rule) => ({
      ...rule,
      head: { ...rule.head, relation: heads.get(rule.head.relation) ?? rule.head.relation },
    })),
  ];
}

/** The shapes of a program's lines of inputs. */
export function inputLines(program: Program): readonly InputLine[] {
  return program.inputs.map(({ kind, facts }) => ({ kind, alternatives: facts.length }));
}
