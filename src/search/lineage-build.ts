import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import type { Build, BuildTick } from "../lineage/all-schedules.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import { excludedBy } from "../program/demands.js";
import { reachesWithin } from "./reach-findings.js";
import type { Search } from "./search.js";

/** Builds the lineage over all schedules, with a limit on nodes. Kept are all instants, or the last, what rules read by `@N`, and relations that are excluded or to be reached. */
export function buildFor(search: Search, keepAll: boolean, mostNodes = Infinity): Build {
  const { program, budget: own, maxTuples, memory, mostResults, specification } = search.setting;
  const kept = new Set([...excludedBy(specification), ...reachesWithin(program, own).map(({ relation }) => relation)]);
  return buildBy(search, (budget, tick) =>
    buildAllSchedules(program, budget, { maxTuples, keepAll, kept, memory, mostResults }, (instant, tuples, nodes) =>
      nodes > mostNodes
        ? stopped("memory", `the lineage has more than ${mostNodes} nodes`)
        : tick(instant, tuples, nodes),
    ),
  );
}

/** Builds a lineage by a function, within the limits of the search. */
export function buildBy(search: Search, build: (budget: Budget, tick: BuildTick) => Build): Build {
  const { budget } = search.setting;
  const tick: BuildTick = (instant, tuples, nodes): Stopped | undefined => {
    const end = search.watchdog.poll();
    if (end === undefined)
      search.announce({ kind: "building", known: search.known, instant, eot: budget.eot, tuples, nodes });
    return end;
  };
  return search.timed("build", () => build(budget, tick));
}
