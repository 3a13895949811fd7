import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import type { Fault } from "../faults/kinds.js";
import { kindOf } from "../faults/kinds.js";
import type { LiftedBound, LiftedTogether } from "../faults/lifted-bounds.js";
import { liftedBounds, liftedTogether } from "../faults/lifted-bounds.js";
import type { Schedule } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { withoutImpossible } from "../lineage/impossible.js";
import { violations } from "../lineage/violation.js";
import type { Hypotheses } from "../solving/hypotheses.js";
import type { Query } from "../solving/queries.js";
import { queriesOn, SharedSolver } from "../solving/queries.js";
import type { CheckOptions } from "./check.js";
import { decide } from "./check.js";
import { collectCounterexamples } from "./enumerate.js";
import type { IndependentDerivations } from "./independent-derivations.js";
import { independentDerivations } from "./independent-derivations.js";
import { Watchdog } from "./limits.js";
import { buildFor } from "./lineage-build.js";
import { verdictAlone } from "./lineage-driven.js";
import type { Search, Setting, Strategy } from "./search.js";
import type { CheckResult, Counterexample } from "./verdict.js";

/** What violates when one bound of the budget is lifted, and the others stay. */
export interface Beyond extends LiftedBound {
  /** The smallest violation. */
  readonly found: Counterexample | "none" | "undecided";
}

/**
 * The margin of a verdict that holds: what violates when the bounds of its budget are lifted. `beyond` lifts them one by one, of every
 * kind of fault; the rest speaks of losses and crashes alone, of which there can be any number, at any instant and of any node.
 */
export interface Margin {
  /** Of each bound that can be lifted, in the order of kinds. */
  readonly beyond: readonly Beyond[];
  /** The smallest violation with any number of crashes, the other bounds as they are. */
  readonly beyondCrashes: Beyond["found"];
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
 * The margin of a setting under which the specification holds, within the limits of `check`, with one time limit for all questions. What
 * they cannot decide is `undecided`.
 */
export function marginOf(setting: Setting, options: CheckOptions): Margin {
  const { strategy: _lineage, all: _one, onDimacs: _none, ...rest } = options;
  const watchdog = new Watchdog(rest);
  const withinTime = (): CheckOptions => ({
    ...rest,
    timeout: rest.timeout === undefined ? undefined : Math.max(0, rest.timeout - watchdog.elapsed / 1000),
  });
  const shared = new SharedSolver();
  const found = new Map(
    liftedTogether(setting.budget).flatMap((group) => [...beyondGroup(setting, group, withinTime, shared)]),
  );
  const beyond = liftedBounds(setting.budget).map(
    (lifted): Beyond => ({ ...lifted, found: found.get(lifted.kind) ?? "undecided" }),
  );
  const crashes = beyond.find(({ kind }) => kind !== undefined && kindOf(kind).bound === "crashes");
  return { beyond, beyondCrashes: crashes?.found ?? "none", ...beyondEverything(setting, withinTime()) };
}

/** What violates beyond bounds, by kind. */
type Found = ReadonlyMap<LiftedBound["kind"], Beyond["found"]>;

/** What violates beyond each bound of a group: from one lineage for all of them, unless memory does not suffice for it. */
function beyondGroup(
  setting: Setting,
  { bounds, budget }: LiftedTogether,
  withinTime: () => CheckOptions,
  shared: SharedSolver,
): Found {
  const together =
    bounds.length > 1 ? beyondTogether({ ...setting, budget }, bounds, withinTime(), shared.query) : undefined;
  if (together !== undefined) return together;
  return new Map(
    bounds.map((lifted) => {
      const alone: Strategy = (search) => verdictAlone(search, insideOf(search, shared.onlyQuery));
      return [lifted.kind, smallestOf(decide({ ...setting, budget: lifted.budget }, withinTime(), alone))];
    }),
  );
}

/** A query of a search, unless it asks a solver outside of this process. */
function insideOf(search: Search, inside: Query): Query {
  return search.options.solver === undefined ? inside : search.query;
}

function smallestOf(result: CheckResult): Beyond["found"] {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  if (result.verdict.kind !== "violated") return "none";
  return result.verdict.smallest ? result.verdict.counterexample : "undecided";
}

/**
 * What violates beyond each of several bounds, given the setting with all of them lifted: the solver is asked for schedules with one
 * bound lifted and the others as they are. `undefined` if memory does not suffice.
 */
function beyondTogether(
  setting: Setting,
  bounds: readonly LiftedBound[],
  options: CheckOptions,
  shared: Query,
): Found | undefined {
  let found: Found | undefined = new Map();
  // The limit is for each question, which needs two runs: without faults, and under the schedule that is found.
  const maxRuns = (options.maxRuns ?? Infinity) < 2 ? options.maxRuns : undefined;
  const result = decide(setting, { ...options, maxRuns }, (search) => {
    const all = buildFor(search, false);
    if (all.kind === "stopped") return all;
    found = all.kind === "built" ? withEachLifted(search, all, bounds, insideOf(search, shared)) : undefined;
    return { kind: "holds", method: "lineage", warnings: [] };
  });
  // The run to start from may have been looked for in that lineage too.
  const ranOut =
    result.kind === "verdict" && result.verdict.kind === "inconclusive" && result.verdict.reason === "memory";
  return ranOut ? undefined : found;
}

function withEachLifted(
  search: Search,
  all: AllSchedules,
  bounds: readonly LiftedBound[],
  using: Query,
): Found | undefined {
  const { graph, failing } = all;
  const found = new Map<LiftedBound["kind"], Beyond["found"]>();
  /** Asks about the bounds for which nothing was found; returns false if the memory is exhausted. */
  const ask = (
    annotations: readonly Annotation[],
    answer: (hypotheses: Hypotheses) => Beyond["found"] | Stopped,
  ): boolean => {
    if (annotations.every((annotation) => annotation === FALSE)) return true;
    return using(graph, search.onOtherCall, (hypotheses) => {
      hypotheses.requireSome(annotations);
      for (const { kind, budget } of bounds) {
        if (found.has(kind)) continue;
        hypotheses.restrict(budget);
        const answered = answer(hypotheses);
        if (hypotheses.ended?.reason === "memory") return false;
        if (answered !== "none") found.set(kind, isStopped(answered) ? "undecided" : answered);
      }
      return true;
    });
  };
  const enough =
    ask(withoutImpossible(graph, violations(search.setting.specification, search.failureFree, all)), (hypotheses) => {
      const violated = collectCounterexamples(search, hypotheses, "lineage", [], { all: false });
      if (violated === undefined) return "none";
      return isStopped(violated) ? violated : violated.counterexamples[0];
    }) && ask([failing], (hypotheses) => (hypotheses.any() === false ? "none" : "undecided"));
  if (!enough) return undefined;
  for (const { kind } of bounds) if (!found.has(kind)) found.set(kind, "none");
  return found;
}

/** The margin of losses and crashes, as far as it is found within the limits. */
function beyondEverything(setting: Setting, options: CheckOptions): BeyondEverything {
  const outcomes: IndependentDerivations[] = [];
  let known: BeyondEverything = { ...nothingKnown, outcomes };
  decide({ ...setting, budget: lossesAndCrashes(setting.budget) }, options, (search) => {
    const all = buildFor(search, false);
    if (all.kind !== "built") return stopped("memory", "the lineage over all schedules is too large");
    // Which derivations are found may depend on the solver's models, and so on what it was asked before.
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
