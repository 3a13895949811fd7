import type { ComparisonJson } from "./comparison.js";
import type { ScheduleJson, TupleAtJson, TupleJson, ValueJson, WitnessJson } from "./value-types.js";

export type { ComparisonJson } from "./comparison.js";
export type { FaultJson, ScheduleJson, TupleAtJson, TupleJson, ValueJson, WitnessJson } from "./value-types.js";

/*
 * The types of schema/check.schema.json: what `ldfi check --format json` prints, and what `verdictDocument` returns. All of it is plain
 * data. test/report/json/check-types.slow.test.ts compares schema and types.
 */

/** A place in a text; lines and columns from 1, columns in UTF-16 code units. */
export interface PlaceJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface DiagnosticJson {
  /** Stable: docs/codes.md lists them. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** For a warning of adequacy: its subject, in texts that do not change when lines move. */
  readonly about?: readonly string[];
  readonly place?: PlaceJson;
  readonly help?: string;
  readonly related?: readonly { readonly message: string; readonly place: PlaceJson }[];
}

/** What may go wrong. An absent bound is 0; absent `omissions` and `maxFaults` are unbounded. */
export interface BudgetJson {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
  readonly omissions?: number;
  readonly delays?: number | "any";
  readonly duplicates?: number | "any";
  readonly partitions?: number | "any";
  readonly partialPartitions?: number | "any";
  readonly oneWayPartitions?: number | "any";
  readonly restarts?: number | "any";
  readonly pauses?: number | "any";
  /** By how many instants a message is late at most, if some may be. */
  readonly lateness?: number;
  readonly maxFaults?: number;
  /** Nodes without faults, except cuts of the network. */
  readonly spare?: readonly string[];
}

/** One condition with the name of its promise; `default` is that of `pre`, `post` and `never`. */
export interface PromiseJson {
  readonly name: string;
  readonly kind: "implication" | "post-only" | "never";
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
}

/** The specification of a run. */
export type SpecificationJson =
  /** Several named promises, all of them checked. */
  | { readonly kind: "promises"; readonly promises: readonly PromiseJson[] }
  | { readonly kind: "implication"; readonly pre: string; readonly post: string; readonly never?: string }
  | { readonly kind: "post-only"; readonly post: string; readonly never?: string }
  | { readonly kind: "never"; readonly never: string }
  | { readonly kind: "persistent"; readonly relations: readonly string[] };

/** Everything that one node sent to another at one instant. */
export interface MessageJson {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly fate: "delivered" | "omitted" | "sender-crashed" | "sender-away" | "cut-off" | "receiver-away";
  /** If it arrives late or twice: the instants at which it arrives. */
  readonly arrivals?: readonly number[];
  readonly tuples: readonly TupleJson[];
}

/** A sentence of an explanation, with its reasons. */
export interface SentenceJson {
  readonly text: string;
  readonly because: readonly SentenceJson[];
}

/** Why the program could not be run to its end under a schedule. */
export interface EvaluationErrorJson {
  readonly kind: "division-by-zero" | "integer-overflow" | "too-many-tuples";
  readonly relation: string;
  readonly at: number;
  readonly binding: { readonly [variable: string]: ValueJson };
  readonly schedule: ScheduleJson;
  /** The place of the rule, if one is to blame. */
  readonly rule?: PlaceJson | Readonly<Record<string, never>>;
}

export interface CounterexampleJson {
  /** How many. */
  readonly faults: number;
  readonly schedule: ScheduleJson;
  readonly witnesses: readonly WitnessJson[];
  /** The facts that the inputs of the execution add; absent if the program has no inputs. */
  readonly inputs?: readonly TupleAtJson[];
  /** The promises that it breaks; only if promises have names. */
  readonly breaks?: readonly string[];
  /** With `all`: no lesser schedule breaks this promise. Only if promises have names. */
  readonly promise?: string;
}

