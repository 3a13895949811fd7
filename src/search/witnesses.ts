import type { Execution } from "../execution/execution.js";
import { outcomeRelations } from "../lineage/violation.js";
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
  const { eot } = execution;
  if (specification.kind === "implication") {
    const { pre, post } = specification;
    return execution
      .tuples(pre, eot)
      .filter((args) => !execution.has(post, eot, args))
      .map((args) => ({ relation: post, args }));
  }
  const promised = failureFree();
  if (promised === undefined) return [];
  return outcomeRelations(specification).flatMap((relation) =>
    promised
      .tuples(relation, eot)
      .filter((args) => !execution.has(relation, eot, args))
      .map((args) => ({ relation, args })),
  );
}
