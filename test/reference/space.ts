import type { InputLine } from "./inputs.js";
import { allInputs } from "./inputs.js";
import { sortFaults } from "./order.js";
import type { Absence, Cut, ReferenceFault, ReferenceKind, ReferenceSchedule } from "./schedules.js";
import { byCodeUnit, cut, kinds } from "./schedules.js";

/** "At most K of them; `any`: no bound." */
export type Bound = number | "any";

/** What may go wrong. A bound that is absent has its default, of the table in faults.md ("The budget"). */
export interface ReferenceBudget {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
  /** `any` by default: "Loss of any message is there unless `--omissions` says otherwise." The others are 0. */
  readonly omissions?: Bound;
  readonly delays?: Bound;
  readonly duplicates?: Bound;
  readonly partitions?: number;
  readonly partialPartitions?: number;
  readonly oneWayPartitions?: number;
  readonly restarts?: number;
  readonly pauses?: number;
  /** "The most instants by which a delay or a duplicate is late, ≥ 1"; 1 by default. */
  readonly lateness?: number;
  readonly maxFaults?: number;
  /** "Nodes that neither crash, restart nor pause, and that are no end of an omission, delay or duplicate." */
  readonly spare?: readonly string[];
}

/** The most faults of a kind. */
export function boundOf(budget: ReferenceBudget, kind: ReferenceKind): number {
  const bound = {
    crash: budget.crashes,
    restart: budget.restarts ?? 0,
    pause: budget.pauses ?? 0,
    partition: budget.partitions ?? 0,
    "partial-partition": budget.partialPartitions ?? 0,
    "one-way-partition": budget.oneWayPartitions ?? 0,
    omission: budget.omissions ?? "any",
    delay: budget.delays ?? 0,
    duplicate: budget.duplicates ?? 0,
  }[kind];
  return bound === "any" ? Number.POSITIVE_INFINITY : bound;
}

/** All that can be asked of `run`, which "needs no lateness" and knows no EFF: every fault that has a meaning. */
export function anything(nodes: readonly string[], eot: number): ReferenceBudget {
  const many = Number.POSITIVE_INFINITY;
  return {
    nodes,
    eot,
    eff: eot + 1,
    crashes: nodes.length,
    delays: "any",
    duplicates: "any",
    partitions: many,
    partialPartitions: many,
    oneWayPartitions: many,
    restarts: many,
    pauses: many,
    lateness: eot,
  };
}

/** 1 … last. */
function instants(last: number, first = 1): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

function earlier({ eff, eot }: ReferenceBudget): number {
  return Math.min(eff, eot);
}

/** The nodes by name, and those of them that faults of nodes and of channels may strike. */
function nodesOf(budget: ReferenceBudget): readonly string[] {
  return [...budget.nodes].sort(byCodeUnit);
}

function strikable(budget: ReferenceBudget): readonly string[] {
  return nodesOf(budget).filter((node) => budget.spare?.includes(node) !== true);
}

/** "1 ≤ t ≤ EOT". */
export function crashesOf(budget: ReferenceBudget, node: string): readonly ReferenceFault[] {
  return instants(budget.eot).map((at) => ({ kind: "crash", node, at }));
}

/** "2 ≤ t < u ≤ min(EFF, EOT)". */
export function absencesOf(budget: ReferenceBudget, node: string): readonly Absence[] {
  const last = earlier(budget);
  return (["restart", "pause"] as const).flatMap((kind) =>
    instants(last - 1, 2).flatMap((at) => instants(last, at + 1).map((until) => ({ kind, node, at, until }))),
  );
}

/** "1 ≤ t < EFF", and no later than the end of time. */
export function omissions(budget: ReferenceBudget): readonly ReferenceFault[] {
  return channels(budget).flatMap(([from, to]) =>
    instants(Math.min(budget.eff - 1, budget.eot)).map((at) => ({ kind: "omission", from, to, at }) as const),
  );
}

/** Delays have "1 ≤ t < min(EFF, EOT), t + 2 ≤ u ≤ min(EFF, EOT + 1, t + 1 + L)"; duplicates "as for delay, and u ≤ EOT". */
export function latenesses(budget: ReferenceBudget): readonly ReferenceFault[] {
  const { eff, eot, lateness = 1 } = budget;
  return channels(budget).flatMap(([from, to]) =>
    instants(earlier(budget) - 1).flatMap((at) =>
      instants(Math.min(eff, eot + 1, at + 1 + lateness), at + 2).flatMap((arrives) => [
        { kind: "delay", from, to, at, arrives } as const,
        ...(arrives <= eot ? [{ kind: "duplicate", from, to, at, arrives } as const] : []),
      ]),
    ),
  );
}

function channels(budget: ReferenceBudget): readonly (readonly [string, string])[] {
  const nodes = strikable(budget);
  return nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => [from, to] as const));
}

/** "A and B are disjoint and not empty, and together all nodes" or not; "1 ≤ t ≤ u < min(EFF, EOT)". */
export function cuts(budget: ReferenceBudget): readonly Cut[] {
  const last = earlier(budget) - 1;
  const sides = sidesOf(nodesOf(budget)).flatMap(({ a, b, others }) => {
    if (a.length === 0 || b.length === 0) return [];
    const twoWay = cut(others.length === 0 ? "partition" : "partial-partition", a, b, 1);
    // Every pair of sides comes twice: A|B and B|A are one.
    const isFirst = twoWay.a.join() === a.join();
    return [...(isFirst ? [twoWay] : []), ...(others.length === 0 ? [cut("one-way-partition", a, b, 1)] : [])];
  });
  return sides.flatMap((one) =>
    instants(last).flatMap((at) => instants(last, at).map((until) => ({ ...one, at, until }))),
  );
}