/** The reported counterexample, with its explanation. */
export interface ExplainedCounterexampleJson extends CounterexampleJson {
  /** Whether no schedule with fewer faults violates: proved. */
  readonly smallest: boolean;
  /** No schedule with fewer faults than this violates; only if the search for the fewest was stopped. */
  readonly atLeast?: number;
  readonly inWords: readonly string[];
  /** The command that shows the run. */
  readonly replay?: string;
  readonly messages?: readonly MessageJson[];
  readonly story?: readonly { readonly heading: string; readonly sentences: readonly SentenceJson[] }[];
}

/** With `all`: the minimal counterexamples, smallest first. */
export interface MinimalJson {
  /** Whether these are all. */
  readonly complete: boolean;
  readonly counterexamples: readonly CounterexampleJson[];
  /** Faults that each of them needs. */
  readonly inEvery: ScheduleJson;
  /** Nodes that crash or lose a message of their own in each of them. */
  readonly sendersInEvery: readonly string[];
}

/** What is certain although the search did not end. */
export interface KnownJson {
  readonly executions: number;
  /** No schedule with at most this many faults violates. */
  readonly ruledOutUpTo?: number;
  /** Why the lineage over all schedules was abandoned; absent if it was not. */
  readonly lineageGivenUp?: string;
  readonly space?: string;
}

export interface StatisticsJson {
  /** Concrete executions, the failure-free one included. */
  readonly executions: number;
  /** The number of schedules in the budget: decimal digits or, if there are more than about 40,000, as in `about 2^167888`. */
  readonly space: string;
  readonly possibleTuples: number;
  readonly graphNodes: number;
  readonly coneNodes: number;
  readonly variables: number;
  readonly clauses: number;
  readonly solverCalls: number;
  /** Why the lineage over all schedules was abandoned; absent if it was not. */
  readonly lineageGivenUp?: string;
  readonly milliseconds: { readonly total: number; readonly [phase: string]: number };
}

/** What one outcome depends on. */
export interface IndependentDerivationsJson {
  readonly outcome: TupleJson;
  /** The messages of each, as the omissions that would lose them. */
  readonly derivations: readonly ScheduleJson[];
  /** Whether it is proved that there are no more. */
  readonly exact: boolean;
  readonly fewestLosses: "none" | { readonly schedule: ScheduleJson };
  readonly shared: ScheduleJson;
}

/** How far a program that holds is from failing. */
export interface MarginJson {
  readonly beyondCrashes: "none" | "undecided" | { readonly schedule: ScheduleJson };
  readonly singlePoints: "undecided" | ScheduleJson;
  readonly beyondEverything: "none" | "undecided" | { readonly schedule: ScheduleJson };
  readonly outcomes?: readonly IndependentDerivationsJson[];
  readonly outcomesComplete?: boolean;
}

/** With rates of faults: the probability that the promise is broken. */
export type RiskJson =
  | {
      readonly kind: "exact";
      readonly budget: BudgetJson;
      readonly probability: number;
      readonly worstInputs?: readonly TupleJson[];
      /** The share of each minimal schedule: that of the violating schedules that contain it and no earlier minimal one. */
      readonly schedules: readonly { readonly schedule: ScheduleJson; readonly probability: number }[];
      readonly complete: boolean;
      /** By how much the probability falls if a node cannot crash (one name), or a channel loses nothing (two). */
      readonly contributions: readonly { readonly names: readonly string[]; readonly probability: number }[];
    }
  | {
      readonly kind: "bounds";
      readonly budget?: BudgetJson;
      readonly least: number;
      readonly most: number;
      readonly why: string;
    }
  | { readonly kind: "none"; readonly why: string };

export interface DocumentHead {
  readonly format: 1;
  readonly tool: { readonly name: "ldfi"; readonly version: string };
  readonly command: "check" | "break";
  /** As named; `-` is standard input. */
  readonly files: readonly string[];
  /** Errors and warnings about the program and the options. */
  readonly diagnostics: readonly DiagnosticJson[];
}

