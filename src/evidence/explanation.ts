import type { Fate, Tuple, TupleAt } from "../execution/execution.js";
import type { BuiltInRelation } from "../faults/kind.js";
import type { Absence } from "../faults/node-faults.js";
import type { RelationId, RuleId, Value } from "../program/program.js";
import type { Span } from "../source/source.js";
import type { FailingLiteral } from "./partial-match.js";

/*
 * Explanations of one run: why a tuple holds (`Why`), and why none does (`WhyNot`). They are mutually recursive: a literal can be blocked by
 * a tuple, which holds because another one does not.
 */

/** How a tuple was derived; a stretch of persistence is one step. */
export interface Why {
  readonly tuple: TupleAt;
  /** The instant from which it was carried to its own; its own if it was not carried. */
  readonly since: number;
  /** The absences of its node during which it was kept, in the order of time. */
  readonly kept: readonly Absence[];
  readonly how: How;
  /** How many further derivations there are at `since`; they are not explained. */
  readonly alternatives: number;
}

export type How =
  /** `everywhere`: a tuple of a static relation. */
  | { readonly kind: "fact"; readonly span: Span; readonly everywhere?: true }
  | { readonly kind: "built-in"; readonly relation: BuiltInRelation }
  /** Explained further up in the tree. */
  | { readonly kind: "above" }
  /** Too deep in the tree to be explained. */
  | { readonly kind: "deeper" }
  | {
      readonly kind: "firing";
      readonly rule: RuleId;
      readonly instant: number;
      readonly message?: Arrived;
      /** The absence during which the tuple was held back. */
      readonly keptOver?: Absence;
      readonly premises: readonly Premise[];
    };

/** How a message arrived. */
export interface Arrived {
  readonly from: Value;
  readonly to: Value;
  readonly sent: number;
  /** When it arrived, ascending; earlier and later copies are omitted. */
  readonly at: readonly number[];
  /** Whether a copy arrived before. */
  readonly again: boolean;
}

export type Premise =
  | { readonly kind: "tuple"; readonly why: Why }
  | {
      readonly kind: "absence";
      readonly relation: RelationId;
      readonly instant: number;
      readonly pattern: Pattern;
      /** For an absence that is caused by a fault. */
      readonly whyNot?: WhyNot;
    };

/** Columns; `undefined` matches anything. */
export type Pattern = readonly (Value | undefined)[];

/** What a `WhyNot` is about: no tuple of the relation matches the pattern at the instant. */
export interface Wanted {
  readonly relation: RelationId;
  readonly instant: number;
  readonly pattern: Pattern;
}

/** Why no tuple matches a pattern: for each rule that could have derived one, why it did not. */
export interface WhyNot {
  readonly wanted: Wanted;
  /** Nothing matches at any instant from here to that of `wanted`; a derivation at any of them would have sufficed. */
  readonly since: number;
  /** Its node is away at its instant, which is the reason whatever the rules derive. */
  readonly away?: Absence;
  /** Facts that would have stated it at one of the instants. */
  readonly facts: readonly LostFact[];
  readonly attempts: readonly Attempt[];
  /** The last instant before `since` at which something matched, if it ever did. */
  readonly held?: number;
  /** Rules could derive it, but not so early, since their heads hold an instant after their bodies. */
  readonly early?: true;
}

/** A fact that does not hold in this execution. */
export interface LostFact {
  readonly instant: number;
  /** The absence of its node; if there is none, it is an input that was not chosen. */
  readonly away?: Absence;
}

/** Why a rule did not derive it at some consecutive instants of its body, for the same reason at each. */
export interface Reason {
  readonly instant: number;
  /** The last of the instants. */
  readonly until: number;
  readonly binding: ReadonlyMap<number, Value>;
  readonly satisfied: number;
  readonly obstacle: Obstacle;
}

/** A rule at the instants at which it got furthest, and the other instants with other reasons. */
export interface Attempt extends Reason {
  readonly rule: RuleId;
  /** In the order of time. */
  readonly others: readonly Reason[];
  /** The number of instants whose reason is omitted. */
  readonly unlisted: number;
}

