/** The faults of the table in faults.md ("The kinds"), with the fields of its last section: `until` is the notation's u. */
export type ReferenceFault =
  /** "From instant t on, no message leaves N (its own to itself excepted)." */
  | { readonly kind: "crash"; readonly node: string; readonly at: number }
  | Absence
  | Cut
  /** "The message is lost." */
  | { readonly kind: "omission"; readonly from: string; readonly to: string; readonly at: number }
  | Lateness;

/** The node is away at `at` … `until` − 1, and back at `until`. */
export interface Absence {
  readonly kind: "restart" | "pause";
  readonly node: string;
  readonly at: number;
  readonly until: number;
}

/** Messages sent at `at` … `until` between the sides, or from `a` to `b` if it is one-way, are lost. */
export interface Cut {
  readonly kind: "partition" | "partial-partition" | "one-way-partition";
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly at: number;
  readonly until: number;
}

/** A delayed message arrives at `arrives` instead of `at` + 1; a duplicated one at both. */
export interface Lateness {
  readonly kind: "delay" | "duplicate";
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly arrives: number;
}

export type ReferenceKind = ReferenceFault["kind"];

export type ReferenceSchedule = readonly ReferenceFault[];

/** "The order crash, restart, pause, partition (complete, partial, one-way), omission, delay, duplicate." */
export const kinds: readonly ReferenceKind[] = [
  "crash",
  "restart",
  "pause",
  "partition",
  "partial-partition",
  "one-way-partition",
  "omission",
  "delay",
  "duplicate",
];

export function isAbsence(fault: ReferenceFault): fault is Absence {
  return fault.kind === "restart" || fault.kind === "pause";
}

export function isCut(fault: ReferenceFault): fault is Cut {
  return fault.kind === "partition" || fault.kind === "partial-partition" || fault.kind === "one-way-partition";
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The cut of these sides. "A two-way cut is written smaller side first, of equals the one with the first name": A|B and
 * B|A are one.
 */
export function cut(
  kind: Cut["kind"],
  a: readonly string[],
  b: readonly string[],
  at: number,
  until: number = at,
): Cut {
  const [left, right] = [[...a].sort(byCodeUnit), [...b].sort(byCodeUnit)];
  const isFirst = left.length < right.length || (left.length === right.length && (left[0] ?? "") < (right[0] ?? ""));
  return kind === "one-way-partition" || isFirst
    ? { kind, a: left, b: right, at, until }
    : { kind, a: right, b: left, at, until };
}

/** As `ldfi` writes it, but for odd names, which stand here without quotes. */
export function showFault(f: ReferenceFault): string {
  switch (f.kind) {
    case "crash":
      return `crash(${f.node},${f.at})`;
    case "restart":
    case "pause":
      return `${f.kind}(${f.node},${f.at},${f.until})`;
    case "partition":
    case "partial-partition":
    case "one-way-partition":
      return `cut(${f.a.join()}${f.kind === "one-way-partition" ? ">" : "|"}${f.b.join()},${f.at},${f.until})`;
    case "omission":
      return `omit(${f.from},${f.to},${f.at})`;
    case "delay":
    case "duplicate":
      return `${f.kind}(${f.from},${f.to},${f.at},${f.arrives})`;
  }
}

export function showSchedule(s: ReferenceSchedule): string {
  return s.length === 0 ? "{}" : s.map(showFault).join(" ");
}
