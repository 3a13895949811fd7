import type { StrategyName } from "../../../src/search/verdict.js";
import type { ReferenceSchedule } from "../../reference/schedules.js";
import type { ReferenceBudget } from "../../reference/space.js";
import type { Tuple } from "../../reference/values.js";

/** The names of a specification, where they are not `pre`, `post` and `never`. */
export interface Names {
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
}

/** What is asked about all executions of a budget. The text is the whole program, with its `//!` lines. */
export interface CheckQuestion extends Names {
  readonly text: string;
  readonly budget: ReferenceBudget;
}

export type CheckAnswer =
  | { readonly kind: "holds" }
  | {
      readonly kind: "violated";
      /** With its faults in order. */
      readonly schedule: ReferenceSchedule;
      /** The facts that `maybe` and `one-of` lines add: `vote("b","no")@1`. */
      readonly inputs: readonly string[];
    }
  /** No execution violates, and some end in an arithmetic error. */
  | { readonly kind: "error" }
  | { readonly kind: "undecided"; readonly reason: string };

/** What is asked about one execution. */
export interface RunQuestion extends Names {
  readonly text: string;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: ReferenceSchedule;
  /** What `--input` is given: facts of `maybe` lines, and one of any `one-of` line. */
  readonly inputs: readonly string[];
}

export type RunAnswer =
  | { readonly kind: "model"; readonly tuples: (relation: string, instant: number) => readonly Tuple[] }
  | { readonly kind: "error"; readonly instant: number }
  | { readonly kind: "undecided"; readonly reason: string };

/** What the properties of faults are claimed of. */
export interface Engine {
  /** By the default strategy, or by another. */
  readonly check: (question: CheckQuestion, strategy?: StrategyName) => CheckAnswer;
  /** The violating schedules with no other violating one below them, in order; undefined where they are not all known. */
  readonly minimal: (question: CheckQuestion) => readonly ReferenceSchedule[] | undefined;
  /** The number of schedules of the budget, times the number of choices of inputs. */
  readonly space: (question: CheckQuestion) => bigint;
  readonly run: (question: RunQuestion) => RunAnswer;
  /** All that is built for a check, node for node, as a text; undefined where nothing is built. */
  readonly graph: (question: CheckQuestion) => string | undefined;
}