/** Why an explanation ends here: it is given further up, or the limit is reached. */
export type Cut = "above" | "deeper";

export type Obstacle =
  | {
      readonly kind: "literal";
      readonly failing: FailingLiteral;
      /** The absence of the node that a positive literal reads. */
      readonly away?: Absence;
      /** Why nothing matches a positive literal. */
      readonly whyNot?: WhyNot;
      readonly cut?: Cut;
      /** Why the tuple holds that blocks a negated one. */
      readonly because?: Why;
      /** The groups whose aggregates a comparison compares. */
      readonly groups?: readonly Group[];
    }
  /** The whole body held; the message was lost. */
  | { readonly kind: "message"; readonly from: Value; readonly to: Value; readonly fate: Exclude<Fate, "delivered"> }
  /** The whole body held; the message arrives, but after the instant in question. Earlier copies found the receiver down: `missed`. */
  | {
      readonly kind: "late";
      readonly from: Value;
      readonly to: Value;
      readonly arrivals: readonly number[];
      readonly missed: readonly number[];
    }
  /** The whole body held; the node restarted at the next instant, and forgot the head. */
  | { readonly kind: "forgotten"; readonly absence: Absence }
  /** The whole body held; the node was away, and nothing was derived there. */
  | { readonly kind: "away"; readonly absence: Absence }
  /** The body held with other members of the group: the aggregate has another value. */
  | { readonly kind: "other-value"; readonly values: readonly TupleAt[]; readonly group?: Group }
  /** No binding gives the head these values. */
  | { readonly kind: "head" };

/** A tuple that several nodes sent. */
export interface SentByMany {
  readonly tuple: TupleAt;
  /** Sorted. */
  readonly senders: readonly Value[];
}

/** The members of an aggregate's group, and those that are missing. */
export interface Group {
  readonly rule: RuleId;
  /** The instant of the body. */
  readonly instant: number;
  /** The name of the aggregate's variable. */
  readonly variable: string;
  /** Its distinct values, sorted. */
  readonly present: readonly Value[];
  /** For a `count`: the tuples of a member that several nodes have sent. It counts the tuple once. */
  readonly sentByMany: readonly SentByMany[];
  /** Tuples that would have been members, and are missing. */
  readonly missing: readonly WhyNot[];
  /** How many more of them there are. */
  readonly unlisted: number;
}

/** The tuple that an explanation is about, if every column of it is known. */
export function tupleOf({ relation, instant, pattern }: Wanted): TupleAt | undefined {
  const args: Tuple = pattern.filter((value) => value !== undefined);
  return args.length < pattern.length ? undefined : { relation, instant, args };
}

/** Whether the whole body held, so that a fault is the reason. */
export function isStruck({ obstacle }: Pick<Reason, "obstacle">): boolean {
  return obstacle.kind === "message" || obstacle.kind === "late" || obstacle.kind === "forgotten";
}

/** Whether an explanation leads to a fault. */
export function leadsToFault(whyNot: WhyNot): boolean {
  const { away, facts, attempts } = whyNot;
  if (away !== undefined || facts.some((fact) => fact.away !== undefined)) return true;
  return attempts.some((attempt) =>
    [attempt, ...attempt.others].some((reason) => isStruck(reason) || behind(reason.obstacle)),
  );
}

function behind(obstacle: Obstacle): boolean {
  switch (obstacle.kind) {
    case "away":
      return true;
    case "other-value":
      return obstacle.group?.missing.some(leadsToFault) === true;
    case "literal": {
      const { away, whyNot, because, groups = [] } = obstacle;
      if (away !== undefined || (whyNot !== undefined && leadsToFault(whyNot))) return true;
      if (because !== undefined && restsOnFault(because)) return true;
      return groups.some(({ missing }) => missing.some(leadsToFault));
    }
    default:
      return false;
  }
}

function restsOnFault({ how }: Why): boolean {
  if (how.kind === "built-in") return true;
  if (how.kind !== "firing") return false;
  return how.premises.some((premise) =>
    premise.kind === "tuple" ? restsOnFault(premise.why) : premise.whyNot !== undefined && leadsToFault(premise.whyNot),
  );
}
