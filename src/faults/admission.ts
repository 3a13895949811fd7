import { formatName, formatNames } from "../source/names.js";
import type { Bound, Budget } from "./budget.js";
import { budget } from "./budget.js";
import { onOneMessage } from "./channel-faults.js";
import { resolvedCut } from "./cut-faults.js";
import type { Fault } from "./kinds.js";
import { brokenBound, faultKinds, kindOf, nodesOf, periodOf } from "./kinds.js";
import { clashOnNode } from "./node-faults.js";
import type { Schedule } from "./schedule.js";

/*
 * Which schedules a budget admits: each fault is within the bounds of its kind, no two exclude each other, and their numbers, by kind
 * and in all, are within the budget.
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

/** Whether the budget admits a schedule. */
export function admitsSchedule(b: Budget, schedule: Schedule): boolean {
  return (
    schedule.every((fault, i) => admits(b, fault) && clashWith(fault, schedule.slice(0, i)) === undefined) &&
    schedule.length <= b.maxFaults &&
    faultKinds.every((kind) => schedule.filter((fault) => fault.kind === kind).length <= b[kindOf(kind).bound])
  );
}

/** Sparing a node does not keep it off the sides of cuts, which are faults of the network. */
function isSpared({ spare }: Budget, fault: Fault): boolean {
  return !("a" in fault) && nodesOf(fault).some((node) => spare.includes(node));
}

/** A fault in a schedule written by a user that no budget admits, and why. */
export interface StrayFault {
  readonly fault: Fault;
  readonly problem: string;
  readonly help: string;
}

/** The numbers of faults of a budget without bounds. */
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
 * The faults of a schedule that no budget with these nodes and this EOT admits: they name something that is not a node, begin
 * after EOT, or exclude an earlier fault of the schedule. Two-way cuts are resolved among these nodes.
 */
export function strayFaults(
  faults: readonly Fault[],
  { nodes, eot }: Pick<Budget, "nodes" | "eot">,
): readonly StrayFault[] {
  const bounds = budget(nodes, eot, Infinity, { ...unbounded, lateness: Infinity });
  const help = `the nodes are ${formatNames(nodes, ", ")}; the instants are 1 … ${eot}`;
  const resolved = faults.map((fault) => resolvedFault(fault, nodes));
  return resolved.flatMap((fault, i) => {
    const unknown = nodesOf(fault)
      .filter((node) => !nodes.includes(node))
      .map((node) => `${formatName(node)} is not a node`);
    const { from } = periodOf(fault);
    const late = from > eot ? [`instant ${from} is after EOT`] : [];
    const bound = unknown.length === 0 && late.length === 0 ? (brokenBound(fault, bounds) ?? []) : [];
    const clash = clashWith(fault, resolved.slice(0, i)) ?? [];
    return [...unknown, ...late, ...[bound, clash].flat()].map((problem) => ({ fault, problem, help }));
  });
}

/** A fault with its kind among these nodes: a two-way cut with nodes on neither side is partial. */
export function resolvedFault(fault: Fault, nodes: readonly string[]): Fault {
  return "a" in fault ? resolvedCut(fault, nodes) : fault;
}

/** Why a fault and one of these exclude each other; `undefined` if none does. */
function clashWith(fault: Fault, others: readonly Fault[]): string | undefined {
  for (const other of others) {
    if ("node" in fault && "node" in other && fault.node === other.node) {
      if (fault.kind === "crash" && other.kind === "crash")
        return `${formatName(fault.node)} crashes at ${other.at} already`;
      const clash = clashOnNode(other, fault);
      if (clash !== undefined) return clash;
    }
    if ("from" in fault && "from" in other && fault.kind !== other.kind && onOneMessage(fault, other))
      return "a message can have only one of omission, delay and duplicate";
  }
  return undefined;
}
