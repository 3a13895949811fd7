import type { RelationId } from "../program/program.js";
import type { EvaluationError } from "./execution.js";
import type { Stopped } from "./stopped.js";

/** Why an evaluation ended before its last instant. */
export type Ending =
  | Stopped
  | { readonly kind: "error"; readonly error: EvaluationError }
  /** One instant holds more tuples than the limit allows; the last of them was of this relation. */
  | { readonly kind: "too-many-tuples"; readonly relation: RelationId; readonly instant: number }
  /** The annotations outgrow what may be built. */
  | { readonly kind: "too-large"; readonly detail: string };

/**
 * The signal that ends an evaluation, or a call of a solver, from within. Private to the room that throws it: it is caught where the run,
 * the build or the question was asked for, and the ending is handed on as a value.
 */
export class Unwinding extends Error {
  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

/** Why some work ended early, if it did. */
export function endingOf(work: () => void): Ending | undefined {
  try {
    work();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Unwinding) return thrown.ending;
    throw thrown;
  }
}
