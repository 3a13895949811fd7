import type { Execution, Tuple, TupleAt } from "../execution/execution.js";
import { matchesAtom } from "../execution/matching.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Span } from "../source/source.js";

/** The support of a negated literal of a firing: no tuple matched its pattern, in which `undefined` matches anything. */
export interface Absence {
  readonly kind: "absence";
  readonly literal: number;
  readonly relation: RelationId;
  readonly instant: number;
  readonly pattern: readonly (Value | undefined)[];
}

/** The support of one literal of a firing's body. */
export type Support =
  /** A positive literal: the tuple it matched. */
  | { readonly kind: "tuple"; readonly literal: number; readonly tuple: TupleAt }
  /** A negated literal. */
  | Absence;

/** One derivation of a tuple. */
export type Derivation =
  /** `everywhere`: of a static relation, by the fact or the rule at the place. */
  | { readonly kind: "fact"; readonly span: Span; readonly everywhere?: true }
  /** A tuple of a built-in relation: of `crash`, which the schedule has; of `restart`, from which its node comes back. */
  | { readonly kind: "built-in"; readonly relation: BuiltInRelation }
  | RuleDerivation;

/** A firing that derived a tuple; for an aggregate, the firings of its group. */
export interface RuleDerivation {
  readonly kind: "rule";
  readonly rule: RuleId;
  /** The instant at which the body was satisfied. */
  readonly instant: number;
  /**
   * The instants at which the tuple was due by this derivation, ascending: its own instant, or instants at which its node was away and
   * the tuple was held back. A message that arrives twice during one absence is held back twice.
   */
  readonly due: readonly number[];
  /** By variable of the rule; `undefined` for a variable that is local to a negation or differs within the group. */
  readonly binding: readonly (Value | undefined)[];
  readonly supports: readonly Support[];
  /** For a message rule; `arrivals` has all arrivals, ascending. */
  readonly message?: { readonly from: Value; readonly to: Value; readonly arrivals: readonly number[] };
  /** Whether this is an aggregate, whose supports are those of all firings of its group. */
  readonly aggregate: boolean;
}

/** The provenance of one execution: every derivation of every tuple (SIGMOD 2015, section 3). */
export interface Provenance {
  /** Empty if and only if the tuple does not hold. Order: facts first, then by rule and binding. */
  derivationsOf(tuple: TupleAt): readonly Derivation[];
}

/** Whether a derivation carries the same tuple from an earlier instant: the one before, or the last before an absence. */
export function persists(derivation: RuleDerivation, head: TupleAt): boolean {
  return (
    derivation.message === undefined &&
    derivation.instant < head.instant &&
    derivation.supports.some(
      (s) =>
        s.kind === "tuple" &&
        s.tuple.relation === head.relation &&
        s.tuple.instant === derivation.instant &&
        s.tuple.args.every((value, i) => value === head.args[i]),
    )
  );
}

/** The same tuple at the earlier instant from which one of the derivations carries it, if one does. */
export function carriedFrom(derivations: readonly Derivation[], head: TupleAt): TupleAt | undefined {
  const carrying = derivations.find((d): d is RuleDerivation => d.kind === "rule" && persists(d, head));
  return carrying === undefined ? undefined : { ...head, instant: carrying.instant };
}

/** The tuples of a run that match the negated literal which supported a firing of the rule in another run. */
export function matchesOf(absence: Absence, rule: RuleId, execution: Execution): readonly Tuple[] {
  const atom = execution.program.rules[rule]?.body[absence.literal];
  if (atom?.kind !== "negated") throw new RangeError(`rule ${rule} has no negated literal ${absence.literal}`);
  return execution.tuples(absence.relation, absence.instant).filter((row) => matchesAtom(atom, absence.pattern, row));
}
