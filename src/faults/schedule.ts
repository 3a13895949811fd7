import { formatNames } from "../source/names.js";

/** Every message that leaves `from` for `to` at instant `at` is lost. */
export interface Omission {
  readonly kind: "omission";
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

/** From instant `at` on, no message leaves `node`, its own to itself excepted. */
export interface Crash {
  readonly kind: "crash";
  readonly node: string;
  readonly at: number;
}

export type Fault = Crash | Omission;

/** Faults in the canonical order, none twice, no node crashing twice. */
export type Schedule = readonly Fault[];

export const noFaults: Schedule = [];

/** By code unit, so that no locale has a say. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The canonical order: crashes before omissions; crashes by node, then time; omissions by sender, receiver, time.
 */
export function compareFaults(a: Fault, b: Fault): number {
  if (a.kind === "crash") {
    return b.kind === "crash" ? compareNames(a.node, b.node) || a.at - b.at : -1;
  }
  if (b.kind === "crash") return 1;
  return compareNames(a.from, b.from) || compareNames(a.to, b.to) || a.at - b.at;
}

/** The schedule of these faults: in canonical order, repetitions dropped; of two crashes of a node the earlier. */
export function schedule(faults: Iterable<Fault>): Schedule {
  const sorted = [...faults].sort(compareFaults);
  return sorted.filter((fault, i) => {
    const previous = sorted[i - 1];
    if (previous === undefined) return true;
    if (fault.kind === "crash") return !(previous.kind === "crash" && previous.node === fault.node);
    return compareFaults(previous, fault) !== 0;
  });
}

/** What is given to `--crash` or `--omit`, and stands in a `//!` line: `b,4` or `a,b,1`. */
export function formatFaultValue(fault: Fault): string {
  return `${formatNames(fault.kind === "crash" ? [fault.node] : [fault.from, fault.to])},${fault.at}`;
}

/** `crash(b,4)` or `omit(a,b,1)`. */
export function formatFault(fault: Fault): string {
  return `${fault.kind === "crash" ? "crash" : "omit"}(${formatFaultValue(fault)})`;
}

/** The notation of a schedule, `{}` when it is empty. */
export function formatSchedule(s: Schedule): string {
  return s.length === 0 ? "{}" : s.map(formatFault).join(" ");
}
