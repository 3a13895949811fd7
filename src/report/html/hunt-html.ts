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
import { escapeHtml, tag } from "./markup.js";
import { htmlPage } from "./page.js";

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222;background:#fff}
h1 .verdict{padding:.1em .4em;border-radius:.2em;color:#fff;background:#777}.violated .verdict,.unfit .verdict{background:#b3261e}
.covered .verdict{background:#1b6e3c}.inconclusive .verdict,.sometimes .verdict{background:#8a6100}
main{overflow-wrap:anywhere}section{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top;font-family:ui-monospace,monospace;font-size:13px}
tr.differs td{font-weight:600}tr.disturbed td{color:#b3261e;font-weight:700}pre{white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}tr.disturbed td{color:#ff8a80}}`;

/** A hunt as a page of its own. */
export function htmlHunt(report: HuntReport, version = ""): string {
  const { result, file, name } = report;
  const { verdict, facts } = result;
  const header = tag("header", { class: verdict.kind }, [
    tag("p", { class: "files" }, escapeHtml(`${name} (${file})`)),
    tag("h1", {}, [
      tag("span", { class: "verdict" }, huntHeadline(verdict)),
      " ",
      escapeHtml(huntSentence(verdict, facts)),
    ]),
  ]);
  const sections = [
    ...(verdict.kind === "violated" ? verdict.findings.map((finding) => findingSection(finding, file)) : []),
    ...(facts.sometimes.length === 0
      ? []
      : [
          listSection(
            "Fails sometimes",
            facts.sometimes.map(
              ({ faults, failed, runs, failing }) =>
                `${formatHuntFaults(faults)}: ${failed} of ${runs}: ${failing.outcome}`,
            ),
          ),
        ]),
    ...(verdict.kind === "covered"
      ? [listSection("If", assumptionsOf(facts)), listSection("What covers each call", coversInWords(facts))]
      : []),
    listSection("What to mind", reservationsOf(report)),
    listSection("Calls", [...facts.calls.keys()]),
    listSection("Runs", [runsInWords(report)]),
  ];
  const body = [
    header,
    tag(
      "main",
      {},
      sections.filter((section) => section !== ""),
    ),
  ];
  return htmlPage({ title: `${huntHeadline(verdict)}: ${name}`, body, style, version });
}

function findingSection({ faults, failing, nearest, alike }: HuntFinding, file: string): string {
  const rows = callRows(failing, nearest.observation).map(({ depth, name, failing: here, good, disturbed, differs }) =>
    tag("tr", { class: disturbed ? "disturbed" : differs ? "differs" : "same" }, [
      tag("td", { style: `padding-left:${depth * 1.5}rem` }, escapeHtml(name)),
      tag("td", {}, escapeHtml(disturbed ? `✗ ${here}` : here)),
      tag("td", {}, escapeHtml(good)),
    ]),
  );
  const usual = nearest.faults.length === 0 ? "without faults" : `with ${formatHuntFaults(nearest.faults)}`;
  const head = ["call", "failing run", usual].map((text) => tag("th", {}, escapeHtml(text)));
  return tag("section", {}, [
    tag("h2", {}, escapeHtml(faults.map(huntFaultInWords).join("; "))),
    tag("p", {}, escapeHtml(failing.outcome)),
    tag("table", {}, [tag("thead", {}, [tag("tr", {}, head)]), tag("tbody", {}, rows)]),
    listOf(bodiesInWords(failing)),
    ...(alike.length === 0 ? [] : [tag("p", {}, escapeHtml(`Alike: ${alike.map(formatHuntFaults).join("; ")}`))]),
    tag("pre", {}, escapeHtml(huntReplay(file, faults))),
  ]);
}

function listSection(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return tag("section", {}, [tag("h2", {}, escapeHtml(title)), listOf(lines)]);
}

function listOf(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return tag(
    "ul",
    {},
    lines.map((line) => tag("li", {}, escapeHtml(line))),
  );
}
