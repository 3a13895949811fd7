import type { Bound, Budget } from "./budget.js";
import type { ChannelFault } from "./channel-faults.js";
import { delay, duplicate, omission } from "./channel-faults.js";
import type { CutFault } from "./cut-faults.js";
import { oneWayPartition, partialPartition, partition } from "./cut-faults.js";
import type { FaultEvent, FaultFields, Kind } from "./kind.js";
import type { Absence, Crash } from "./node-faults.js";
import { crash, pause, restart } from "./node-faults.js";

export type Fault = Crash | Absence | CutFault | ChannelFault;
export type FaultKind = Fault["kind"];

type Table = { readonly [K in FaultKind]: Kind<Extract<Fault, { readonly kind: K }>> };

/** The table of kinds, in their order in a schedule. */
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

/** All kinds, in the order of schedules. */
export const faultKinds = Object.keys(table) as readonly FaultKind[];

/** The properties shared by all faults of a kind. */
export type KindProperties = Pick<
  Kind<Fault>,
  "noun" | "plural" | "bound" | "relation" | "variables" | "fate" | "fits" | "most" | "reach"
>;

export function kindOf(kind: FaultKind): KindProperties {
  return table[kind];
}

/** The kind whose number a bound limits. */
export function kindBoundBy(bound: Bound): FaultKind {
  const kind = faultKinds.find((k) => table[k].bound === bound);
  if (kind === undefined) throw new RangeError(`no kind of fault has the bound ${bound}`);
  return kind;
}

/** The fields of a fault in JSON documents, its kind first. */
export function fieldsOf(fault: Fault): FaultFields {
  return { kind: fault.kind, ...rowOf(fault).fields(fault) };
}

/** The row of a fault's kind. The cast is sound because the row's functions are applied to this fault only. */
function rowOf<F extends Fault>(fault: F): Kind<F> {
  return table[fault.kind] as unknown as Kind<F>;
}

/** The order of faults in a schedule: by kind, then by the order of the kind. */
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

/** The nodes whose messages a fault loses or makes late. */
export function silencedBy(fault: Fault): readonly string[] {
  return rowOf(fault).silences(fault);
}

/** Whether a fault by itself loses a message from `from` to `to` ≠ `from` sent at `sent`. */
export function losesMessage(fault: Fault, from: string, to: string, sent: number): boolean {
  return rowOf(fault).loses(fault, from, to, sent);
}

/** The instants during which a fault acts; `to` is Infinity for a crash. */
export function periodOf(fault: Fault): { readonly from: number; readonly to: number } {
  return rowOf(fault).period(fault);
}

/** How a diagram shows a fault during its period. */
export function eventsOf(fault: Fault): readonly FaultEvent[] {
  return rowOf(fault).events(fault);
}

/** The bound of the budget, other than a number of faults, that a fault breaks. Precondition: its names are nodes. */
export function brokenBound(fault: Fault, budget: Budget): string | undefined {
  return rowOf(fault).outside(fault, budget);
}
