import type { Why, WhyNot } from "../evidence/explanation.js";
import type { Replay } from "../evidence/replay.js";
import type { SpaceTime } from "../evidence/space-time.js";
import type { Execution, Tuple, TupleAt } from "../execution/execution.js";
import type { Budget } from "../faults/budget.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** The data of all reports of one execution. */
export interface RunReport {
  readonly files: readonly string[];
  readonly execution: Execution;
  readonly budget: Budget;
  /** Absent if the program has no specification. */
  readonly outcome?: RunOutcome;
  readonly diagram: SpaceTime;
  /** The instant whose relations are shown. */
  readonly tables?: number;
  readonly answers: readonly Answer[];
  /** The command that repeats the run. */
  readonly replay?: Replay;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunOutcome {
  readonly specification: Specification;
  /** Promised and present at the end of time, by relation. */
  readonly kept: readonly Outcome[];
  /** Promised but missing. */
  readonly missing: readonly Outcome[];
  /** Forbidden tuples, each with the first instant at which it holds. */
  readonly present: readonly TupleAt[];
}

/** Whether the run keeps its specification. */
export function isCorrect({ missing, present }: RunOutcome): boolean {
  return missing.length + present.length === 0;
}

export interface Outcome {
  readonly relation: RelationId;
  readonly args: Tuple;
}

/** The answer of `--why` or `--why-not` for one tuple. */
export type Answer =
  | { readonly kind: "holds"; readonly asked: "why" | "why-not"; readonly tuple: TupleAt; readonly why: Why }
  | { readonly kind: "absent"; readonly asked: "why" | "why-not"; readonly tuple: TupleAt; readonly whyNot?: WhyNot }
  /** A pattern that nothing matches. */
  | {
      readonly kind: "no-match";
      readonly asked: "why" | "why-not";
      readonly text: string;
      readonly whyNot?: WhyNot;
    };
