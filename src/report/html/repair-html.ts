import { budgetInWords } from "../../faults/budget-words.js";
import type { Pictured } from "../../repair/pictured.js";
import type { Repair } from "../../repair/result.js";
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
import { buildModel } from "./build-model.js";
import { escapeHtml, section, tag } from "./markup.js";
import type { Model } from "./model.js";
import { htmlPage } from "./page.js";
import { spaceTimeDiagram } from "./space-time-svg.js";

/** A repair as one HTML file: each diff with its price, and the failing run beside the same schedule on the repaired program. */
export function renderRepairHtml(report: RepairReport, version: string, style: string): string {
  const { result, files } = report;
  const isGood = result.kind === "repaired" || result.kind === "nothing-to-repair";
  const header = tag("header", { class: isGood ? "holds" : "violated" }, [
    tag("p", { class: "files" }, escapeHtml(files.join(" "))),
    tag("h1", {}, [
      tag("span", { class: "verdict" }, escapeHtml(capitalized(repairWords[result.kind]))),
      ` ${escapeHtml(repairSentence(result))}`,
    ]),
    "statistics" in result
      ? list("faults", [
          `the program is violated ${violatedInWords(result)}`,
          ...scheduleInWords(result.original.counterexample.schedule, result.original.budget.nodes),
        ])
      : "",
    "statistics" in result ? tag("p", {}, escapeHtml(`Budget: ${budgetInWords(result.original.budget)}`)) : "",
  ]);
  const parts =
    result.kind === "repaired"
      ? result.repairs.map((repaired, i) => repairSection(repaired, i, report))
      : result.kind === "improved"
        ? [section("closest", `Closest: ${titleOf(result.best.edits)}`, diffHtml(result.best.diff))]
        : [];
  const tried = result.kind === "improved" || result.kind === "not-repaired" ? triedInWords(result.statistics) : [];
  if (tried.length > 0) parts.push(section("tried", "Why the candidates failed", list("tried", tried)));
  return htmlPage({
    title: `${repairWords[result.kind].toLowerCase()}: ${files.join(" ")}`,
    body: [header, tag("main", {}, parts)],
    style,
    version,
  });
}

function repairSection(repaired: Repair, index: number, { pictures }: RepairReport): string {
  const { edits, diff, price, beyond, noLongerMet, elsewhere } = repaired;
  const lines = [...noLongerMet, ...elsewhere];
  const after = pictures?.repaired[index];
  const before = pictures?.failing;
  return section(`repair-${index + 1}`, `${index + 1}. ${titleOf(edits)}`, [
    diffHtml(diff),
    tag("h3", {}, "Price"),
    list("price", priceInWords(price).split(" · ")),
    tag("h3", {}, "Beyond the budget"),
    list("beyond", beyondInWords(beyond)),
    ...(lines.length === 0
      ? []
      : [
          tag("h3", {}, "Outdated expectations"),
          list(
            "unmet",
            lines.map(({ file, line, text }) => `${file}:${line}: ${text}`),
          ),
        ]),
    before === undefined || after === undefined
      ? ""
      : tag("div", { class: "beside" }, [
          figure("the failing run", before),
          figure("the same faults on the repaired program", after),
        ]),
  ]);
}

function figure(title: string, { setting, run, failureFree }: Pictured): string {
  const { model } = buildModel([{ title, run }], setting.specification, failureFree.execution, []);
  const whole: Model = { ...model, lineages: [] };
  const [main] = whole.runs;
  if (main === undefined) return "";
  const { heads, axis, body } = spaceTimeDiagram(whole, 0, main, { relevant: new Set(), differing: new Set() });
  return tag("figure", { class: "run" }, [
    tag("figcaption", {}, tag("strong", {}, escapeHtml(title))),
    tag("div", { class: "diagram" }, [heads, tag("div", { class: "plane" }, [axis, body])]),
  ]);
}

function diffHtml(diff: Repair["diff"]): string {
  const lines = diffLines(diff).map(({ kind, text }) => tag("span", { class: kind }, `${escapeHtml(text)}\n`));
  return tag("pre", { class: "diff" }, lines);
}

function list(name: string, lines: readonly string[]): string {
  return tag(
    "ul",
    { class: name },
    lines.map((line) => tag("li", {}, escapeHtml(line))),
  );
}

function capitalized(words: string): string {
  return words.charAt(0) + words.slice(1).toLowerCase();
}
