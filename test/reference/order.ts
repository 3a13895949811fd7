import type { Inputs } from "./inputs.js";
import { compareInputs } from "./inputs.js";
import type { ReferenceFault, ReferenceSchedule } from "./schedules.js";
import { byCodeUnit, kinds } from "./schedules.js";

/** What one execution depends on. */
export interface Execution {
  readonly inputs: Inputs;
  readonly schedule: ReferenceSchedule;
}

/** "The order of schedules is total: by number of faults; then by inputs; then fault by fault." */
export function compareExecutions(a: Execution, b: Execution): number {
  return (
    a.schedule.length - b.schedule.length || compareInputs(a.inputs, b.inputs) || inReportOrder(a.schedule, b.schedule)
  );
}

/** The same where the inputs are alike: "by number of faults; … then fault by fault, sorted and compared". */
export function inReportOrder(a: ReferenceSchedule, b: ReferenceSchedule): number {
  if (a.length !== b.length) return a.length - b.length;
  const others = sortFaults(b);
  return firstDifference(sortFaults(a).map((fault, i) => compareFaults(fault, others[i] ?? fault)));
}

export function sortFaults(s: ReferenceSchedule): ReferenceSchedule {
  return [...s].sort(compareFaults);
}

/** By kind; "within a kind" by what the key lists. */
export function compareFaults(a: ReferenceFault, b: ReferenceFault): number {
  const others = keyOf(b);
  return firstDifference(keyOf(a).map((part, i) => compareParts(part, others[i] ?? part)));
}

type Part = number | readonly string[];

function keyOf(f: ReferenceFault): readonly Part[] {
  const kind = kinds.indexOf(f.kind);
  switch (f.kind) {
    case "crash":
      // "a crash by node, later first"
      return [kind, [f.node], -f.at];
    case "restart":
    case "pause":
      // "restart and pause by node, length, t"
      return [kind, [f.node], f.until - f.at, f.at];
    case "partition":
    case "partial-partition":
    case "one-way-partition": {
      // "a cut by the size of its smaller side (partial: of both sides together), A's names, B's names, length, t"
      const sizes = [f.a.length, f.b.length] as const;
      const size = f.kind === "partial-partition" ? sizes[0] + sizes[1] : Math.min(...sizes);
      return [kind, size, f.a, f.b, f.until - f.at, f.at];
    }
    case "omission":
      // "an omission by F, T, t"
      return [kind, [f.from], [f.to], f.at];
    case "delay":
    case "duplicate":
      // "delay and duplicate by F, T, t, u"
      return [kind, [f.from], [f.to], f.at, f.arrives];
  }
}

/** "Names by code unit, lists of names name by name." */
function compareParts(a: Part, b: Part): number {
  if (typeof a === "number" || typeof b === "number") return Number(a) - Number(b);
  return firstDifference(a.map((name, i) => byCodeUnit(name, b[i] ?? ""))) || a.length - b.length;
}

function firstDifference(differences: readonly number[]): number {
  return differences.find((difference) => difference !== 0) ?? 0;
}

/**
 * "S ≤ S′ if each fault of S has a fault of its own in S′ (which may have more) of the same kind that does at least as
 * much." Which one is which is tried.
 */
export function isAtMost(a: ReferenceSchedule, b: ReferenceSchedule): boolean {
  const [fault, ...others] = a;
  if (fault === undefined) return true;
  return b.some((other, i) => doesAtLeast(other, fault) && isAtMost(others, b.toSpliced(i, 1)));
}

function doesAtLeast(more: ReferenceFault, less: ReferenceFault): boolean {
  switch (less.kind) {
    case "crash":
      // "a crash of the node no later"
      return more.kind === "crash" && more.node === less.node && more.at <= less.at;
    case "restart":
    case "pause":
      // "an absence of the node that contains it"
      return more.kind === less.kind && more.node === less.node && contains(more, less);
    case "partition":
    case "one-way-partition":
      // "the same sides … and a containing period"
      return (
        more.kind === less.kind &&
        more.a.join() === less.a.join() &&
        more.b.join() === less.b.join() &&
        contains(more, less)
      );
    case "partial-partition":
      // "(partial: containing sides)", whichever is written first
      return (
        more.kind === less.kind &&
        ((isSubset(less.a, more.a) && isSubset(less.b, more.b)) ||
          (isSubset(less.a, more.b) && isSubset(less.b, more.a))) &&
        contains(more, less)
      );
    case "omission":
      // "the same omission"
      return more.kind === "omission" && compareFaults(more, less) === 0;
    case "delay":
    case "duplicate":
      // "the same message no earlier late"
      return (
        more.kind === less.kind &&
        more.from === less.from &&
        more.to === less.to &&
        more.at === less.at &&
        more.arrives >= less.arrives
      );
  }
}

interface Period {
  readonly at: number;
  readonly until: number;
}

function contains(outer: Period, inner: Period): boolean {
  return outer.at <= inner.at && outer.until >= inner.until;
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((name) => whole.includes(name));
}

/** The schedules that have none of the others at most themselves, in the order in which they are reported. */
export function minimalOnes<S extends ReferenceSchedule>(schedules: readonly S[]): readonly S[] {
  const minimal: S[] = [];
  // Whatever is at most S stands before S: it has fewer faults, or as many and each of them stands no later.
  for (const s of [...schedules].sort(inReportOrder)) {
    if (!minimal.some((smaller) => isAtMost(smaller, s))) minimal.push(s);
  }
  return minimal;
}
