import type { Fault } from "../faults/kinds.js";
import { compareFaults, silencedBy } from "../faults/kinds.js";
import { formatFault } from "../faults/notation.js";
import type { Counterexample } from "../search/verdict.js";

/** What a list of minimal counterexamples has in common. */
export interface CutSets {
  /** How many there are for each number of faults, fewest faults first. */
  readonly sizes: readonly { readonly faults: number; readonly schedules: number }[];
  /** Faults that every one of them needs. */
  readonly inEvery: readonly Fault[];
  /** Nodes that every one of them affects: the node crashes, or a message of its own is lost. */
  readonly senders: readonly string[];
}

/** The single points of failure: what every minimal cut set has in common. */
export function cutSets(counterexamples: readonly Counterexample[]): CutSets {
  const sizes = new Map<number, number>();
  const faults = new Map<string, { fault: Fault; count: number }>();
  const senders = new Map<string, number>();
  for (const { schedule } of counterexamples) {
    sizes.set(schedule.length, (sizes.get(schedule.length) ?? 0) + 1);
    for (const fault of schedule) {
      const entry = faults.get(formatFault(fault)) ?? { fault, count: 0 };
      faults.set(formatFault(fault), { fault, count: entry.count + 1 });
    }
    for (const sender of new Set(schedule.flatMap(silencedBy))) {
      senders.set(sender, (senders.get(sender) ?? 0) + 1);
    }
  }
  const all = counterexamples.length;
  return {
    sizes: [...sizes].map(([n, schedules]) => ({ faults: n, schedules })).sort((a, b) => a.faults - b.faults),
    inEvery: [...faults.values()].flatMap((e) => (e.count === all ? [e.fault] : [])).sort(compareFaults),
    senders: [...senders].flatMap(([node, count]) => (count === all ? [node] : [])).sort(),
  };
}
