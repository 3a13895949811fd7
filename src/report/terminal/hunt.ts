import type { Observation } from "../../hunting/call.js";
import { formatHuntFaults } from "../../hunting/fault.js";
import type { HuntFinding } from "../../hunting/result.js";
import type { HuntReport } from "../hunt-report.js";
import { callRows } from "../text/call-tree.js";
import {
  assumptionsOf,
  bodiesInWords,
  coversInWords,
  huntFaultInWords,
  huntHeadline,
  huntReplay,
  huntSentence,
  reservationsOf,
  runsInWords,
} from "../text/hunt-words.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The result of a hunt for a terminal. */
export function renderHunt(report: HuntReport, style: Style): string {
  const { result, file } = report;
  const { verdict, facts } = result;
  const parts: string[] = [huntLine(report, style)];
  if (verdict.kind === "violated")
    verdict.findings.forEach((finding, i) => {
      parts.push(renderFinding(finding, verdict.findings.length > 1 ? i + 1 : undefined, file, style));
    });
  if (verdict.kind === "unfit") {
    const { observation } = verdict;
    parts.push(part("Calls", treeOf(observation), style), part("Bodies", bodiesInWords(observation), style));
  }
  if (facts.sometimes.length > 0)
    parts.push(
      part(
        "Sometimes",
        facts.sometimes.map(
          ({ faults, failed, runs, failing }) =>
            `${formatHuntFaults(faults)}: ${failed} of ${runs} runs fail: ${failing.outcome}`,
        ),
        style,
      ),
    );
  if (verdict.kind === "covered") {
    parts.push(part("If", assumptionsOf(facts), style));
    parts.push(part("Covers", coversInWords(facts), style));
  }
  parts.push(part("Mind", reservationsOf(report), style));
  if (facts.runs > 0) parts.push(part("Runs", [runsInWords(report)], style));
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The verdict in one line. */
export function huntLine({ result: { verdict, facts } }: HuntReport, { palette }: Style): string {
  const paint =
    verdict.kind === "covered"
      ? verdict.plain
        ? palette.good
        : palette.unsure
      : verdict.kind === "violated" || verdict.kind === "unfit"
        ? palette.bad
        : palette.unsure;
  return `${paint(huntHeadline(verdict))}  ${huntSentence(verdict, facts)}`;
}

function renderFinding(finding: HuntFinding, number: number | undefined, file: string, style: Style): string {
  const { faults, failing, nearest, alike, smallest, confirmed } = finding;
  const { palette } = style;
  const lines: string[] = [];
  if (number !== undefined) lines.push(palette.heading(`Finding ${number}`));
  lines.push(part("Faults", faults.map(huntFaultInWords), style));
  lines.push(part("Outcome", [`${failing.outcome} (${confirmed} of ${confirmed} runs)`], style));
  const usual = nearest.faults.length === 0 ? "without faults" : `with ${formatHuntFaults(nearest.faults)}`;
  lines.push(part("Calls", treeLines(finding, usual, style), style));
  lines.push(part("Bodies", bodiesInWords(failing), style));
  if (!smallest) lines.push(part("Note", ["not every set without one of these faults was run"], style));
  if (alike.length > 0) lines.push(part("Alike", alike.map(formatHuntFaults), style));
  lines.push(part("Replay", [huntReplay(file, faults)], style));
  return lines.filter((line) => line !== "").join("\n");
}

function treeLines({ failing, nearest }: HuntFinding, usual: string, { palette, unicode }: Style): readonly string[] {
  const rows = callRows(failing, nearest.observation);
  const mark = unicode ? "✗" : "x";
  const table = rows.map(({ depth, name, failing: here, good, disturbed, differs }) => ({
    name: `${"  ".repeat(depth)}${name}`,
    here: disturbed ? `${mark} ${here}` : here,
    good,
    disturbed,
    differs,
  }));
  const names = Math.max(...table.map((row) => row.name.length), 4);
  const heres = Math.max(...table.map((row) => row.here.length), "this run".length);
  return [
    palette.faint(`${"".padEnd(names)}  ${"this run".padEnd(heres)}  ${usual}`),
    ...table.map((row) => {
      const text = row.here.padEnd(heres);
      const painted = row.disturbed ? palette.lost(text) : row.differs ? palette.heading(text) : text;
      return `${row.name.padEnd(names)}  ${painted}  ${row.good}`.trimEnd();
    }),
  ];
}

/** The calls of one run. */
function treeOf(run: Observation): readonly string[] {
  const rows = callRows(run, run).map(({ depth, name, failing }) => ({
    name: `${"  ".repeat(depth)}${name}`,
    failing,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, failing }) => `${name.padEnd(width)}  ${failing}`);
}

function part(title: string, lines: readonly string[], style: Style): string {
  return section(
    title,
    lines.flatMap((line) => line.split("\n")),
    style,
  ).join("\n");
}
