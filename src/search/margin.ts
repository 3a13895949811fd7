import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import type { Fault } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { violations } from "../lineage/violation.js";
import type { Query } from "../solving/queries.js";
import { queriesOn } from "../solving/queries.js";
import type { CheckOptions } from "./check.js";
import { check, decide } from "./check.js";
import type { IndependentDerivations } from "./independent-derivations.js";
import { independentDerivations } from "./independent-derivations.js";
import { Watch } from "./limits.js";
import { buildFor } from "./lineage-build.js";
import type { Search, Setting } from "./search.js";
import type { CheckResult, Violated } from "./verdict.js";

/** How far a program that holds is from failing, once the bounds of its budget are lifted. */
export interface Margin {
  /** The smallest violation with messages lost before EFF and any number of crashes. */
  readonly beyondCrashes: Violated | "none" | "undecided";
  /**
   * The smallest violation if every message, at whatever instant, and every node could fail: with fewer faults than that some
   * derivation of every outcome is left untouched, however they are placed.
   */
  readonly beyondEverything: Schedule | "none" | "undecided";
  /**
   * The single faults that would violate if every message, at whatever instant, and every node could fail: the single points
   * of failure that the budget did not let fail. Of the crashes of a node the latest that does.
   */
  readonly singlePoints: readonly Fault[] | "undecided";
  /** What each outcome that the failure-free run promises rests on, if every message, at whatever instant, and every node could fail. */
  readonly outcomes: readonly IndependentDerivations[];
  /** Whether these are all the outcomes: false where a limit came first. */
  readonly outcomesComplete: boolean;
}

type BeyondEverything = Omit<Margin, "beyondCrashes">;

/** Of the margin beyond every bound, before anything is known. */
const nothingKnown: BeyondEverything = {
  beyondEverything: "undecided",
  singlePoints: "undecided",
  outcomes: [],
  outcomesComplete: false,
};

/** A margin of which nothing is known. */
export const undecidedMargin: Margin = { beyondCrashes: "undecided", ...nothingKnown };

/** The budget with any number of crashes and, if asked for, with messages lost to the very end. */
function unbounded(b: Budget, lossesToTheEnd: boolean): Budget {
  return budget(b.nodes, b.eot, lossesToTheEnd ? b.eot : b.eff, b.nodes.length);
}

/**
 * The margin of a setting under which the specification holds. Two more searches, on the same terms as `check` (limits,
 * interruption), and within one limit of time; what cannot be decided within them is left out.
 */
export function marginOf(setting: Setting, options: CheckOptions): Margin {
  const { strategy: _lineage, all: _one, onDimacs: _none, ...rest } = options;
  const watch = new Watch(rest);
  const wider = check({ ...setting, budget: unbounded(setting.budget, false) }, rest);
  const timeout = rest.timeout === undefined ? undefined : Math.max(0, rest.timeout - watch.elapsed / 1000);
  return { beyondCrashes: smallestOf(wider), ...beyondEverything(setting, { ...rest, timeout }) };
}

function smallestOf(result: CheckResult): Margin["beyondCrashes"] {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  return result.verdict.kind === "violated" ? result.verdict : "none";
}

/** What is found before a limit is kept. */
function beyondEverything(setting: Setting, options: CheckOptions): BeyondEverything {
  const outcomes: IndependentDerivations[] = [];
  let known: BeyondEverything = { ...nothingKnown, outcomes };
  decide({ ...setting, budget: unbounded(setting.budget, true) }, options, (search) => {
    const all = buildFor(search, false);
    if (all.kind !== "built") return stopped("memory", "the lineage over all schedules is too large");
    const using = queriesOn(all.graph);
    const weak = weaknesses(search, all, using);
    if (isStopped(weak)) return weak;
    known = { ...known, ...weak };
    const end = independentDerivations(search, all, using, (outcome) => outcomes.push(outcome));
    if (end !== undefined) return end;
    known = { ...known, outcomesComplete: true };
    return { kind: "holds", method: "lineage", warnings: [] };
  });
  return known;
}

function weaknesses(
  search: Search,
  all: AllSchedules,
  using: Query,
): Pick<Margin, "beyondEverything" | "singlePoints"> | Stopped {
  const broken = violations(search.setting.specification, search.failureFree, all);
  if (broken.length === 0) return { beyondEverything: "none", singlePoints: [] };
  return using(all.graph, search.onCall, (hypotheses) => {
    hypotheses.requireSome(broken);
    const smallest = hypotheses.smallest();
    if (isStopped(smallest)) return smallest;
    const singles: Fault[] = [];
    for (let next = hypotheses.smallest(1); next !== undefined; next = hypotheses.smallest(1)) {
      if (isStopped(next)) return next;
      singles.push(...next);
      hypotheses.block(next);
    }
    return { beyondEverything: smallest ?? "none", singlePoints: singles };
  });
}
