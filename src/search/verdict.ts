import type { EvaluationError, Execution, TupleAt } from "../execution/execution.js";
import type { StopReason } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import type { FaultKind } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import type { ReachStatement, RelationId, RuleId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { ReachFinding } from "./reach-findings.js";

export type StrategyName = "lineage" | "exhaustive" | "random" | "alternate";

/**
 * A tuple that shows a violation. `missing`: promised by `pre` or by the failure-free run, and not in the relation (`post`, or the
 * persistent one) at the instant, which is EOT. `present`: in an excluded relation, first at the instant.
 */
export interface Witness extends TupleAt {
  readonly kind: "missing" | "present";
  /** The name of the promise that it breaks, where promises have names. */
  readonly promise?: string | undefined;
}

/** A schedule that was run and seen to violate the specification. */
export interface Counterexample {
  readonly schedule: Schedule;
  readonly execution: Execution;
  /** Missing tuples, sorted; then present tuples, by instant. */
  readonly witnesses: readonly [Witness, ...Witness[]];
  /** In a list of minimal counterexamples, the promise that no lesser schedule breaks, where promises have names. */
  readonly minimalFor?: string;
}

/** How the verdict was reached. `alternation` when asked for, or when the lineage over all schedules was too large to build. */
export type Method = "failure-free" | "lineage" | "alternation" | "exhaustive" | "random";

export interface Statistics {
  /** The number of runs, including the failure-free one. */
  readonly executions: number;
  /** The number of schedules in the budget. */
  readonly space: SpaceSize;
  /** Zero if no lineage over all schedules was built. */
  readonly possibleTuples: number;
  readonly graphNodes: number;
  /** The graph nodes on which the violations depend. */
  readonly coneNodes: number;
  readonly variables: number;
  readonly clauses: number;
  readonly solverCalls: number;
  /** Why the lineage over all schedules was abandoned; absent if it was not. */
  readonly givenUp?: GivenUp;
  /** Where the graph's nodes come from, largest first; absent if no lineage over all schedules was built. */
  readonly graphByRelation?: readonly RelationGrowth[];
  /** Milliseconds: the first execution, those after it, the lineage over all schedules, its clauses, the solver, and all together. */
  readonly times: Readonly<Record<"run" | "rerun" | "build" | "encode" | "solve" | "total", number>>;
}

/** The promise that a warning is about, where promises have names. */
interface OfPromise {
  readonly promise?: string | undefined;
}

/** What the rules of a relation added to the graph, and the columns in which its uncertain tuples at EOT differ. */
export interface RelationGrowth {
  readonly relation: RelationId;
  readonly nodes: number;
  /** At EOT. */
  readonly tuples: number;
  readonly columns: readonly { readonly column: number; readonly values: number }[];
}

/** A reason why a `holds` may say less than it seems to. */
export type AdequacyWarning =
  /**
   * Nothing is promised: `pre` is empty under every schedule (after alternation, under every schedule that was run; in a replay, under its
   * schedule), or the outcomes are empty in the failure-free run.
   */
  | ({
      readonly kind: "vacuous";
      readonly relation: RelationId | undefined;
      readonly under: "every-schedule" | "failure-free" | "runs" | "run";
    } & OfPromise)
  /** `pre` is empty under every schedule with a fault. */
  | ({ readonly kind: "vacuous-under-faults"; readonly relation: RelationId } & OfPromise)
  /** Every rule of `never` has a positive atom that no schedule satisfies. */
  | ({ readonly kind: "out-of-reach"; readonly relation: RelationId } & OfPromise)
  /** What a `reach` line names happens under no schedule of the budget. */
  | { readonly kind: "not-reached"; readonly reach: ReachStatement }
  /** Relations of the protocol, with rules of their own, that hold nothing at any instant under any schedule. */
  | { readonly kind: "relation-never-filled"; readonly relations: readonly RelationId[] }
  /** Relations on which the specification depends still change at EOT; `settledAt` is the smallest EOT at which they do not, if it was found. */
  | { readonly kind: "unsettled"; readonly relations: readonly RelationId[]; readonly settledAt: number | undefined }
  /** No fault of the budget has an effect: every schedule has the same run. */
  | { readonly kind: "nothing-to-lose" }
  /** The budget has faults of these kinds, and none of them has an effect on the violations. */
  | { readonly kind: "kind-without-effect"; readonly faults: readonly FaultKind[] }
  | { readonly kind: "rule-never-fires"; readonly rules: readonly RuleId[] }
  /** A message from or to a place that is not a node is never delivered. */
  | {
      readonly kind: "message-to-non-node";
      readonly rule: RuleId;
      readonly place: string | number;
      readonly end: "from" | "to";
    };

/** Why the lineage over all schedules was abandoned, so that single runs are used instead. */
export interface GivenUp {
  readonly detail: string;
  /** The rule that was evaluated, and the instant, if it was one rule. */
  readonly at?: { readonly rule: RuleId; readonly instant: number };
}

/** What a search knows so far; reported if a limit stops it. */
export interface Known {
  readonly executions: number;
  /** No schedule with at most this many faults violates; absent while nothing is known. */
  readonly ruledOut?: number;
  /** Why the lineage over all schedules was abandoned; absent if it was not. */
  readonly givenUp?: GivenUp;
  /** The number of schedules, if it is known already. */
  readonly space?: SpaceSize;
}

interface Common {
  readonly budget: Budget;
  readonly specification: Specification;
  readonly strategy: StrategyName;
  readonly method: Method;
  readonly statistics: Statistics;
  readonly warnings: readonly AdequacyWarning[];
  /** It was decided earlier, for the same question; only its runs were made again. */
  readonly cached?: true;
}

/** What only faults, or inputs that are absent by default, bring about. */
export interface OnlyUnderFaults {
  /** Relations that hold nothing at any instant of the failure-free run, and something under some schedule. */
  readonly relations: readonly RelationId[];
  /** Rules that do not fire in the failure-free run, and fire under some schedule. */
  readonly rules: readonly RuleId[];
}

export interface Holds extends Common {
  readonly kind: "holds";
  /** The result for each `reach` line whose bounds the budget allows; absent for a question about a tuple. */
  readonly reach?: readonly ReachFinding[];
  /** Absent where no lineage over all schedules was built. */
  readonly onlyUnderFaults?: OnlyUnderFaults;
  /** The failure-free run. */
  readonly failureFree: Execution;
}

export interface Violated extends Common {
  readonly kind: "violated";
  /** The failure-free run. */
  readonly failureFree: Execution;
  readonly counterexample: Counterexample;
  /** Whether no schedule with fewer faults violates (proved). */
  readonly smallest: boolean;
  /** Why no schedule with the fewest faults was found, if something stopped the search for it; otherwise absent. */
  readonly unfinished?: Pick<Undecided, "reason" | "detail"> & Pick<Known, "ruledOut">;
  /** With `all`: every minimal counterexample, smallest first; `counterexample` is among them unless less does under later inputs. */
  readonly minimal?: { readonly counterexamples: readonly Counterexample[]; readonly complete: boolean };
  /** The error of the first schedule of the budget under which evaluation fails, if one was found. */
  readonly error?: EvaluationError;
}

/** Why a search was stopped before it was decided. */
export interface Undecided {
  /** What the search was doing. */
  readonly during?: Progress;
  readonly reason: StopReason;
  /** The limit that was reached, in one sentence for the user. */
  readonly detail: string;
  readonly known: Known;
}

export interface Inconclusive extends Common, Undecided {
  readonly kind: "inconclusive";
  /** What the runs that were made show of each `reach` line, under the strategy `random`. */
  readonly reach?: readonly ReachFinding[];
}

/** The answer to a check. */
export type Verdict = Holds | Violated | Inconclusive;

/** The progress of a search; `cli/` decides what to show. */
export type Progress =
  | { readonly kind: "running"; readonly known: Known }
  | {
      readonly kind: "building";
      readonly known: Known;
      readonly instant: number;
      readonly eot: number;
      readonly tuples: number;
      readonly nodes: number;
    }
  /** What the violations depend on is made clauses. */
  | { readonly kind: "encoding"; readonly known: Known; readonly nodes: number }
  | {
      readonly kind: "solving";
      readonly known: Known;
      readonly atMost: number | undefined;
      /** Whether a schedule violates, and one with fewer faults is looked for. */
      readonly isViolated: boolean;
      /** Of the solver, if it was given any. */
      readonly clauses?: number;
      /** Of a call that takes long. */
      readonly proof?: { readonly conflicts: number; readonly perSecond: number };
    }
  | { readonly kind: "found"; readonly known: Known; readonly schedule: Schedule };

/**
 * The result of `check`: a verdict, or the error of a schedule under which evaluation fails if none violates (exit status 2), or if none
 * of those checked before a limit does (`undecided`).
 */
export type CheckResult =
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "error"; readonly error: EvaluationError; readonly undecided?: Undecided };
