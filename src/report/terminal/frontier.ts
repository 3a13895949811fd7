import { withFaults } from "../../faults/budget-words.js";
import { crash } from "../../faults/node-faults.js";
import { evaluationSentence } from "../../search/evaluation-diagnostic.js";
import type { Cell, FrontierResult } from "../../search/frontier.js";
import { effsAt, frontierConclusion, frontierError } from "../../search/frontier.js";
import { count, formatTime } from "../../wording/numbers.js";
import type { FrontierReport } from "../sweep-report.js";
import { displayWidth } from "../text/width.js";
import { columns } from "./columns.js";
import { coverageLines } from "./coverage.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The first line: the conclusion over all budgets. */
export function frontierLine({ result }: FrontierReport, style: Style): string {
  const { bad, good, unsure } = style.palette;
  const { cells } = result;
  const violated = cells.flatMap(({ finding }) => (finding.kind === "violated" ? [finding.faults] : []));
  const held = cells.filter(({ finding }) => finding.kind === "holds").length;
  const end =
    result.error !== undefined
      ? "the program fails in evaluation"
      : result.stopped === undefined
        ? undefined
        : stopInWords(result.stopped);
  const missing = end === undefined ? "" : `; ${end} before all were decided`;
  switch (frontierConclusion(result)) {
    case "violated":
      return `${bad("VIOLATED")}  within ${violated.length} of ${count(cells.length, "budget")}, ${withFaults(Math.min(...violated))} at the least${missing}`;
    case "holds":
      return `${good("HOLDS")}  within ${cells.length === 1 ? "the one budget" : `all ${cells.length} budgets`}`;
    case "inconclusive":
      return `${unsure("INCONCLUSIVE")}  holds within ${held} of ${count(cells.length, "budget")}; nothing is known about the others${missing}`;
    case "error":
      return `${unsure("INCONCLUSIVE")}  the program fails in evaluation; ${count(cells.length, "budget")} decided before`;
  }
}

/** The whole frontier, for a terminal: a table over EOT and EFF for each number of crashes. */
export function renderFrontier(report: FrontierReport, style: Style): string {
  const { result } = report;
  const lines = [frontierLine(report, style), ""];
  const { from, to } = result.ranges.crashes;
  for (let crashes = from; crashes <= to; crashes++) lines.push(...table(result, crashes, style), "");
  lines.push(...section("Legend", legend(result, style), style));
  const asked = result.cells.map(({ parameters }) => parameters);
  lines.push(...coverageLines(report, asked, style));
  const error = frontierError(result);
  if (error !== undefined && frontierConclusion(result) === "violated")
    lines.push(...section("Besides", [evaluationSentence(report.program, error)], style));
  const milliseconds = result.steps.reduce((sum, step) => sum + step.milliseconds, 0);
  lines.push(
    ...section(
      "Searched",
      [
        `${count(result.steps.length, "check")} for ${count(result.cells.length, "budget")}, ${formatTime(milliseconds)}`,
      ],
      style,
    ),
  );
  return `${lines.join("\n")}\n`;
}

function table({ cells, ranges }: FrontierResult, crashes: number, style: Style): readonly string[] {
  const here = new Map(
    cells.filter((c) => c.parameters.crashes === crashes).map((c) => [`${c.parameters.eot} ${c.parameters.eff}`, c]),
  );
  const eots = [...new Set(cells.map((c) => c.parameters.eot))];
  const effs = effsAt(eots.at(-1) ?? ranges.eot.from, ranges);
  const rows = eots.map((eot) => {
    const asked = new Set(effsAt(eot, ranges));
    return [String(eot), ...effs.map((eff) => (asked.has(eff) ? cellText(here.get(`${eot} ${eff}`), style) : ""))];
  });
  const title = style.palette.heading(crashes === 0 ? "No crash" : `Up to ${count(crashes, crash.noun, crash.plural)}`);
  return [title, ...blocks([["EOT \\ EFF", ...effs.map(String)], ...rows], style)];
}

/** A wide table is broken into several, each with the first column. */
function blocks(rows: readonly (readonly string[])[], style: Style): readonly string[] {
  const [heading = []] = rows;
  const widths = heading.map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? ""))) + 2);
  const lines: string[] = [];
  for (let start = 1; start < heading.length; ) {
    let end = start + 1;
    let width = (widths[0] ?? 0) + (widths[start] ?? 0);
    while (end < heading.length && width + (widths[end] ?? 0) <= style.width) width += widths[end++] ?? 0;
    const [first, last] = [start, end];
    const part = rows.map((row) => [row[0] ?? "", ...row.slice(first, last)]);
    const [top = "", ...rest] = columns(part, part[0]?.map(() => "right" as const) ?? []);
    lines.push(style.palette.faint(top), ...rest);
    if (end < heading.length) lines.push("");
    start = end;
  }
  return lines;
}

function cellText(cell: Cell | undefined, style: Style): string {
  if (cell === undefined) return "?";
  const { finding } = cell;
  switch (finding.kind) {
    case "holds":
      return marked(finding.vacuous ? "void" : "ok", cell);
    case "violated":
      return marked(finding.exact ? String(finding.faults) : `${style.unicode ? "≤" : "<="}${finding.faults}`, cell);
    case "unknown":
      return "?";
    default: {
      const never: never = finding;
      return never;
    }
  }
}

function marked(text: string, { checked }: Cell): string {
  return checked ? text : `(${text})`;
}

/** What the marks mean, of those that occur. */
function legend({ cells, stopped, error }: FrontierResult, style: Style): readonly string[] {
  const findings = cells.map((c) => c.finding);
  const some = (which: (f: Cell["finding"]) => boolean): boolean => findings.some(which);
  const lines: string[] = [];
  if (some((f) => f.kind === "holds" && !f.vacuous)) lines.push("ok  holds");
  if (some((f) => f.kind === "holds" && f.vacuous)) lines.push("void  nothing is promised");
  if (some((f) => f.kind === "violated")) lines.push("2  violated, with two faults and no fewer");
  if (some((f) => f.kind === "violated" && !f.exact))
    lines.push(`${style.unicode ? "≤" : "<="}2  violated with two faults, perhaps with fewer`);
  if (cells.some((c) => !c.checked)) lines.push("( )  follows from a budget that was checked");
  if (stopped !== undefined || error !== undefined || some((f) => f.kind === "unknown")) lines.push("?  not decided");
  return lines;
}

function stopInWords(reason: NonNullable<FrontierResult["stopped"]>): string {
  switch (reason) {
    case "timeout":
      return "the time limit was reached";
    case "interrupted":
      return "interrupted";
    case "memory":
      return "the memory ran out";
    case "max-runs":
      return "the limit of executions was reached";
    case "solver":
      return "the solver gave no usable answer";
    default: {
      const never: never = reason;
      return never;
    }
  }
}
