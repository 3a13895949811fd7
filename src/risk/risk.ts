import { isStopped } from "../execution/stopped.js";
import { boundRows } from "../faults/bounds.js";
import type { Budget } from "../faults/budget.js";
import { budget as budgetOf, openNodes } from "../faults/budget.js";
import { lastOmission, omission } from "../faults/channel-faults.js";
import type { Inputs } from "../faults/inputs.js";
import { allInputs, inputChoices } from "../faults/inputs.js";
import { crash } from "../faults/node-faults.js";
import type { Rates } from "../faults/rates.js";
import type { Schedule } from "../faults/schedule.js";
import { violations } from "../lineage/violation.js";
import { inputLines } from "../program/program.js";
import { check } from "../search/check.js";
import { buildFor } from "../search/lineage-build.js";
import type { Setting } from "../search/search.js";
import { Search } from "../search/search.js";
import type { Progress } from "../search/verdict.js";
import type { Edge } from "./diagram.js";
import { ALWAYS, Diagram, NEVER, TooLarge } from "./diagram.js";
import { FaultEvents } from "./fault-events.js";

/*
 * The probability that a promise is broken if faults occur independently: each message between two nodes is lost with the probability of its
 * channel, and each node that is up crashes at an instant with its own. It is that of the violation's annotation, computed by a decision
 * diagram over these events. The minimal schedules alone would overstate it, since more faults can repair what fewer break.
 */

/** A part of the probability. */
export interface ScheduleShare {
  readonly schedule: Schedule;
  /** The probability of the violating schedules that contain this minimal one and no earlier one. These add up. */
  readonly probability: number;
}

/** By how much the probability falls if a node or channel cannot fail. These do not add up. */
export interface Contribution {
  /** A node that cannot crash, or the sender and the receiver of a channel that loses nothing. */
  readonly names: readonly string[];
  readonly probability: number;
}

export type Risk =
  | {
      readonly kind: "exact";
      readonly budget: Budget;
      readonly probability: number;
      /** The inputs for which it is greatest, if the program has inputs. */
      readonly inputs: Inputs;
      /** For each minimal schedule, largest first; the rest belongs to minimal schedules that were not found. */
      readonly schedules: readonly ScheduleShare[];
      readonly complete: boolean;
      /** Largest first; those above 0. */
      readonly contributions: readonly Contribution[];
      readonly diagramNodes: number;
    }
  /** The diagram is too large: bounds from the minimal schedules that were found. */
  | {
      readonly kind: "bounds";
      readonly budget: Budget;
      readonly least: number;
      readonly most: number;
      readonly why: string;
    }
  /** No result, with the reason as a sentence that begins in lower case. */
  | { readonly kind: "none"; readonly why: string };

export interface RiskOptions {
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly interrupted?: (() => boolean) | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The largest number of nodes of the diagram; 4,000,000 by default. */
  readonly mostNodes?: number;
}

const MOST_NODES = 4_000_000;
/** The most choices of inputs that are tried one by one. */
const MOST_INPUTS = 4096n;
/** The most minimal schedules that are searched. */
const MOST_SCHEDULES = 200;

/** The probability that a program breaks its promise. Bounds on kinds of faults that have a rate are lifted. */
export function riskOf(setting: Setting, rates: Rates, options: RiskOptions = {}): Risk {
  const { budget: own, program, specification } = setting;
  const unknown = rates.unknownNames(own.nodes);
  if (unknown.length > 0) return none(`a rate names ${unknown.join(", ")}, which is not a node`);
  const other = boundRows.find(
    ({ bound, key }) => own[bound] > 0 && !["crashes", "omissions", "lateness", "max-faults"].includes(key),
  );
  if (other !== undefined) return none(`only losses and crashes can have rates, but the budget has ${other.key}`);
  const lines = inputLines(program);
  if (inputChoices(lines) > MOST_INPUTS) return none(`there are more than ${MOST_INPUTS} choices of inputs`);
  const budget = budgetOf(own.nodes, own.eot, own.eff, {
    omissions: rates.has(omission.kind) ? Number.POSITIVE_INFINITY : 0,
    crashes: rates.has(crash.kind) ? own.nodes.length : 0,
    spare: own.spare,
  });
  const lifted: Setting = { ...setting, budget };
  const search = new Search(lifted, {
    ...options,
    all: false,
    seed: 0,
    onProgress: (progress) => options.onProgress?.(progress),
    onDimacs: undefined,
    solver: undefined,
  });
  const { failureFreeRun } = search;
  if (failureFreeRun.kind === "stopped") return none(failureFreeRun.detail);
  if (failureFreeRun.kind === "error") return none("the evaluation fails without any fault");
  const all = buildFor(search, false);
  if (isStopped(all)) return none(all.detail);
  if (all.kind === "too-large") return none("the lineage over all schedules is too large");
  const { graph } = all;
  const bad = violations(specification, search.failureFree, all);
  const found = minimalSchedules(lifted, options);
  try {
    const diagram = new Diagram(options.mostNodes ?? MOST_NODES);
    const events = new FaultEvents(graph, diagram, rates);
    const violation = events.edgesOf(bad).reduce<Edge>((any, edge) => diagram.or(any, edge), NEVER);
    const [inputs, probability] = worst(lines.length === 0 ? [[]] : allInputs(lines), (choice) =>
      diagram.probability(violation, events.rateOf(choice)),
    );
    return {
      kind: "exact",
      budget,
      probability,
      inputs,
      schedules: sharesOf(
        found.schedules,
        violation,
        (edge) => diagram.probability(edge, events.rateOf(inputs)),
        diagram,
        events,
      ),
      complete: found.complete,
      contributions: contributionsOf(budget, probability, (spared) =>
        diagram.probability(violation, events.rateOf(inputs, spared)),
      ),
      diagramNodes: diagram.size,
    };
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) throw thrown;
    return boundsFrom(found, budget, rates);
  }
}

