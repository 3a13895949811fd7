import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import { FALSE } from "../faults/annotation.js";
import { formatSchedule } from "../faults/notation.js";
import { compareSchedules } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { canFail } from "../program/rule-shape.js";
import type { Query } from "../solving/queries.js";
import { buildFor } from "./lineage-build.js";
import type { Search, Strategy, ViolatedOutcome } from "./search.js";

/*
 * The error reported beside a violation, or instead of a verdict, does not depend on the strategy: it is that of the first schedule of
 * the budget, in the order of schedules, under which evaluation fails.
 */

/** Finds and runs the first schedule under which evaluation fails, so that the search records its error. Returns what stopped it, if anything did. */
export function runFirstError(
  search: Search,
  { graph, failing }: AllSchedules,
  using: Query = search.query,
): Stopped | undefined {
  if (failing === FALSE) return undefined;
  const queryStart = search.watchdog.now();
  return using(graph, search.onOtherCall, (hypotheses) => {
    search.spent("solve", queryStart);
    search.timed("encode", () => hypotheses.requireSome([failing]));
    const schedule = search.timed("solve", () => hypotheses.smallest());
    if (schedule === undefined || isStopped(schedule)) return schedule;
    const run = search.record(schedule, hypotheses.inputs);
    if (run.kind === "run")
      throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
    return run.kind === "stopped" ? run : undefined;
  });
}

/** The limit on nodes of a lineage that is built only for an error beside a verdict. */
const MOST_NODES = 500_000;

/**
 * Extends a strategy that stops at a violation, and builds no lineage over all schedules, by the search for the first error. If the
 * lineage is too large, or a limit stops the search, the first error that the strategy met is reported.
 */
export function withFirstError(strategy: Strategy): Strategy {
  return (search) => {
    const outcome = strategy(search);
    if (outcome.kind === "violated" && !isFirstErrorKnown(search, outcome)) {
      const all = buildFor(search, false, MOST_NODES);
      if (all.kind === "built") runFirstError(search, all);
    }
    return outcome;
  };
}

/** Whether evaluation cannot fail, or the strategy has covered all schedules up to that of the error. */
function isFirstErrorKnown({ setting, error }: Search, { smallest, counterexamples }: ViolatedOutcome): boolean {
  if (!setting.program.rules.some(canFail)) return true;
  return smallest && error !== undefined && compareSchedules(error.schedule, counterexamples[0].schedule) < 0;
}
