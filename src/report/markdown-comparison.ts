import type { Comparison, Finding } from "../baseline/finding.js";
import { visible } from "../source/strings.js";
import {
  changeInWords,
  comparisonInBrief,
  expectationInWords,
  inOrder,
  weightInWords,
} from "./text/comparison-words.js";

/** A comparison as a heading and a table: old → new for each difference. */
export function markdownComparison(comparison: Comparison): string {
  const found = inOrder(comparison);
  const brief = comparisonInBrief(comparison);
  const head = `### ${brief.charAt(0).toUpperCase()}${cell(brief.slice(1))}\n`;
  if (found.length === 0) return `${head}\nNothing changed.\n`;
  const placed = found.some(({ expectation }) => expectation !== undefined);
  const columns = ["", ...(placed ? ["expectation"] : []), "what", "old → new"];
  const rows = found.map((finding) => row(finding, placed));
  return `${head}\n${line(columns)}${line(columns.map(() => "---"))}${rows.map(line).join("")}`;
}

/** The same for the summary of a job, under a heading that names what was run. */
export function markdownSummary(title: string, comparison: Comparison): string {
  return `## ${cell(visible(title))}\n\n${markdownComparison(comparison)}\n`;
}

function row(finding: Finding, placed: boolean): readonly string[] {
  const weight = weightInWords(finding);
  return [
    finding.weight === "regression" ? `**${weight}**` : weight,
    ...(placed ? [cell(expectationInWords(finding))] : []),
    cell(finding.of),
    cell(visible(changeInWords(finding))),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
