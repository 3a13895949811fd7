import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import { FALSE } from "../faults/annotation.js";
import { formatSchedule } from "../faults/notation.js";
import { compareSchedules } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { canFail } from "../program/rule-shape.js";
import type { OnCall } from "../solving/hypotheses.js";
import type { Query } from "../solving/queries.js";
import { query } from "../solving/queries.js";
import { buildFor } from "./lineage-build.js";
import type { Search, Strategy, ViolatedOutcome } from "./search.js";

/*
 * Which error stands beside a violation, or in its stead, is a matter of the program and not of the strategy: that of the first schedule
 * of the budget, fewest faults first, under which evaluation fails.
 */

/** Runs the first schedule under which evaluation fails, if there is one, so that the search knows of it; or what stopped the search for it. */
export function runFirstError(
  search: Search,
  { graph, failing }: AllSchedules,
  using: Query = query,
): Stopped | undefined {
  if (failing === FALSE) return undefined;
  const asked = search.watch.now();
  // What is ruled out here are errors, not violations.
  const onCall: OnCall = (atMost) => search.onCall(atMost, -1);
  return using(graph, onCall, (hypotheses) => {
    search.spent("solve", asked);
    search.timed("encode", () => hypotheses.requireSome([failing]));
    const schedule = search.timed("solve", () => hypotheses.smallest());
    if (schedule === undefined || isStopped(schedule)) return schedule;
    const run = search.record(schedule, hypotheses.inputs);
    if (run.kind === "run")
      throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
    return run.kind === "stopped" ? run : undefined;
  });
}

/** A lineage with more nodes is not built for what stands beside a verdict. */
const MOST_NODES = 500_000;

/**
 * A strategy that stops at a violation and knows no lineage over all schedules, with the error that lies beyond it. Where the lineage is
 * too large, or a limit comes first, the errors that were met have to do.
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

/** Whether evaluation cannot fail, or all schedules up to the one of the error were looked at. */
function isFirstErrorKnown({ setting, error }: Search, { smallest, counterexamples }: ViolatedOutcome): boolean {
  if (!setting.program.rules.some(canFail)) return true;
  return smallest && error !== undefined && compareSchedules(error.schedule, counterexamples[0].schedule) < 0;
}
