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
import { Watchdog } from "./limits.js";
import { buildFor } from "./lineage-build.js";
import type { Search, Setting } from "./search.js";
import type { CheckResult, Violated } from "./verdict.js";

/** The margin of a verdict that holds: what violates when the bounds of its budget are lifted. */
export interface Margin {
  /** The smallest violation with omissions before EFF and any number of crashes. */
  readonly beyondCrashes: Violated | "none" | "undecided";
  /**
   * The smallest violation if every message, at any instant, can be lost and every node can crash: with fewer faults, wherever they are,
   * every outcome keeps a derivation.
   */
  readonly beyondEverything: Schedule | "none" | "undecided";
  /**
   * The single faults that violate if every message, at any instant, can be lost and every node can crash: single points of failure that
   * the budget excludes. Of the crashes of a node, the latest that violates.
   */
  readonly singlePoints: readonly Fault[] | "undecided";
  /** The independent derivations of each outcome that the failure-free run promises, if every message can be lost. */
  readonly outcomes: readonly IndependentDerivations[];
  /** Whether these are all outcomes; false if a limit stopped the search. */
  readonly outcomesComplete: boolean;
}

type BeyondEverything = Omit<Margin, "beyondCrashes">;

/** The margin beyond every bound before anything is known. */
const nothingKnown: BeyondEverything = {
  beyondEverything: "undecided",
  singlePoints: "undecided",
  outcomes: [],
  outcomesComplete: false,
};

/** The margin before anything is known. */
export const undecidedMargin: Margin = { beyondCrashes: "undecided", ...nothingKnown };

/** The budget with any number of crashes and, if `lossesToTheEnd`, with omissions up to EOT. */
function unbounded(b: Budget, lossesToTheEnd: boolean): Budget {
  return budget(b.nodes, b.eot, lossesToTheEnd ? b.eot : b.eff, b.nodes.length);
}

/**
 * The margin of a setting under which the specification holds: two more searches within the limits of `check`, with one time limit for
 * both. What they cannot decide is `undecided`.
 */
export function marginOf(setting: Setting, options: CheckOptions): Margin {
  const { strategy: _lineage, all: _one, onDimacs: _none, ...rest } = options;
  const watchdog = new Watchdog(rest);
  const wider = check({ ...setting, budget: unbounded(setting.budget, false) }, rest);
  const timeout = rest.timeout === undefined ? undefined : Math.max(0, rest.timeout - watchdog.elapsed / 1000);
  return { beyondCrashes: smallestOf(wider), ...beyondEverything(setting, { ...rest, timeout }) };
}

function smallestOf(result: CheckResult): Margin["beyondCrashes"] {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  return result.verdict.kind === "violated" ? result.verdict : "none";
}

/** The margin beyond every bound, as far as it is found within the limits. */
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
