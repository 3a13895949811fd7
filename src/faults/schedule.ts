import type { Budget } from "./budget.js";
import type { Fault } from "./kinds.js";
import { compareFaults, coversFault } from "./kinds.js";
import type { Absence } from "./node-faults.js";
import { isAway } from "./node-faults.js";

/** A fault set in the order of `compareFaults`: no fault occurs twice and no node crashes twice. */
export type Schedule = readonly Fault[];

export const noFaults: Schedule = [];

/** The schedule of a fault set: sorted, without repetitions; of two crashes of one node the earlier, which implies the later. */
export function schedule(faults: Iterable<Fault>): Schedule {
  const sorted = [...faults].sort(compareFaults);
  return sorted.filter((fault, i) => {
    const next = sorted[i + 1];
    if (next === undefined) return true;
    if (fault.kind === "crash") return !(next.kind === "crash" && next.node === fault.node);
    return compareFaults(fault, next) !== 0;
  });
}

/** The order in which schedules are reported: by number of faults, then lexicographic in the order of faults. */
export function compareSchedules(a: Schedule, b: Schedule): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [i, x] of a.entries()) {
    const y = b[i];
    const order = y === undefined ? 0 : compareFaults(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Whether `a` does at least as much as `b`: there is an injective mapping from the faults of `b` to faults of `a` that do at least
 * as much. Minimal counterexamples are minimal in this partial order.
 */
export function isAtLeast(a: Schedule, b: Schedule): boolean {
  const [fault, ...others] = b;
  if (fault === undefined) return true;
  return a.some((other, i) => coversFault(other, fault) && isAtLeast([...a.slice(0, i), ...a.slice(i + 1)], others));
}

/** The restart or pause of a schedule during which a node is away at an instant, if any. */
export function absenceAt(schedule: Schedule, place: string | number, instant: number): Absence | undefined {
  return schedule.find(
    (fault): fault is Absence =>
      (fault.kind === "restart" || fault.kind === "pause") && fault.node === place && isAway(fault, instant),
  );
}

/** The items whose schedules are minimal among those of all items; of equivalent ones the first. */
export function minimalAmong<T>(items: readonly T[], scheduleOf: (item: T) => Schedule): readonly T[] {
  return items.filter((item, i) => {
    const own = scheduleOf(item);
    return !items.some((other, j) => {
      if (i === j || !isAtLeast(own, scheduleOf(other))) return false;
      return j < i || !isAtLeast(scheduleOf(other), own);
    });
  });
}

/** Which of the two absences, restarts and pauses, are possible. */
export interface Absences {
  readonly restarts: boolean;
  readonly pauses: boolean;
}

/** The absences of a schedule. */
export function absencesUnder(s: readonly Fault[]): Absences {
  return { restarts: s.some(({ kind }) => kind === "restart"), pauses: s.some(({ kind }) => kind === "pause") };
}

/** The absences that some schedule of a budget has. */
export function absencesWithin({ restarts, pauses }: Budget): Absences {
  return { restarts: restarts > 0, pauses: pauses > 0 };
}
