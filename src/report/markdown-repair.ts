import { budgetInWords } from "../faults/budget-words.js";
import { count } from "../wording/numbers.js";
import { markdownHeading } from "./markdown.js";
import type { RepairReport } from "./repair-report.js";
import {
  beyondInWords,
  diffText,
  priceInWords,
  repairSentence,
  repairWords,
  titleOf,
  triedInWords,
  violatedInWords,
} from "./text/repair-words.js";
import { scheduleInWords } from "./text/schedule-words.js";

/** A repair as Markdown: how it ended as a heading, the counterexample, and each repair with its diff. */
export function markdownRepair(report: RepairReport): string {
  const { result, files } = report;
  const parts = [markdownHeading(files, repairWords[result.kind].toLowerCase(), repairSentence(result))];
  if ("statistics" in result) {
    const { counterexample, budget } = result.original;
    parts.push(`The program is violated ${violatedInWords(result)}:\n\n`);
    parts.push(list([...scheduleInWords(counterexample.schedule, budget.nodes), `Budget: ${budgetInWords(budget)}`]));
  }
  if (result.kind === "repaired") {
    for (const [i, { edits, diff, price, beyond, noLongerMet, elsewhere }] of result.repairs.entries()) {
      parts.push(`\n### ${i + 1}. ${escaped(titleOf(edits))}\n\n\`\`\`diff\n${diffText(diff)}\`\`\`\n\n`);
      parts.push(
        list([
          `Price: ${priceInWords(price)}`,
          ...beyondInWords(beyond).map((line) => `Beyond the budget it ${line}`),
          ...[...noLongerMet, ...elsewhere].map(({ file, line, text }) => `Outdated: ${file}:${line}: ${text}`),
        ]),
      );
    }
  }
  if (result.kind === "improved")
    parts.push(
      `\n### Closest: ${escaped(titleOf(result.best.edits))}\n\n\`\`\`diff\n${diffText(result.best.diff)}\`\`\`\n`,
    );
  if (result.kind === "improved" || result.kind === "not-repaired") {
    const tried = triedInWords(result.statistics);
    if (tried.length > 0) parts.push(`\nOf ${count(result.statistics.tried, "candidate")}:\n\n${list(tried)}`);
  }
  return parts.join("");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escaped(line)}\n`).join("");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
