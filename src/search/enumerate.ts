import type { EvaluationError } from "../execution/execution.js";
import { formatSchedule } from "../faults/schedule.js";
import type { Hypotheses } from "../hypotheses/hypotheses.js";
import { SolverOutOfMemory } from "../hypotheses/solver.js";
import type { AdequacyWarning, Counterexample, Method } from "./verdict.js";
import { Stopped } from "./limits.js";
import { ProgramFailed, violates } from "./search.js";
import type { Outcome, Search } from "./search.js";

/**
 * Takes the smallest schedule that is left, runs it, and either stops at the counterexample or, with `all`, rules out
 * everything that does at least its damage and goes on: what is found then are the minimal counterexamples, the
 * protocol's minimal cut sets. `undefined`: there is none.
 */
export function collectCounterexamples(
  search: Search,
  hypotheses: Hypotheses,
  method: Method,
  warnings: readonly AdequacyWarning[],
): Outcome | undefined {
  const found: Counterexample[] = [];
  let error: EvaluationError | undefined;
  const outcome = (complete: boolean): Outcome | undefined => {
    const [first, ...others] = found;
    if (first === undefined) return undefined;
    const besides = error === undefined ? {} : { error };
    return { kind: "violated", method, counterexamples: [first, ...others], smallest: true, complete, warnings, ...besides };
  };
  try {
    for (;;) {
      const schedule = search.timed("solve", () => hypotheses.smallest());
      if (schedule === undefined) break;
      search.ruleOut(hypotheses.ruledOut);
      try {
        const trial = search.tryOut(schedule);
        if (!violates(trial)) throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
        found.push(trial);
        search.announce({ kind: "found", known: search.known, schedule });
      } catch (thrown) {
        if (!(thrown instanceof ProgramFailed) || !search.options.all) throw thrown;
        error ??= thrown.evaluationError;
      }
      if (!search.options.all) return outcome(false);
      hypotheses.block(schedule);
    }
  } catch (thrown) {
    const partial = thrown instanceof Stopped || thrown instanceof SolverOutOfMemory ? outcome(false) : undefined;
    if (partial !== undefined) return partial;
    throw thrown;
  }
  if (found.length === 0 && error !== undefined) throw new ProgramFailed(error);
  return outcome(error === undefined);
}
