import type { Execution } from "../execution/execution.js";
import { promisesOf, promising } from "../program/demands.js";
import type { Specification } from "../program/specification.js";

/**
 * Whether a run promises something: a tuple of `pre` or, without `pre`, an outcome of the failure-free run. A specification that only
 * excludes tuples tests every run.
 */
export function isPromising(specification: Specification, execution: Execution): boolean {
  const { eot, schedule } = execution;
  const promises = promisesOf(specification);
  return (
    promises.length === 0 ||
    promises.some(
      (promise) =>
        (promise.kind === "implied" || schedule.length === 0) && execution.tuples(promising(promise), eot).length > 0,
    )
  );
}
