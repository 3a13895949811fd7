import { formatName, formatNames } from "../source/names.js";
import type { Bound, Budget } from "./budget.js";
import { budget } from "./budget.js";
import { onOneMessage } from "./channel-faults.js";
import { placedCut } from "./cut-faults.js";
import type { Fault } from "./kinds.js";
import { brokenBound, faultKinds, kindOf, nodesOf, periodOf } from "./kinds.js";
import { clashOnNode } from "./node-faults.js";
import type { Schedule } from "./schedule.js";

/*
 * Which schedules a budget has: each fault within the bounds of its kind, no two that exclude each other, and no more of a kind, and in
 * all, than the budget allows.
 */

/** Whether some schedule of the budget has this fault. */
export function admits(b: Budget, fault: Fault): boolean {
  return (
    b[kindOf(fault.kind).bound] > 0 &&
    b.maxFaults > 0 &&
    nodesOf(fault).every((node) => b.nodes.includes(node)) &&
    !isSpared(b, fault) &&
    !("from" in fault && fault.from === fault.to) &&
    brokenBound(fault, b) === undefined
  );
}

/** Whether a schedule is one of the budget's. */
export function admitsSchedule(b: Budget, schedule: Schedule): boolean {
  return (
    schedule.every((fault, i) => admits(b, fault) && clashWith(fault, schedule.slice(0, i)) === undefined) &&
    schedule.length <= b.maxFaults &&
    faultKinds.every((kind) => schedule.filter((fault) => fault.kind === kind).length <= b[kindOf(kind).bound])
  );
}

/** Cuts are the network's: a spared node may be on a side. */
function isSpared({ spare }: Budget, fault: Fault): boolean {
  return !("a" in fault) && nodesOf(fault).some((node) => spare.includes(node));
}

/** What is wrong with a fault of a schedule that a user wrote. */
export interface StrayFault {
  readonly fault: Fault;
  readonly problem: string;
  readonly help: string;
}

/** Every fault at most so often: what bounds a schedule that was written out. */
const unbounded: Readonly<Record<Bound, number>> = {
  crashes: Infinity,
  restarts: Infinity,
  pauses: Infinity,
  partitions: Infinity,
  partialPartitions: Infinity,
  oneWayPartitions: Infinity,
  omissions: Infinity,
  delays: Infinity,
  duplicates: Infinity,
};

/**
 * The faults of a schedule that no budget with these nodes and this EOT has: a node that is not there, an instant that does not
 * come, two faults that exclude each other. Two-way cuts count as what they are among these nodes.
 */
export function strayFaults(
  faults: readonly Fault[],
  { nodes, eot }: Pick<Budget, "nodes" | "eot">,
): readonly StrayFault[] {
  const bounds = budget(nodes, eot, Infinity, { ...unbounded, lateness: Infinity });
  const help = `the nodes are ${formatNames(nodes, ", ")}; the instants are 1 … ${eot}`;
  const placed = faults.map((fault) => placedFault(fault, nodes));
  return placed.flatMap((fault, i) => {
    const unknown = nodesOf(fault)
      .filter((node) => !nodes.includes(node))
      .map((node) => `${formatName(node)} is not a node`);
    const { from } = periodOf(fault);
    const late = from > eot ? [`instant ${from} does not come`] : [];
    const bound = unknown.length === 0 && late.length === 0 ? (brokenBound(fault, bounds) ?? []) : [];
    const clash = clashWith(fault, placed.slice(0, i)) ?? [];
    return [...unknown, ...late, ...[bound, clash].flat()].map((problem) => ({ fault, problem, help }));
  });
}

/** A fault as what it is among these nodes: a two-way cut that leaves nodes out is partial. */
export function placedFault(fault: Fault, nodes: readonly string[]): Fault {
  return "a" in fault ? placedCut(fault, nodes) : fault;
}

/** Why a fault cannot be in one schedule with some of these. */
function clashWith(fault: Fault, others: readonly Fault[]): string | undefined {
  for (const other of others) {
    if ("node" in fault && "node" in other && fault.node === other.node) {
      if (fault.kind === "crash" && other.kind === "crash")
        return `${formatName(fault.node)} is to crash at ${other.at} already, and does not come back`;
      const clash = clashOnNode(other, fault);
      if (clash !== undefined) return clash;
    }
    if ("from" in fault && "from" in other && fault.kind !== other.kind && onOneMessage(fault, other))
      return "a message is omitted, delayed or duplicated, but not two of them";
  }
  return undefined;
}
