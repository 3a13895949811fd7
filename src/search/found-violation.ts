import type { Execution } from "../execution/execution.js";
import type { Counterexample } from "./verdict.js";

/** What violates, perhaps with more faults than the fewest. */
export interface InterimViolation {
  readonly isKnown: boolean;
  /** `undefined` if it is not known, or the limit on executions does not allow its run. */
  readonly violation: FoundViolation | undefined;
}

/** A violation, and the failure-free run with its inputs. */
export interface FoundViolation {
  readonly counterexample: Counterexample;
  readonly failureFree: Execution;
}
