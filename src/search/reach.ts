import type { Execution } from "../execution/execution.js";
import { isStopped } from "../execution/stopped.js";
import { comparison, steady, Varying } from "../execution/varying.js";
import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import { formatSchedule } from "../faults/notation.js";
import type { Scenario } from "../faults/scenario.js";
import type { AllSchedules, PossibleArgs } from "../lineage/all-schedules.js";
import type { ReachStatement } from "../program/program.js";
import { inputLines } from "../program/program.js";
import type { Query } from "../solving/queries.js";
import { hopefulQuery } from "../solving/queries.js";
import type { ReachFinding } from "./reach-findings.js";
import { firstInstant, holdsAt, reachesWithin } from "./reach-findings.js";
import type { Search } from "./search.js";

/** Judges every line by the lineage over all schedules. Precondition: every instant of the relations was kept. */
export function judgeReaches(search: Search, all: AllSchedules, using: Query = hopefulQuery): readonly ReachFinding[] {
  const { program, budget } = search.setting;
  return reachesWithin(program, budget).map((reach) => judge(reach, search, all, using));
}

function judge(reach: ReachStatement, search: Search, all: AllSchedules, using: Query): ReachFinding {
  const { program } = search.setting;
  const { failureFree } = search;
  // Without inputs there is one run without faults.
  const soon = inputLines(program).length === 0 ? firstInstant(reach, failureFree) : undefined;
  if (soon !== undefined)
    return { reach, kind: "reached", instant: soon, scenario: scenarioOf(failureFree), fewest: true };
  const { graph, failing } = all;
  const byInstant = Array.from({ length: search.setting.budget.eot }, (_, i) => {
    const annotations = all
      .possible(reach.relation, i + 1)
      .map(({ args, annotation }) => graph.and(graph.and(annotation, matching(reach, args, graph)), failing ^ 1));
    return { instant: i + 1, annotations: annotations.filter((annotation) => annotation !== FALSE) };
  });
  const possible = byInstant.filter(({ annotations }) => annotations.length > 0);
  const fewest = first(possible.flatMap(({ annotations }) => annotations));
  if (fewest === undefined) return { reach, kind: "not-reached" };
  if ("detail" in fewest) return { reach, kind: "undecided", detail: fewest.detail };
  for (const { instant, annotations } of possible) {
    const found = first(annotations, fewest.schedule.length);
    if (found === undefined) continue;
    if ("detail" in found) return { reach, kind: "undecided", detail: found.detail };
    confirm(reach, instant, found, search);
    return { reach, kind: "reached", instant, scenario: found, fewest: true };
  }
  throw new Error(`${reach.text} is reached at some instant, and at none of them`);

  /** The first scenario that makes one of the annotations true, with at most so many faults. */
  function first(
    annotations: readonly Annotation[],
    most = Infinity,
  ): Scenario | undefined | { readonly detail: string } {
    if (annotations.length === 0) return undefined;
    return using(
      graph,
      () => search.watchdog.poll(),
      (hypotheses) => {
        hypotheses.requireSome(annotations);
        const schedule = hypotheses.smallest(most);
        if (schedule === undefined) return undefined;
        return isStopped(schedule) ? schedule : { schedule, inputs: hypotheses.inputs };
      },
    );
  }
}

/** The schedules under which the arguments of a tuple are those that a line names. */
function matching({ columns }: ReachStatement, args: PossibleArgs, algebra: Algebra): Annotation {
  return columns.reduce<Annotation>((all, value, i) => {
    const arg = args[i];
    if (value === undefined || value === arg) return all;
    if (!(arg instanceof Varying) || typeof value === "string") return FALSE;
    return algebra.and(all, comparison("==", arg, steady(value), algebra));
  }, TRUE);
}

/** Runs the scenario, so that what is reported as reached was observed. */
function confirm(reach: ReachStatement, instant: number, { schedule, inputs }: Scenario, search: Search): void {
  const run = schedule.length === 0 ? search.failureFreeRunWith(inputs) : search.record(schedule, inputs);
  if (run.kind === "run" && !holdsAt(reach, run.execution, instant))
    throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
}

function scenarioOf({ schedule, inputs }: Execution): Scenario {
  return { schedule, inputs };
}
