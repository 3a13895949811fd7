import type { Omission } from "./channel-faults.js";
import { omission } from "./channel-faults.js";
import type { Kind } from "./kind.js";
import type { Crash } from "./node-faults.js";
import { crash } from "./node-faults.js";

export type Fault = Crash | Omission;
export type FaultKind = Fault["kind"];

type Table = { readonly [K in FaultKind]: Kind<Extract<Fault, { readonly kind: K }>> };

/** The kinds of faults, in their order in a schedule. */
const table: Table = { crash, omission };

/** Every kind, in the order of schedules. */
export const faultKinds = Object.keys(table) as readonly FaultKind[];

/** The words of the kinds, in that order: keys of `//! run` lines, and options. */
export const faultWords: readonly string[] = faultKinds.map((kind) => table[kind].word);

/** What is the same for every fault of a kind; what depends on the fault is asked of the functions below. */
export function kindOf(kind: FaultKind): Pick<Kind<Fault>, "word" | "noun" | "parts" | "example" | "read" | "fate"> {
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

/** The nodes from which a fault keeps messages. */
export function silencedBy(fault: Fault): readonly string[] {
  return rowOf(fault).silences(fault);
}

/** Whether this fault alone keeps a message that leaves `from` for `to` ≠ `from` at `sent` from arriving. */
export function takesMessage(fault: Fault, from: string, to: string, sent: number): boolean {
  return rowOf(fault).takes(fault, from, to, sent);
}

/** The parts of a fault's notation. */
export function partsOf(fault: Fault): { readonly names: readonly string[]; readonly instants: readonly number[] } {
  return rowOf(fault).write(fault);
}
