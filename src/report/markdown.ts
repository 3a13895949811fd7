import type { CheckReport } from "./check-report.js";
import { verdictSentence } from "./sentences.js";
import { plainStyle } from "./terminal/palette.js";
import { renderCheck } from "./terminal/verdict.js";
import { unicodeMarks } from "./words.js";

/** A check as Markdown: the verdict as a heading, and the terminal's text below it, where the drawing keeps its columns. */
export function markdownCheck(report: CheckReport): string {
  const { verdict, files, question } = report;
  const body = renderCheck(report, plainStyle).split("\n").slice(2).join("\n").trimEnd();
  const fence = "`".repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `## ${files.map(escaped).join(", ")}: ${verdict.kind}\n\n${escaped(sentence(verdictSentence(verdict, question, unicodeMarks)))}\n\n${fence}text\n${body}\n${fence}\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
