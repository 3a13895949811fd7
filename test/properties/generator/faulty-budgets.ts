import type { ReferenceKind } from "../../reference/schedules.js";
import { byCodeUnit, kinds } from "../../reference/schedules.js";
import type { Bound, ReferenceBudget } from "../../reference/space.js";
import { countSchedules } from "../../reference/space.js";
import type { Random } from "../random.js";

/** What a budget is drawn for. */
export interface Scene {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** The number of choices of inputs: each schedule is run so many times. */
  readonly inputs: number;
}

/** Every kind, and every pair of kinds. */
export const combinations: readonly (readonly ReferenceKind[])[] = kinds.flatMap((kind, i) => [
  [kind],
  ...kinds.slice(i + 1).map((other) => [kind, other]),
]);

const leastEff: Partial<Record<ReferenceKind, number>> = { restart: 4, pause: 4, delay: 3, duplicate: 3 };

/** So many executions are run for one program, and no more. */
const most = 1500;

/**
 * A budget of one kind of fault or two, drawn with its bounds, and then narrowed until every execution can be run: first
 * at most so many faults in all, then fewer instants.
 */
export function drawBudget(random: Random, scene: Scene): ReferenceBudget {
  const { nodes, eot } = scene;
  const chosen = random.pick(combinations.filter((some) => !some.includes("partial-partition") || nodes.length > 2));
  // The kinds that need some instants before EFF.
  const least = Math.max(...chosen.map((kind) => leastEff[kind] ?? 2));
  const eff = random.chance(0.1) ? eot + random.integer(1, 2) : random.integer(Math.min(least, eot), eot);
  const count = (kind: ReferenceKind): number =>
    chosen.includes(kind)
      ? random.weighted([
          [3, 1],
          [2, 2],
        ])
      : 0;
  const bound = (kind: ReferenceKind): Bound =>
    chosen.includes(kind)
      ? random.weighted<Bound>([
          [3, "any"],
          [2, 1],
          [2, 2],
        ])
      : 0;
  const budget: ReferenceBudget = {
    nodes: [...nodes].sort(byCodeUnit),
    eot,
    eff,
    crashes: Math.min(count("crash"), nodes.length),
    omissions: bound("omission"),
    delays: bound("delay"),
    duplicates: bound("duplicate"),
    partitions: count("partition"),
    partialPartitions: count("partial-partition"),
    oneWayPartitions: count("one-way-partition"),
    restarts: count("restart"),
    pauses: count("pause"),
    lateness: random.weighted([
      [3, 1],
      [3, 2],
      [2, 3],
      [1, eot],
    ]),
    ...(random.chance(0.15) ? { maxFaults: random.integer(1, 3) } : {}),
    ...(random.chance(0.1) ? { spare: [random.pick(nodes)] } : {}),
  };
  return narrowed(budget, Math.floor(most / scene.inputs));
}

function narrowed(budget: ReferenceBudget, limit: number): ReferenceBudget {
  const candidates = [
    budget,
    ...[3, 2, 1].map((maxFaults) => ({ ...budget, maxFaults: Math.min(maxFaults, budget.maxFaults ?? maxFaults) })),
  ];
  const listable = candidates.find((b) => countSchedules(b, [], limit) <= limit);
  if (listable !== undefined) return listable;
  return narrowed({ ...budget, eff: Math.min(budget.eff, budget.eot) - 1 }, limit);
}
