import { formatSchedule } from "../../src/faults/notation.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import type { Setting } from "../../src/search/search.js";
import type { Verdict } from "../../src/search/verdict.js";
import { programOf } from "../program/programs.js";

/** The setting of a text and options that must be in order. */
export function settingOf(text: string, options: CheckOptions): Setting {
  const { setting, diagnostics } = prepare(programOf(text), options);
  if (setting === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return setting;
}

/** The verdict on a text whose evaluation meets no error. */
export function verdictOn(text: string, options: CheckOptions): Verdict {
  const result = check(settingOf(text, options), options);
  if (result.kind === "error") throw new Error(result.error.kind);
  return result.verdict;
}

/** In a few words: `holds`, `violated omit(a,b,1)`, `division-by-zero {}`, or why there is no verdict. */
export function decided(text: string, options: CheckOptions): string {
  const result = check(settingOf(text, options), options);
  if (result.kind === "error") return `${result.error.kind} ${formatSchedule(result.error.schedule)}`;
  const { verdict } = result;
  switch (verdict.kind) {
    case "holds":
      return "holds";
    case "violated":
      return `violated ${formatSchedule(verdict.counterexample.schedule)}`;
    case "inconclusive":
      return `inconclusive: ${verdict.reason}`;
  }
}

/** The minimal counterexamples of a verdict for which all were asked. */
export function minimalOf(verdict: Verdict): readonly string[] {
  if (verdict.kind !== "violated") return [];
  return (verdict.minimal?.counterexamples ?? []).map((c) => formatSchedule(c.schedule));
}
