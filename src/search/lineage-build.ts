import type { Budget } from "../faults/budget.js";
import type { AllSchedules, BuildTick, TooLarge } from "../lineage/all-schedules.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import { Stopped } from "./limits.js";
import type { Search } from "./search.js";

/**
 * The lineage over all schedules, if it can be built, with so many nodes at most; of every instant, or of the last and what is read by `@N`.
 */
export function buildFor(search: Search, keepAll: boolean, mostNodes = Infinity): AllSchedules | undefined {
  const { program, maxTuples, memory } = search.setting;
  return buildBy(search, (budget, tick) =>
    buildAllSchedules(program, budget, { maxTuples, keepAll, memory }, (instant, tuples, nodes) => {
      if (nodes > mostNodes) throw new Stopped("memory", `the lineage has more than ${mostNodes} nodes`);
      tick(instant, tuples, nodes);
    }),
  );
}

/** The same, built by a function; stopped by the search's limits. */
export function buildBy(
  search: Search,
  build: (budget: Budget, tick: BuildTick) => AllSchedules | TooLarge,
): AllSchedules | undefined {
  const { budget } = search.setting;
  const all = search.timed("build", () =>
    build(budget, (instant, tuples, nodes) => {
      search.watch.poll();
      search.announce({ kind: "building", known: search.known, instant, eot: budget.eot, tuples, nodes });
    }),
  );
  return "kind" in all ? undefined : all;
}
