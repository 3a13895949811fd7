import { unicodeMarks } from "../wording/marks.js";
import type { CheckReport } from "./check-report.js";
import { markdownComparison } from "./markdown-comparison.js";
import type { Refusal } from "./refusal.js";
import { refusalSentence } from "./refusal.js";
import { plainStyle as plainDiagnostics, renderDiagnostics } from "./terminal/diagnostics.js";
import { plainStyle } from "./terminal/palette.js";
import { renderCheck } from "./terminal/verdict.js";
import { outcomesInWords } from "./text/derivation-words.js";
import type { Sentence } from "./text/sentence.js";
import { storyOf } from "./text/story.js";
import { verdictSentence } from "./text/verdict-words.js";

/** A check as Markdown: the verdict as a heading, and below it the terminal's text as preformatted text. */
export function markdownCheck(report: CheckReport): string {
  const { verdict, files, question } = report;
  const body = renderCheck({ ...report, verbose: false }, plainStyle)
    .split("\n")
    .slice(2)
    .join("\n")
    .trimEnd();
  const head = markdownHeading(files, verdict.kind, verdictSentence(verdict, question, unicodeMarks));
  return `${head}${compared(report)}${fenced(body)}${story(report)}${outcomes(report)}`;
}

/** With a baseline: the table of what changed, first of all. */
function compared({ comparison }: CheckReport): string {
  return comparison === undefined ? "" : `${markdownComparison(comparison)}\n`;
}

/** If the program or the options are wrong: the first error as a sentence, and below it all diagnostics as the terminal shows them. */
export function markdownRefusal(refusal: Refusal): string {
  const { files, diagnostics } = refusal;
  return `${markdownHeading(files, "error", refusalSentence(refusal))}${fenced(renderDiagnostics(diagnostics, plainDiagnostics))}`;
}

export function markdownHeading(files: readonly string[], outcome: string, words: string): string {
  return `## ${files.map(escaped).join(", ")}: ${outcome}\n\n${escaped(sentence(words))}\n\n`;
}

/** Preformatted text, whatever characters it contains. */
function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}\n`;
}

/** The explanation in words, if it was made: a heading and a list for each part. */
function story({ evidence, verdict, program }: CheckReport): string {
  const violation = evidence?.violation;
  if (violation === undefined || verdict.kind !== "violated") return "";
  const parts = storyOf(violation, verdict, program).map(({ heading, sentences }) => {
    const list = sentences.flatMap((s) => items(s, 0));
    return `\n### ${escaped(heading)}\n\n${list.join("\n")}\n`;
  });
  return parts.join("");
}

/** What each outcome depends on, if the margin was measured. */
function outcomes({ margin, program }: CheckReport): string {
  if (margin === undefined || margin.outcomes.length === 0) return "";
  const list = outcomesInWords(margin, program).flatMap(({ text, shared, derivations }) => [
    `- ${escaped(text)}`,
    ...[...shared, ...derivations].map((line) => `  - ${escaped(line)}`),
  ]);
  return `\n### What the outcomes depend on\n\n${list.join("\n")}\n`;
}

function items({ text, children }: Sentence, depth: number): readonly string[] {
  return [`${"  ".repeat(depth)}- ${escaped(text)}`, ...children.flatMap((child) => items(child, depth + 1))];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
