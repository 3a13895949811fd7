import type { RelationId, RuleId } from "../program/program.js";
import type { EvaluationError } from "./execution.js";
import type { Stopped } from "./stopped.js";

/** Why an evaluation ended before its last instant. */
export type Ending =
  | Stopped
  | { readonly kind: "error"; readonly error: EvaluationError }
  /** One instant has more tuples than the limit; the last one was of this relation. */
  | { readonly kind: "too-many-tuples"; readonly relation: RelationId; readonly instant: number }
  /** The annotations exceed the limit on graph nodes or operations. */
  | { readonly kind: "too-large"; readonly detail: string; readonly at?: TooLargeAt };

/** Where an evaluation became too large: the rule that was evaluated, and the instant. */
export interface TooLargeAt {
  readonly rule: RuleId;
  readonly instant: number;
}

/**
 * The exception that ends an evaluation or a solver call from inside. It never leaves the room that throws it: `run`, `build` and the
 * functions of `Hypotheses` catch it and return the ending as a value.
 */
export class Unwinding extends Error {
  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

/** Runs some work; returns its ending if it was ended early. */
export function endingOf(work: () => void): Ending | undefined {
  try {
    work();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Unwinding) return thrown.ending;
    throw thrown;
  }
}
