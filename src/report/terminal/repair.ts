import { budgetInWords } from "../../faults/budget-words.js";
import type { FileDiff } from "../../repair/diff.js";
import type { Repair, RepairResult, RepairStatistics } from "../../repair/result.js";
import { count, formatTime } from "../../wording/numbers.js";
import type { RepairReport } from "../repair-report.js";
import {
  beyondInWords,
  diffLines,
  priceInWords,
  repairSentence,
  repairWords,
  titleOf,
  triedInWords,
  violatedInWords,
} from "../text/repair-words.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The first line: how it ended, in a word and a sentence. */
export function repairLine({ result }: RepairReport, { palette: { good, bad, unsure } }: Style): string {
  const paint: Readonly<Record<RepairResult["kind"], (text: string) => string>> = {
    repaired: good,
    "nothing-to-repair": good,
    improved: unsure,
    "not-repaired": bad,
    undecided: unsure,
  };
  return `${paint[result.kind](repairWords[result.kind])}  ${repairSentence(result)}`;
}

/** The whole result of a repair, for a terminal. */
export function renderRepair(report: RepairReport, style: Style): string {
  const { result } = report;
  const lines = [repairLine(report, style), ""];
  if ("statistics" in result) lines.push(...problem(result, style));
  if (result.kind === "repaired") {
    for (const [i, repaired] of result.repairs.entries()) lines.push("", ...repairLines(repaired, i + 1, style));
    lines.push("");
    if (report.written === undefined)
      lines.push(...section("Write", [`--write N applies repair N to ${filesOf(result.repairs)}`], style));
  }
  if (result.kind === "improved")
    lines.push("", ...section("Closest", [titleOf(result.best.edits)], style), ...painted(result.best.diff, style), "");
  if (result.kind === "improved" || result.kind === "not-repaired")
    lines.push(...section("Tried", triedInWords(result.statistics), style));
  if ("statistics" in result) lines.push(...section("Work", [workInWords(result.statistics)], style));
  return `${lines.join("\n").trimEnd()}\n`;
}

function problem(result: Extract<RepairResult, { readonly statistics: unknown }>, style: Style): readonly string[] {
  const { budget, counterexample } = result.original;
  const glyphs = textGlyphs(style.unicode);
  const told = scheduleInWords(counterexample.schedule, budget.nodes, glyphs);
  return [
    ...section("Violated", [violatedInWords(result), ...told], style),
    ...section("Budget", [budgetInWords(budget, glyphs)], style),
  ];
}

function repairLines(repaired: Repair, number: number, style: Style): readonly string[] {
  const { edits, diff, price, beyond, noLongerMet, elsewhere } = repaired;
  return [
    `${style.palette.heading(`${number}`)}  ${titleOf(edits)}`,
    "",
    ...painted(diff, style),
    "",
    ...section("Price", priceInWords(price).split(" · "), style),
    ...section("Beyond", beyondInWords(beyond), style),
    ...section(
      "Outdated",
      [...noLongerMet, ...elsewhere].map(({ file, line, text }) => `${file}:${line}: ${text}`),
      style,
    ),
  ];
}

function painted(diff: readonly FileDiff[], { palette }: Style): readonly string[] {
  const paint = {
    file: palette.heading,
    hunk: palette.node,
    same: (text: string) => text,
    removed: palette.lost,
    added: palette.added,
  };
  return diffLines(diff).map(({ kind, text }) => `    ${paint[kind](text)}`.trimEnd());
}

function filesOf(repairs: readonly Repair[]): string {
  return new Set(repairs.flatMap(({ files }) => files.map(({ path }) => path))).size === 1 ? "its file" : "its files";
}

function workInWords({ tried, byKnown, checks, milliseconds }: RepairStatistics): string {
  return `${count(tried, "candidate")} decided, ${byKnown === 0 ? "none" : byKnown} of them by a known counterexample · ${count(checks, "check")} · ${formatTime(milliseconds)}`;
}

/** The line shown while the search goes on. */
export function repairProgressLine({
  tried,
  accepted,
  title,
}: {
  tried: number;
  accepted: number;
  title: string;
}): string {
  return `${count(tried, "candidate")} tried, ${accepted} hold · ${title}`;
}