function none(why: string): Risk {
  return { kind: "none", why };
}

interface Found {
  readonly schedules: readonly Schedule[];
  /** Whether these are all minimal schedules. */
  readonly complete: boolean;
}

/** The minimal schedules that violate, smallest first. */
function minimalSchedules(setting: Setting, options: RiskOptions): Found {
  let found = 0;
  const result = check(setting, {
    timeout: options.timeout,
    all: true,
    interrupted: () => found >= MOST_SCHEDULES || options.interrupted?.() === true,
    onProgress: (progress) => {
      if (progress.kind === "found") found++;
      options.onProgress?.(progress);
    },
  });
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return { schedules: [], complete: false };
  const { verdict } = result;
  if (verdict.kind === "holds") return { schedules: [], complete: true };
  // That of a search that was stopped while it looked for the first is not minimal.
  const list = verdict.minimal?.counterexamples ?? [];
  return { schedules: list.map(({ schedule }) => schedule), complete: verdict.minimal?.complete === true };
}

/** The inputs with the greatest probability, the first of them, and it. */
function worst(choices: Iterable<Inputs>, probability: (inputs: Inputs) => number): readonly [Inputs, number] {
  let best: readonly [Inputs, number] | undefined;
  for (const inputs of choices) {
    const p = probability(inputs);
    if (best === undefined || p > best[1]) best = [inputs, p];
  }
  return best ?? [[], 0];
}

function sharesOf(
  schedules: readonly Schedule[],
  violation: Edge,
  probability: (edge: Edge) => number,
  diagram: Diagram,
  events: FaultEvents,
): readonly ScheduleShare[] {
  let left = violation;
  const shares = schedules.map((schedule): ScheduleShare => {
    const contained = schedule.reduce<Edge>((both, fault) => diagram.and(both, events.edgeOf(fault)), ALWAYS);
    const own = diagram.and(left, contained);
    left = diagram.and(left, contained ^ 1);
    return { schedule, probability: probability(own) };
  });
  return shares.sort((a, b) => b.probability - a.probability);
}

/** The contribution of a node or a channel, found by omitting its failures. */
function contributionsOf(
  { nodes }: Budget,
  probability: number,
  without: (spared: readonly string[]) => number,
): readonly Contribution[] {
  const parts = [
    ...nodes.map((node) => [node]),
    ...nodes.flatMap((from) => nodes.flatMap((to) => (from === to ? [] : [[from, to]]))),
  ];
  return parts
    .map((names): Contribution => ({ names, probability: probability - without(names) }))
    .filter((part) => part.probability > probability * 1e-9)
    .sort((a, b) => b.probability - a.probability);
}

/** At most the sum over minimal schedules of the probability to contain one, at least that of their faults and no others. */
function boundsFrom({ schedules, complete }: Found, budget: Budget, rates: Rates): Risk {
  const contained = schedules.map((schedule) =>
    schedule.reduce((product, fault) => product * containment(fault, rates), 1),
  );
  const most = complete
    ? Math.min(
        1,
        contained.reduce((sum, p) => sum + p, 0),
      )
    : 1;
  const least = schedules.reduce((sum, schedule) => sum + alone(schedule, budget, rates), 0);
  const why = complete
    ? "the decision diagram is too large; the bounds are those of the minimal schedules"
    : "the decision diagram is too large, and not all minimal schedules were found";
  return { kind: "bounds", budget, least, most, why };
}

/** The probability that a schedule has at least a fault. */
function containment(fault: Schedule[number], rates: Rates): number {
  if (fault.kind === omission.kind) return rates.ofOmission(fault);
  if (fault.kind === crash.kind) return 1 - (1 - rates.ofCrash(fault.node)) ** fault.at;
  return 0;
}

/** The probability that exactly the faults of a schedule occur. */
function alone(schedule: Schedule, budget: Budget, rates: Rates): number {
  const open = openNodes(budget);
  let p = 1;
  for (const node of open) {
    const own = schedule.find((fault) => fault.kind === crash.kind && fault.node === node);
    const rate = budget.crashes === 0 ? 0 : rates.ofCrash(node);
    p *= own === undefined ? (1 - rate) ** budget.eot : (1 - rate) ** (own.at - 1) * rate;
  }
  for (const from of open)
    for (const to of open) {
      if (from === to || budget.omissions === 0) continue;
      const lost = schedule.filter((f) => f.kind === omission.kind && f.from === from && f.to === to).length;
      const rate = rates.ofOmission({ from, to });
      p *= rate ** lost * (1 - rate) ** (lastOmission(budget) - lost);
    }
  return p;
}