interface Sides {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly others: readonly string[];
}

function sidesOf(nodes: readonly string[]): readonly Sides[] {
  let all: readonly Sides[] = [{ a: [], b: [], others: [] }];
  for (const node of nodes) {
    all = all.flatMap(({ a, b, others }) => [
      { a: [...a, node], b, others },
      { a, b: [...b, node], others },
      { a, b, others: [...others, node] },
    ]);
  }
  return all;
}

/** What may befall one thing: a node, a cut that may be there or not, a channel at an instant. At most one of the options does. */
type Options = readonly ReferenceSchedule[];

/** "A node's absences are disjoint, with an instant between two of them; … all its absences end at or before its crash." */
function optionsOfNode(budget: ReferenceBudget, node: string): Options {
  const room = roomOf(budget);
  const absences = absencesOf(budget, node).filter((f) => boundOf(budget, f.kind) > 0);
  const crashes = boundOf(budget, "crash") > 0 ? crashesOf(budget, node) : [];
  const lives = (from: number): readonly ReferenceSchedule[] => [
    [],
    ...crashes.filter((f) => "at" in f && f.at >= from).map((f) => [f]),
    ...absences.filter((f) => f.at > from).flatMap((f) => lives(f.until).map((rest) => [f, ...rest])),
  ];
  return lives(1).filter((life) => life.length > 0 && less(room, life) !== undefined);
}

function optionsOf(budget: ReferenceBudget): readonly Options[] {
  const possible = (faults: readonly ReferenceFault[]): readonly ReferenceFault[] =>
    faults.filter((f) => boundOf(budget, f.kind) > 0);
  const channelFaults = possible([...omissions(budget), ...latenesses(budget)]);
  const channelsAt = channels(budget).flatMap(([from, to]) => instants(budget.eot).map((at) => ({ from, to, at })));
  return [
    ...strikable(budget).map((node) => optionsOfNode(budget, node)),
    ...possible(cuts(budget)).map((f) => [[f]]),
    // "A channel has at most one of omission, delay, duplicate at an instant."
    ...channelsAt.map((c) =>
      channelFaults.filter((f) => "from" in f && f.from === c.from && f.to === c.to && f.at === c.at).map((f) => [f]),
    ),
  ].filter((options) => options.length > 0);
}

/** How many more faults there may be. */
interface Room {
  readonly total: number;
  readonly ofKind: ReadonlyMap<ReferenceKind, number>;
}

function roomOf(budget: ReferenceBudget): Room {
  return {
    total: budget.maxFaults ?? Number.POSITIVE_INFINITY,
    ofKind: new Map(kinds.map((kind) => [kind, boundOf(budget, kind)])),
  };
}

/** What is left of it after these faults; undefined if there is not enough. */
function less(room: Room, faults: ReferenceSchedule): Room | undefined {
  if (faults.length > room.total) return undefined;
  let { ofKind } = room;
  for (const { kind } of faults) {
    const left = ofKind.get(kind) ?? 0;
    if (left === 0) return undefined;
    ofKind = new Map(ofKind).set(kind, left - 1);
  }
  return { total: room.total - faults.length, ofKind };
}

/** A schedule, and the one without its last thing: the very step that came with that one. */
export interface Step {
  readonly schedule: ReferenceSchedule;
  readonly parent: Step | undefined;
  /** The faults that the parent lacks. */
  readonly added: ReferenceSchedule;
}

/** Every schedule of a budget, the empty one first, each after its parent and with its faults in order. */
export function* walk(budget: ReferenceBudget): Generator<Step> {
  const things = optionsOf(budget);
  const inOrder = sortFaults([...new Set(things.flat(2))]);
  const rank = new Map(inOrder.map((fault, i) => [fault, i]));
  const rankOf = (fault: ReferenceFault): number => rank.get(fault) ?? 0;
  function* from(index: number, parent: Step, room: Room): Generator<Step> {
    for (let i = room.total > 0 ? index : things.length; i < things.length; i++) {
      for (const added of things[i] ?? []) {
        const left = less(room, added);
        if (left === undefined) continue;
        const schedule = [...parent.schedule, ...added].sort((a, b) => rankOf(a) - rankOf(b));
        const step = { schedule, parent, added };
        yield step;
        yield* from(i + 1, step, left);
      }
    }
  }
  const none: Step = { schedule: [], parent: undefined, added: [] };
  yield none;
  yield* from(0, none, roomOf(budget));
}

/** The same without their history. */
export function* allSchedules(budget: ReferenceBudget): Generator<ReferenceSchedule> {
  for (const { schedule } of walk(budget)) yield schedule;
}

/** "The number of admissible *sets* of faults, the empty one included, …, inputs as a factor", counted one by one; no further than `atMost`. */
export function countSchedules(
  budget: ReferenceBudget,
  inputs: readonly InputLine[] = [],
  atMost = Number.POSITIVE_INFINITY,
): number {
  const factor = allInputs(inputs).length;
  let count = 0;
  for (const _ of walk(budget)) {
    count += factor;
    if (count > atMost) break;
  }
  return count;
}
