import type { Fate, TupleAt } from "../execution/execution.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Span } from "../source/source.js";

/** What one literal of a firing's body rested on. */
export type Support =
  /** A positive literal: the tuple it matched. */
  | { readonly kind: "tuple"; readonly literal: number; readonly tuple: TupleAt }
  /** A negated literal: that nothing matched; `undefined` matches anything. */
  | {
      readonly kind: "absence";
      readonly literal: number;
      readonly relation: RelationId;
      readonly instant: number;
      readonly pattern: readonly (Value | undefined)[];
    };

/** One way in which a tuple came about. */
export type Derivation =
  | { readonly kind: "fact"; readonly span: Span }
  /** A tuple of `crash`: the schedule holds that crash. */
  | { readonly kind: "crash" }
  | RuleDerivation;

/** A firing that derived a tuple; for an aggregate, the firings of its group. */
export interface RuleDerivation {
  readonly kind: "rule";
  readonly rule: RuleId;
  /** The instant at which the body held: that of the tuple, or the one before for `@next` and `@async`. */
  readonly instant: number;
  /** By variable of the rule; `undefined` where the variable is local to a negation or was aggregated away. */
  readonly binding: readonly (Value | undefined)[];
  readonly supports: readonly Support[];
  /** For a message rule. */
  readonly message?: { readonly from: Value; readonly to: Value; readonly fate: Fate };
  /** Whether the supports are those of every firing of the group of an aggregate. */
  readonly aggregate: boolean;
}

/** The provenance of one execution: every derivation of every tuple (SIGMOD 2015, section 3). */
export interface Provenance {
  /** Empty iff the tuple does not hold. Deterministic order: facts first, then by rule and binding. */
  derivationsOf(tuple: TupleAt): readonly Derivation[];
}

/** Whether a derivation carries the very same tuple over from the instant before. */
export function persists(derivation: RuleDerivation, head: TupleAt): boolean {
  return (
    derivation.message === undefined &&
    derivation.instant === head.instant - 1 &&
    derivation.supports.some(
      (s) =>
        s.kind === "tuple" &&
        s.tuple.relation === head.relation &&
        s.tuple.instant === head.instant - 1 &&
        s.tuple.args.every((value, i) => value === head.args[i]),
    )
  );
}
