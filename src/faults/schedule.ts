import { formatNames } from "../source/names.js";
import type { Fault } from "./kinds.js";
import { compareFaults, coversFault, kindOf, partsOf } from "./kinds.js";

/** Faults in the order of `compareFaults`, none twice, no node crashing twice. */
export type Schedule = readonly Fault[];

export const noFaults: Schedule = [];

/** The schedule of these faults: in order, repetitions dropped; of two crashes of a node the earlier, which does more. */
export function schedule(faults: Iterable<Fault>): Schedule {
  const sorted = [...faults].sort(compareFaults);
  return sorted.filter((fault, i) => {
    const next = sorted[i + 1];
    if (next === undefined) return true;
    if (fault.kind === "crash") return !(next.kind === "crash" && next.node === fault.node);
    return compareFaults(fault, next) !== 0;
  });
}

/**
 * Which of two violating schedules is reported first: the one with fewer faults; then fault by fault, in the order of faults.
 */
export function compareSchedules(a: Schedule, b: Schedule): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, x] of a.entries()) {
    const y = b[i];
    const order = y === undefined ? 0 : compareFaults(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether `a` does at least as much as `b`. The minimal counterexamples are those minimal in this order. */
export function isAtLeast(a: Schedule, b: Schedule): boolean {
  return b.every((fault) => a.some((other) => coversFault(other, fault)));
}

/** What is given to `--crash` or `--omit`, and stands in a `//!` line: `b,4` or `a,b,1`. */
export function formatFaultValue(fault: Fault): string {
  const { names, instants } = partsOf(fault);
  return `${formatNames(names)},${instants.join(",")}`;
}

/** `crash(b,4)` or `omit(a,b,1)`. */
export function formatFault(fault: Fault): string {
  return `${kindOf(fault.kind).word}(${formatFaultValue(fault)})`;
}

/** The notation of a schedule, `{}` when it is empty. */
export function formatSchedule(s: Schedule): string {
  return s.length === 0 ? "{}" : s.map(formatFault).join(" ");
}
