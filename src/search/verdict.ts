import type { EvaluationError, Execution, TupleAt } from "../execution/execution.js";
import type { StopReason } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import type { FaultKind } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import type { RelationId, RuleId } from "../program/program.js";
import type { Specification } from "../program/specification.js";

export type StrategyName = "lineage" | "exhaustive" | "random" | "alternate";

/**
 * A tuple that is not as the specification wants it. `missing`: promised, since it is in `pre` or in the failure-free run, and not in the
 * relation (`post`, or the persistent one) at the instant, which is EOT. `present`: in the relation that never should hold it, first at
 * the instant.
 */
export interface Witness extends TupleAt {
  readonly kind: "missing" | "present";
}

/** A schedule that was run and seen to violate the specification. */
export interface Counterexample {
  readonly schedule: Schedule;
  readonly execution: Execution;
  /** What is missing, sorted like tuples; then what is present, instant by instant. */
  readonly witnesses: readonly [Witness, ...Witness[]];
}

/** How the verdict was reached. `alternation` when asked for, or when the lineage over all schedules was too large to build. */
export type Method = "failure-free" | "lineage" | "alternation" | "exhaustive" | "random";

export interface Statistics {
  /** Concrete executions, the failure-free one included. */
  readonly executions: number;
  /** The number of schedules in the budget. */
  readonly space: SpaceSize;
  /** Zero where no lineage over all schedules was built. */
  readonly possibleTuples: number;
  readonly graphNodes: number;
  /** Graph nodes on which the specification depends. */
  readonly coneNodes: number;
  readonly variables: number;
  readonly clauses: number;
  readonly solverCalls: number;
  /** Milliseconds: the first execution, those after it, the lineage over all schedules, its clauses, the solver, and all together. */
  readonly times: Readonly<Record<"run" | "rerun" | "build" | "encode" | "solve" | "total", number>>;
}

/** Why a `holds` may say less than it seems to. */
export type AdequacyWarning =
  /**
   * Nothing is promised: `pre` is empty under every schedule, or the outcomes are in the failure-free run; after alternation, `pre` under
   * the schedules that were run, and of a replay under its schedule.
   */
  | {
      readonly kind: "vacuous";
      readonly relation: RelationId | undefined;
      readonly under: "every-schedule" | "failure-free" | "runs" | "run";
    }
  /** `pre` is empty under every schedule with a fault. */
  | { readonly kind: "vacuous-under-faults"; readonly relation: RelationId }
  /** Under no schedule is everything possible that a rule of `never` asks for. */
  | { readonly kind: "out-of-reach"; readonly relation: RelationId }
  /** Something that the specification rests on still changes at EOT; `settledAt` is the smallest EOT at which it does not, if one was found. */
  | { readonly kind: "unsettled"; readonly relations: readonly RelationId[]; readonly settledAt: number | undefined }
  /** No fault of the budget touches the program: every schedule gives the same run. */
  | { readonly kind: "nothing-to-lose" }
  /** Faults of these kinds are asked for, and none of them makes a difference to the program. */
  | { readonly kind: "kind-without-effect"; readonly faults: readonly FaultKind[] }
  | { readonly kind: "rule-never-fires"; readonly rules: readonly RuleId[] }
  /** A message from or to a place that is not a node is never delivered. */
  | {
      readonly kind: "message-to-non-node";
      readonly rule: RuleId;
      readonly place: string | number;
      readonly end: "from" | "to";
    };

/** What is known at some moment of a search: kept when a limit ends it. */
export interface Known {
  readonly executions: number;
  /** No schedule with at most this many faults violates; absent while nothing is known. */
  readonly ruledOut?: number;
  /** The space, where it is known already. */
  readonly space?: SpaceSize;
}

interface Common {
  readonly budget: Budget;
  readonly specification: Specification;
  readonly strategy: StrategyName;
  readonly method: Method;
  readonly statistics: Statistics;
  readonly warnings: readonly AdequacyWarning[];
}

export interface Holds extends Common {
  readonly kind: "holds";
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
  /** With `all`: every minimal counterexample, smallest first; `counterexample` is among them unless less does under later inputs. */
  readonly minimal?: { readonly counterexamples: readonly Counterexample[]; readonly complete: boolean };
  /** That of the first schedule of the budget under which the program fails in evaluation, if there is one and it was found. */
  readonly error?: EvaluationError;
}

/** Why a search ended before it was known whether a schedule violates. */
export interface Undecided {
  readonly reason: StopReason;
  /** What ran out, in one sentence fit for a user. */
  readonly detail: string;
  readonly known: Known;
}

export interface Inconclusive extends Common, Undecided {
  readonly kind: "inconclusive";
}

/** What a search says. Everything after it reads this and nothing else. */
export type Verdict = Holds | Violated | Inconclusive;

/** What a search announces while it works; cli decides what to show of it. */
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
  | { readonly kind: "solving"; readonly known: Known; readonly atMost: number | undefined }
  | { readonly kind: "found"; readonly known: Known; readonly schedule: Schedule };

/**
 * The outcome of `check`: a verdict, or an error of the program that some schedule reaches while none violates (exit status 2), or none
 * that was looked at before a limit came.
 */
export type CheckResult =
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "error"; readonly error: EvaluationError; readonly undecided?: Undecided };
