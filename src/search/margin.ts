import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import type { Fault } from "../faults/kinds.js";
import { kindOf } from "../faults/kinds.js";
import type { LiftedBound } from "../faults/lifted-bounds.js";
import { liftedBounds } from "../faults/lifted-bounds.js";
import type { Schedule } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { violations } from "../lineage/violation.js";
import type { Query } from "../solving/queries.js";
import { queriesOn } from "../solving/queries.js";
import type { CheckOptions } from "./check.js";
import { decide } from "./check.js";
import type { IndependentDerivations } from "./independent-derivations.js";
import { independentDerivations } from "./independent-derivations.js";
import { Watchdog } from "./limits.js";
import { buildFor } from "./lineage-build.js";
import { verdictAlone } from "./lineage-driven.js";
import type { Search, Setting } from "./search.js";
import type { CheckResult, Violated } from "./verdict.js";

/** What violates when one bound of the budget is lifted, and the others stay. */
export interface Beyond extends LiftedBound {
  /** The smallest violation. */
  readonly found: Violated | "none" | "undecided";
}

/**
 * The margin of a verdict that holds: what violates when the bounds of its budget are lifted. `beyond` lifts them one by one, of every
 * kind of fault; the rest speaks of losses and crashes alone, of which there can be any number, at any instant and of any node.
 */
export interface Margin {
  /** Of each bound that can be lifted, in the order of kinds. */
  readonly beyond: readonly Beyond[];
  /** The smallest violation with any number of crashes, the other bounds as they are. */
  readonly beyondCrashes: Violated | "none" | "undecided";
  /** The smallest violation by losses and crashes: with fewer of them, wherever they are, every outcome keeps a derivation. */
  readonly beyondEverything: Schedule | "none" | "undecided";
  /** The single losses and crashes that violate. Of the crashes of a node, the latest that violates. */
  readonly singlePoints: readonly Fault[] | "undecided";
  /** The independent derivations of each outcome that the failure-free run promises, if every message can be lost. */
  readonly outcomes: readonly IndependentDerivations[];
  /** Whether these are all outcomes; false if a limit stopped the search. */
  readonly outcomesComplete: boolean;
}

type BeyondEverything = Omit<Margin, "beyond" | "beyondCrashes">;

/** The margin of losses and crashes before anything is known. */
const nothingKnown: BeyondEverything = {
  beyondEverything: "undecided",
  singlePoints: "undecided",
  outcomes: [],
  outcomesComplete: false,
};

/** The margin before anything is known. */
export function undecidedMargin({ budget }: Setting): Margin {
  const beyond = liftedBounds(budget).map((lifted): Beyond => ({ ...lifted, found: "undecided" }));
  return { beyond, beyondCrashes: "undecided", ...nothingKnown };
}

/** Any message lost, up to EOT, and any number of crashes, and no other fault. */
function lossesAndCrashes(b: Budget): Budget {
  return budget(b.nodes, b.eot, b.eot, b.nodes.length);
}

/**
 * The margin of a setting under which the specification holds: one search for each bound, and one beyond all of them, within the limits of
 * `check`, with one time limit for all. What they cannot decide is `undecided`.
 */
export function marginOf(setting: Setting, options: CheckOptions): Margin {
  const { strategy: _lineage, all: _one, onDimacs: _none, ...rest } = options;
  const watchdog = new Watchdog(rest);
  const withinTime = (): CheckOptions => ({
    ...rest,
    timeout: rest.timeout === undefined ? undefined : Math.max(0, rest.timeout - watchdog.elapsed / 1000),
  });
  const beyond = liftedBounds(setting.budget).map(
    (lifted): Beyond => ({
      ...lifted,
      found: smallestOf(decide({ ...setting, budget: lifted.budget }, withinTime(), verdictAlone)),
    }),
  );
  const crashes = beyond.find(({ kind }) => kind !== undefined && kindOf(kind).bound === "crashes");
  return { beyond, beyondCrashes: crashes?.found ?? "none", ...beyondEverything(setting, withinTime()) };
}

function smallestOf(result: CheckResult): Beyond["found"] {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  return result.verdict.kind === "violated" ? result.verdict : "none";
}

/** The margin of losses and crashes, as far as it is found within the limits. */
function beyondEverything(setting: Setting, options: CheckOptions): BeyondEverything {
  const outcomes: IndependentDerivations[] = [];
  let known: BeyondEverything = { ...nothingKnown, outcomes };
  decide({ ...setting, budget: lossesAndCrashes(setting.budget) }, options, (search) => {
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
