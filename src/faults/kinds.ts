import type { Bound, Budget } from "./budget.js";
import type { ChannelFault } from "./channel-faults.js";
import { delay, duplicate, omission } from "./channel-faults.js";
import type { CutFault } from "./cut-faults.js";
import { oneWayPartition, partialPartition, partition } from "./cut-faults.js";
import type { Fate, FaultEvent, Kind } from "./kind.js";
import type { Absence, Crash } from "./node-faults.js";
import { crash, pause, restart } from "./node-faults.js";

export type Fault = Crash | Absence | CutFault | ChannelFault;
export type FaultKind = Fault["kind"];

type Table = { readonly [K in FaultKind]: Kind<Extract<Fault, { readonly kind: K }>> };

/** The kinds of faults, in their order in a schedule. */
const table: Table = {
  crash,
  restart,
  pause,
  partition,
  "partial-partition": partialPartition,
  "one-way-partition": oneWayPartition,
  omission,
  delay,
  duplicate,
};

/** Every kind, in the order of schedules. */
export const faultKinds = Object.keys(table) as readonly FaultKind[];

/** What is the same for every fault of a kind; what depends on the fault is asked of the functions below. */
export function kindOf(kind: FaultKind): { readonly plural: string; readonly bound: Bound; readonly fate: Fate } {
  return table[kind];
}

/** The row of a fault's kind, for functions that take this very fault. */
function rowOf<F extends Fault>(fault: F): Kind<F> {
  return table[fault.kind] as unknown as Kind<F>;
}

/** By kind, then as the kind says. */
export function compareFaults(a: Fault, b: Fault): number {
  return a.kind === b.kind ? rowOf(a).compare(a, b) : faultKinds.indexOf(a.kind) - faultKinds.indexOf(b.kind);
}

/** Whether `a` does at least as much as `b`. */
export function coversFault(a: Fault, b: Fault): boolean {
  return a.kind === b.kind && rowOf(a).covers(a, b);
}

/** The nodes that a fault names. */
export function nodesOf(fault: Fault): readonly string[] {
  return rowOf(fault).nodes(fault);
}

/** The nodes from which a fault keeps messages, or makes them late. */
export function silencedBy(fault: Fault): readonly string[] {
  return rowOf(fault).silences(fault);
}

/** Whether this fault alone keeps a message that leaves `from` for `to` ≠ `from` at `sent` from arriving. */
export function takesMessage(fault: Fault, from: string, to: string, sent: number): boolean {
  return rowOf(fault).takes(fault, from, to, sent);
}

/** The instants during which a fault acts; of a crash, up to the end of time. */
export function periodOf(fault: Fault): { readonly from: number; readonly to: number } {
  return rowOf(fault).period(fault);
}

/** What a drawing shows of a fault at the instants of its period. */
export function eventsOf(fault: Fault): readonly FaultEvent[] {
  return rowOf(fault).events(fault);
}

/** Which bound of the budget a fault breaks, apart from how many there are; its names are nodes. */
export function brokenBound(fault: Fault, budget: Budget): string | undefined {
  return rowOf(fault).outside(fault, budget);
}
