import type { Execution } from "../execution/execution.js";
import { breachesOf } from "../execution/obligations.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "./verdict.js";

/**
 * What a run promised and did not keep: the tuples of `pre` at EOT that are not in `post`, or the outcomes of the
 * failure-free run that are missing (an implication does not ask for that run; one that fails promises nothing). Empty iff the
 * execution is correct.
 */
export function witnessesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Witness[] {
  return breachesOf(specification, execution, failureFree).map(({ relation, args }) => ({ relation, args }));
}