/** What a document says about the question, whatever the answer. */
export interface AnsweredDocument extends DocumentHead {
  /** For `ldfi break`. */
  readonly question?: { readonly tuple: string; readonly appear: boolean };
  readonly specification?: SpecificationJson;
  /** Which carried relations a restarting node keeps and forgets; absent if no node can restart. */
  readonly restartMemory?: {
    readonly durable: readonly string[];
    readonly configuration: readonly string[];
    readonly forgotten: readonly string[];
  };
  /** With `strict`: whether the verdict passes, and the codes that count against it. */
  readonly strict?: {
    readonly passed: boolean;
    readonly counted: readonly { readonly code: string; readonly times: number }[];
  };
}

/** What a verdict depends on. */
export interface DecidedDocument extends AnsweredDocument {
  readonly budget: BudgetJson;
  readonly strategy: "lineage" | "exhaustive" | "random" | "alternate";
  /** How the verdict was reached. */
  readonly method: string;
  /** With `--cache` or `--watch`: it was decided earlier, and only its runs were made again. */
  readonly cached?: true;
  readonly statistics: StatisticsJson;
  /** Why a `holds` may say less than it seems to. */
  readonly warnings: readonly {
    readonly kind: string;
    readonly message: string;
    /** Its subject, in texts that do not change when lines move. */
    readonly about: readonly string[];
  }[];
  /** With `--baseline`. */
  readonly baseline?: ComparisonJson;
  readonly risk?: RiskJson;
  /** The command of the solver that replaced the built-in one. */
  readonly solver?: string;
  /** The result for each `//! reach` line whose bounds the budget allows. */
  readonly reach?: readonly ReachJson[];
}

/** The result for one `//! reach` line. */
export interface ReachJson {
  readonly pattern: string;
  readonly place: PlaceJson;
  readonly result: "reached" | "not-reached" | "not-seen" | "undecided";
  readonly at?: number;
  readonly faults?: number;
  /** Whether no schedule with fewer faults reaches it: proved. */
  readonly fewest?: boolean;
  readonly schedule?: ScheduleJson;
  readonly inputs?: readonly TupleAtJson[];
  readonly runs?: number;
  readonly detail?: string;
}

export interface HoldsDocument extends DecidedDocument {
  readonly verdict: "holds";
  /** Which relations are empty, and which rules do not fire, without faults and with the default inputs. */
  readonly onlyUnderFaults?: { readonly relations: readonly string[]; readonly rules: readonly PlaceJson[] };
  readonly margin?: MarginJson;
}

export interface ViolatedDocument extends DecidedDocument {
  readonly verdict: "violated";
  readonly counterexample: ExplainedCounterexampleJson;
  readonly minimal?: MinimalJson;
  /** Under another schedule evaluation fails. */
  readonly error?: EvaluationErrorJson;
}

/** A limit came first. A search that was cut off before anything was known has no budget and no statistics. */
export interface InconclusiveDocument extends AnsweredDocument, Partial<Omit<DecidedDocument, keyof AnsweredDocument>> {
  readonly verdict: "inconclusive";
  readonly reason: "timeout" | "max-runs" | "memory" | "interrupted" | "solver";
  /** What ran out, in a sentence. */
  readonly detail: string;
  /** What the search was doing, as the end of that sentence. */
  readonly during?: string;
  readonly known: KnownJson;
}

/** The program or the options are wrong, or evaluation fails under some schedule: nothing was decided. */
export interface ErrorDocument extends DocumentHead {
  readonly verdict: "error";
  readonly error?: EvaluationErrorJson;
  /** The limit that ended the search, if one did. */
  readonly reason?: InconclusiveDocument["reason"];
  readonly detail?: string;
  readonly known?: KnownJson;
}

/** The document of one check. */
export type CheckDocument = HoldsDocument | ViolatedDocument | InconclusiveDocument | ErrorDocument;
