import { notAskedForInWords } from "../../faults/budget-words.js";
import type { Parameters } from "../../search/step.js";
import type { FrontierReport, SweepReport } from "../sweep-report.js";
import { budgetOf } from "../sweep-report.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The kinds of fault that no budget admits, as a section; nothing if every kind was asked for. */
export function coverageLines(
  report: SweepReport | FrontierReport,
  asked: readonly Parameters[],
  style: Style,
): readonly string[] {
  if (asked.length === 0) return [];
  const largest = asked.reduce((a, b) => ({
    eot: Math.max(a.eot, b.eot),
    eff: Math.max(a.eff, b.eff),
    crashes: Math.max(a.crashes, b.crashes),
  }));
  const excluded = notAskedForInWords(budgetOf(report, largest));
  return excluded === undefined ? [] : section("Budget", [excluded], style);
}
