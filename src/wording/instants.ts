import type { Marks } from "./marks.js";
import { unicodeMarks } from "./marks.js";

/** Instants `from` … `to`, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** `3`, `3–5`. */
export function periodInWords({ from, to }: Period, marks: Marks = unicodeMarks): string {
  return from === to ? String(from) : `${from}${marks.range}${to}`;
}

/** `at 3`, `during 3–5`. */
export function duringInWords(period: Period, marks: Marks): string {
  return `${period.from === period.to ? "at" : "during"} ${periodInWords(period, marks)}`;
}

/** Instants as people write them: `1, 3–5`. */
export function instantsInWords(list: readonly number[], marks: Marks = unicodeMarks): string {
  const runs: { from: number; to: number }[] = [];
  for (const instant of list) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === instant - 1) last.to = instant;
    else runs.push({ from: instant, to: instant });
  }
  return runs.map((run) => (run.to === run.from + 1 ? `${run.from}, ${run.to}` : periodInWords(run, marks))).join(", ");
}
