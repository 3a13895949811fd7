import { evaluateProgram } from "./evaluate.js";
import type { ReferenceProgram } from "./program.js";
import { allSchedules, minimalOnes } from "./schedules.js";
import type { ReferenceBudget, ReferenceSchedule } from "./schedules.js";
import { witnessesOf } from "./specification.js";
import type { ReferenceSpecification } from "./specification.js";

/** What running every schedule of a budget shows. */
export type Survey =
  | {
      readonly kind: "complete";
      readonly violating: readonly ReferenceSchedule[];
      /** The schedules whose execution ends in an arithmetic error. */
      readonly erring: readonly ReferenceSchedule[];
      /** The minimal ones of `violating`, in the order in which they are reported. The first is *the* counterexample. */
      readonly minimal: readonly ReferenceSchedule[];
    }
  /** "The failure-free execution is checked first": without it there is nothing to compare with. */
  | { readonly kind: "error" }
  | { readonly kind: "too-large" };

/** Runs all schedules, one after the other. */
export function survey(program: ReferenceProgram, specification: ReferenceSpecification, budget: ReferenceBudget): Survey {
  const failureFree = evaluateProgram(program, { ...budget, schedule: [] });
  if (failureFree.kind !== "model") return { kind: failureFree.kind };
  const violating: ReferenceSchedule[] = [];
  const erring: ReferenceSchedule[] = [];
  for (const schedule of allSchedules(budget)) {
    const run = evaluateProgram(program, { ...budget, schedule });
    if (run.kind === "too-large") return { kind: "too-large" };
    if (run.kind === "error") erring.push(schedule);
    else if (witnessesOf(specification, run.instants, failureFree.instants).length > 0) violating.push(schedule);
  }
  return { kind: "complete", violating, erring, minimal: minimalOnes(violating) };
}
