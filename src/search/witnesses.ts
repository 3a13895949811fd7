import type { Execution } from "../execution/execution.js";
import { breachesOf } from "../execution/obligations.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "./verdict.js";

/**
 * What a run promised and did not keep: the tuples of `pre` at EOT that are not in `post`, or the outcomes of the
 * failure-free run that are missing (an implication does not ask for that run; one that fails promises nothing). Then what it never
 * should have held, each tuple at the first instant at which it did. Empty iff the execution is correct.
 */
export function witnessesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Witness[] {
  const found = new Map<string, Witness>();
  for (const { kind, relation, instant, args } of breachesOf(specification, execution, failureFree)) {
    const key = JSON.stringify([kind, relation, args]);
    if (!found.has(key)) found.set(key, { kind, relation, instant, args });
  }
  return [...found.values()];
}
