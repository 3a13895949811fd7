import type { Why, WhyNot } from "../evidence/explanation.js";
import type { Replay } from "../evidence/replay.js";
import type { SpaceTime } from "../evidence/space-time.js";
import type { Execution, Tuple, TupleAt } from "../execution/execution.js";
import type { Budget } from "../faults/budget.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** Everything that the reports of one execution are made from. */
export interface RunReport {
  readonly files: readonly string[];
  readonly execution: Execution;
  readonly budget: Budget;
  /** Absent where the program does not say what it promises. */
  readonly outcome?: RunOutcome;
  readonly diagram: SpaceTime;
  /** The instant whose relations are shown. */
  readonly tables?: number;
  readonly answers: readonly Answer[];
  /** What repeats the run. */
  readonly replay?: Replay;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunOutcome {
  readonly specification: Specification;
  /** Promised and there at the end of time, by relation. */
  readonly kept: readonly Outcome[];
  /** Promised and not there. */
  readonly missing: readonly Outcome[];
  /** What must never be there, each at the first instant at which it is. */
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

/** What `--why` and `--why-not` found out about one tuple. */
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
