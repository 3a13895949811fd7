import type { Execution } from "../execution/execution.js";
import { breachesOf } from "../execution/obligations.js";
import type { Specification } from "../program/specification.js";
import type { Witness } from "./verdict.js";

/** The names of the promises that witnesses show broken, in the order of the specification; empty where promises have no names. */
export function brokenPromises(
  specification: Specification,
  witnesses: readonly Pick<Witness, "promise">[],
): readonly string[] {
  const broken = new Set(witnesses.map(({ promise }) => promise));
  return specification.kind === "promises"
    ? specification.asked.flatMap(({ name }) => (broken.has(name) ? [name] : []))
    : [];
}

/**
 * The witnesses of a run: the tuples missing at EOT (of `pre` and not in `post`, or of the failure-free run), then the excluded tuples
 * that are present, each at its first instant. `failureFree` is called only if the specification compares with that run; a run that
 * ends in an error promises nothing. Empty if and only if the execution is correct.
 */
export function witnessesOf(
  specification: Specification,
  execution: Execution,
  failureFree: () => Execution | undefined,
): readonly Witness[] {
  const found = new Map<string, Witness>();
  for (const { kind, relation, instant, args, promise } of breachesOf(specification, execution, failureFree)) {
    const key = JSON.stringify([kind, relation, args, promise]);
    if (!found.has(key)) found.set(key, { kind, relation, instant, args, promise });
  }
  return [...found.values()];
}
