import { budgetInWords, notAskedFor } from "../../faults/budget-words.js";
import { formatSchedule } from "../../faults/notation.js";
import { evaluationSentence } from "../../search/evaluation-diagnostic.js";
import type { Verdict } from "../../search/verdict.js";
import { unicodeMarks } from "../../wording/marks.js";
import { count, formatBig, formatTime } from "../../wording/numbers.js";
import type { CheckReport } from "../check-report.js";
import { comparisonInBrief, findingInWords, inOrder } from "../text/comparison-words.js";
import { memoryInWords } from "../text/memory-words.js";
import { reachInWords } from "../text/reach-words.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { formatNode, formatTuple, formatTupleAt } from "../text/tuples.js";
import { specificationInWords, strictSentence, verdictSentence } from "../text/verdict-words.js";
import { warningSentence } from "../text/warning-words.js";
import { escapeHtml, tag } from "./markup.js";

/** The head of a report: the verdict, in a word and a sentence, and its faults. */
export function headerHtml({ verdict, files, question }: CheckReport): string {
  const faults =
    verdict.kind === "violated" ? scheduleInWords(verdict.counterexample.schedule, verdict.budget.nodes) : [];
  const names: Readonly<Record<Verdict["kind"], string>> = {
    holds: "Holds",
    violated: "Violated",
    inconclusive: "Inconclusive",
  };
  const sentence = verdictSentence(verdict, question, unicodeMarks);
  return tag("header", { class: verdict.kind }, [
    tag("p", { class: "files" }, escapeHtml(files.join(" "))),
    tag("h1", {}, [tag("span", { class: "verdict" }, names[verdict.kind]), " ", escapeHtml(sentence)]),
    faults.length === 0 ? "" : list(faults, "faults"),
  ]);
}

/** The first of some tuples, and how many more there are. */
function firstOf(tuples: readonly string[]): string {
  const more = tuples.length - 12;
  return list(more > 0 ? [...tuples.slice(0, 12), `and ${more} more`] : tuples);
}

/** Parameters, schedule, witnesses, and what the verdict depends on. */
export function summaryHtml(report: CheckReport): string {
  const { verdict, program } = report;
  const { budget } = verdict;
  const bounds = `EOT ${budget.eot}, EFF ${budget.eff}, crashes ${budget.crashes}: ${budgetInWords(budget)}`;
  const entries: (readonly [string, string])[] = [];
  if (verdict.kind === "violated") {
    const faults = scheduleInWords(verdict.counterexample.schedule, budget.nodes);
    entries.push(["Faults", list(faults.length === 0 ? ["none: this happens without any fault"] : faults)]);
    const { witnesses } = verdict.counterexample;
    const missing = witnesses.filter(({ kind }) => kind === "missing");
    const present = witnesses.filter(({ kind }) => kind === "present");
    if (missing.length > 0)
      entries.push(["Missing", firstOf(missing.map((w) => formatTuple(program, w.relation, w.args)))]);
    if (present.length > 0) entries.push(["Present", firstOf(present.map((w) => formatTupleAt(program, w)))]);
  }
  entries.push(["Checked", escapeHtml(specificationInWords(verdict.specification, budget.eot, program).join("; "))]);
  const reach = verdict.kind === "violated" ? [] : (verdict.reach ?? []);
  if (reach.length > 0) entries.push(["Reach", list(reach.map((finding) => reachInWords(finding, program, true)))]);
  if (budget.restarts > 0) entries.push(["Memory", escapeHtml(memoryInWords(program, verdict.specification))]);
  entries.push(["Nodes", escapeHtml(budget.nodes.length === 0 ? "none" : budget.nodes.map(formatNode).join(", "))]);
  entries.push(["Budget", escapeHtml(bounds)]);
  const excluded = notAskedFor(budget);
  if (excluded.length > 0) entries.push(["Not asked for", escapeHtml(excluded.join(", "))]);
  entries.push(["Searched", escapeHtml(effort(verdict))]);
  if (verdict.kind === "violated" && verdict.minimal !== undefined) {
    const { counterexamples, complete } = verdict.minimal;
    const title = `${count(counterexamples.length, "smallest counterexample", "minimal counterexamples")}${complete ? "" : " so far"}`;
    entries.push([
      "All",
      `${title}${list(counterexamples.slice(0, 40).map(({ schedule, minimalFor }) => `${minimalFor === undefined ? "" : `${minimalFor}: `}${formatSchedule(schedule)}`))}`,
    ]);
  }
  if (verdict.kind === "violated" && verdict.error !== undefined)
    entries.push(["Besides", escapeHtml(evaluationSentence(program, verdict.error))]);
  const warnings = [
    ...verdict.warnings.map((warning) => warningSentence(warning, program)),
    ...report.diagnostics.filter((d) => d.severity === "warning").map((d) => d.message),
  ];
  if (warnings.length > 0) entries.push(["Warnings", list(warnings, "warnings")]);
  if (report.comparison !== undefined)
    entries.push([
      "Baseline",
      `${escapeHtml(comparisonInBrief(report.comparison))}${list(inOrder(report.comparison).map((f) => findingInWords(f)))}`,
    ]);
  if (report.strict !== undefined && report.strict.length > 0)
    entries.push(["Strict", escapeHtml(strictSentence(report.strict))]);
  return tag(
    "dl",
    { class: "summary" },
    entries.map(([name, value]) => `${tag("dt", {}, name)}${tag("dd", {}, value)}`),
  );
}

function effort({ statistics, strategy, method, cached }: Verdict): string {
  const { executions, space, possibleTuples, graphNodes, clauses, times } = statistics;
  const parts = [
    `${count(executions, "execution")} for ${formatBig(space)} ${space === 1n ? "schedule" : "schedules"}`,
    formatTime(times.total),
    ...(cached === true ? ["an answer from the cache, run again"] : []),
  ];
  if (graphNodes > 0)
    parts.push(
      `${count(possibleTuples, "possible tuple")}, ${count(graphNodes, "graph node")}, ${count(clauses, "clause")}`,
    );
  parts.push(strategy === method ? `strategy ${strategy}` : `strategy ${strategy}, decided by ${method}`);
  return parts.join(" · ");
}

function list(items: readonly string[], className?: string): string {
  return tag(
    "ul",
    { class: className },
    items.map((item) => tag("li", {}, escapeHtml(item))),
  );
}
