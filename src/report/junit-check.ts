import { regressionsOf } from "../baseline/finding.js";
import { unusualBounds } from "../faults/bounds.js";
import type { Margin } from "../search/margin.js";
import type { PathName } from "../source/path-name.js";
import { asGiven } from "../source/path-name.js";
import { unicodeMarks } from "../wording/marks.js";
import type { CheckReport } from "./check-report.js";
import { isGreen } from "./check-report.js";
import type { JUnitCase } from "./junit.js";
import { renderJUnit } from "./junit.js";
import { junitDiagnostic } from "./junit-diagnostic.js";
import type { Refusal } from "./refusal.js";
import { plainStyle } from "./terminal/palette.js";
import { renderCheck } from "./terminal/verdict.js";
import { comparisonInBrief, findingInWords } from "./text/comparison-words.js";
import { outcomeLines } from "./text/derivation-words.js";
import { distanceInWords } from "./text/margin-words.js";
import { strictSentence, verdictSentence } from "./text/verdict-words.js";

/** A check as a JUnit file of one case: a violation, or what `--strict` counts, is a failure, an undecided question an error. */
export function junitCheck(report: CheckReport): string {
  const { verdict, files, margin } = report;
  const { eot, eff, crashes } = verdict.budget;
  const message = failureIn(report);
  const details = renderCheck(report, plainStyle);
  const result: JUnitCase["result"] = isGreen(report)
    ? { kind: "passed", ...outputOf(report, margin) }
    : { kind: verdict.kind === "inconclusive" ? "error" : "failed", message, details };
  const others = unusualBounds(verdict.budget).map(([key, value]) => ` ${key}=${value}`);
  const name = `check eot=${eot} eff=${eff} crashes=${crashes}${others.join("")}`;
  return renderJUnit([{ suite: files.join(" "), name, milliseconds: verdict.statistics.times.total, result }]);
}

/** The message of a failure: its reason. */
function failureIn({ verdict, question, strict = [], comparison }: CheckReport): string {
  if (comparison !== undefined && verdict.kind !== "inconclusive")
    return [comparisonInBrief(comparison), ...regressionsOf(comparison).map((finding) => findingInWords(finding))].join(
      "; ",
    );
  return strict.length > 0 ? strictSentence(strict) : verdictSentence(verdict, question, unicodeMarks);
}

/** The output of a success: what it depends on, or that it is one although a violation was found. */
function outputOf(report: CheckReport, margin: Margin | undefined): { readonly output?: string } {
  const { verdict, comparison } = report;
  if (verdict.kind !== "holds" || comparison !== undefined) return { output: renderCheck(report, plainStyle) };
  return margin === undefined ? {} : { output: marginText(report, margin) };
}

/** A program or options that are wrong, as a JUnit file with a case for each error. */
export function junitRefusal({ files, diagnostics }: Refusal, pathName: PathName = asGiven): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return renderJUnit(errors.map((wrong) => junitDiagnostic(wrong, files.join(" "), pathName)));
}

function marginText({ program, verdict }: CheckReport, margin: Margin): string {
  const lines = [...distanceInWords(margin, verdict.budget.nodes), ...outcomeLines(margin, program)];
  return `${lines.join("\n")}\n`;
}
