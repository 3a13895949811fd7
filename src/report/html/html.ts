import type { Evidence } from "../../evidence/evidence.js";
import type { Schedule } from "../../faults/schedule.js";
import type { Program } from "../../program/program.js";
import type { Verdict } from "../../search/verdict.js";
import type { CheckReport } from "../check-report.js";
import { blameWords } from "../text/blamed-places.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { storyOf } from "../text/story.js";
import { formatTuple } from "../text/tuples.js";
import { lineageModel } from "./build-lineage.js";
import type { NamedRun } from "./build-model.js";
import { buildModel } from "./build-model.js";
import { lineageSvg } from "./lineage-svg.js";
import { marginHtml } from "./margin-html.js";
import { escapeHtml, scriptJson, tag } from "./markup.js";
import type { Model } from "./model.js";
import { htmlPage } from "./page.js";
import { runsHtml } from "./runs-html.js";
import { sourceHtml } from "./source-html.js";
import { storyHtml } from "./story-html.js";
import { headerHtml, summaryHtml } from "./summary-html.js";

/** The parts that the build makes: the browser's script and the style sheet. */
export interface HtmlAssets {
  readonly script: string;
  readonly style: string;
}

export interface HtmlInput {
  readonly report: CheckReport;
  readonly version: string;
}

/** Runs without one of the faults that are compared. */
const mostNeighbours = 8;

/** A check as one HTML file that needs nothing besides itself. */
export function renderHtml(input: HtmlInput, assets: HtmlAssets): string {
  const { report, version } = input;
  const { verdict, program, files, evidence } = report;
  const runs = evidence === undefined ? [] : runsOf(evidence, verdict);
  const built = evidence === undefined || runs.length === 0 ? undefined : modelOf(runs, verdict, evidence, program);
  return htmlPage({
    title: `${verdict.kind}: ${files.join(" ")}`,
    body: [headerHtml(report), tag("main", {}, [...sections(report, built), inspector(built)])],
    scripts: built === undefined ? "" : scripts(built, assets),
    style: assets.style,
    version,
  });
}

/** The run that the report is about, then those that it is compared with. */
function runsOf({ violation, failureFree }: Evidence, verdict: Verdict): readonly NamedRun[] {
  const undisturbed = "the failure-free run";
  if (failureFree !== undefined) return [{ title: undisturbed, run: failureFree }];
  if (violation === undefined) return [];
  const { failing } = violation;
  if (failing === violation.failureFree) return [{ title: undisturbed, run: failing }];
  const names = (s: Schedule): string => scheduleInWords(s, verdict.budget.nodes).join("; ");
  const others = violation.neighbours.length < 2 ? [] : violation.neighbours.slice(0, mostNeighbours);
  return [
    { title: "the failing run", run: failing },
    { title: undisturbed, run: violation.failureFree },
    ...others.map(({ without, run }) => ({ title: `the run without this: ${names([without])}`, run })),
  ];
}

interface Built {
  readonly model: Model;
  readonly runs: readonly NamedRun[];
}

function modelOf(runs: readonly NamedRun[], verdict: Verdict, evidence: Evidence, program: Program): Built {
  const failureFree = (runs[1] ?? runs[0])?.run.execution;
  if (failureFree === undefined) throw new Error("a report without a run has no model");
  const { model, numbers } = buildModel(runs, verdict.specification, failureFree);
  const lineages = evidence.outcomes.map(({ outcome, keeping, graph }) => {
    const index = Math.max(
      0,
      runs.findIndex(({ run }) => run === keeping),
    );
    return lineageModel(formatTuple(program, outcome.relation, outcome.args), graph, index, program, numbers);
  });
  return { model: { ...model, lineages }, runs };
}

function sections(report: CheckReport, built: Built | undefined): readonly string[] {
  const { verdict, program, evidence } = report;
  const margin = marginHtml(report);
  const never = new Set(verdict.warnings.flatMap((w) => (w.kind === "rule-never-fires" ? w.rules : [])));
  const violation = evidence?.violation;
  const blamed = new Map(
    (violation?.blame ?? []).map(
      ({ rule, kind, messages }) =>
        [rule, kind === "message" ? `${messages.length} of its messages cut` : blameWords[kind].note] as const,
    ),
  );
  const words =
    violation === undefined || verdict.kind !== "violated" ? "" : storyHtml(storyOf(violation, verdict, program));
  return [
    section("summary", "Verdict", summaryHtml(report)),
    ...(margin === undefined ? [] : [section("margin", "What it rests on", margin)]),
    words === "" ? "" : section("story", "What happened", `<p class="hint">“←” reads “because”.</p>${words}`),
    ...(built === undefined ? [] : [runsSection(built), tablesSection(built.model), lineageSection(built.model)]),
    section(
      "source",
      "Source",
      `${sourceHint(built)}${sourceHtml(program, built?.model.runs.slice(0, 2) ?? [], never, blamed)}`,
    ),
  ];
}

function section(id: string, title: string, content: string): string {
  return tag("section", { id, "aria-labelledby": `${id}-title` }, [
    tag("h2", { id: `${id}-title` }, escapeHtml(title)),
    content,
  ]);
}

function runsSection({ model }: Built): string {
  return section("runs", model.runs.length > 1 ? "Runs side by side" : "The run", runsHtml(model));
}

function tablesSection({ eot, runs }: Model): string {
  const slider = `<label>instant <input type="range" id="instant" min="1" max="${eot}" value="${eot}" aria-describedby="now"></label> <output id="now" for="instant">${eot}</output>`;
  const filter = '<label>find <input type="search" id="find" placeholder="relation or value"></label>';
  const only = runs.length < 2 ? "" : '<label><input type="checkbox" id="only"> only what differs</label>';
  return section(
    "tables",
    "What holds when",
    `<p class="toolbar">${slider} ${filter} ${only}</p><div id="table" aria-live="off"></div>`,
  );
}

function lineageSection(model: Model): string {
  if (model.lineages.length === 0) return section("lineage", "Lineage", '<p class="hint">No outcome to draw.</p>');
  const drawings = model.lineages.map((lineage, i) => {
    const note = lineage.complete
      ? ""
      : '<p class="hint">This lineage is larger than a drawing can carry: it was cut off.</p>';
    const kept = model.runs[lineage.keeping]?.title ?? "";
    const compared = model.runs.length > 1 ? `compared with ${kept}` : "";
    const buttons = `<button type="button" data-unfold-all="${i}">unfold all</button> <button type="button" data-fold="${i}">what matters</button>`;
    const summary = tag("summary", {}, `${tag("strong", {}, escapeHtml(lineage.title))} ${escapeHtml(compared)}`);
    const drawing = tag(
      "div",
      { class: "scroll", "data-lineage-slot": i },
      lineageSvg(lineage, new Set(lineage.shown), i),
    );
    return tag("details", { class: "lineage", open: i === 0 }, [
      summary,
      `<p class="toolbar">${buttons}</p>`,
      note,
      drawing,
    ]);
  });
  const key = model.runs.length > 1 ? legend() : "";
  return section("lineage", "Lineage", `${key}${drawings.join("")}`);
}

function legend(): string {
  const entries = [
    ["lost", "missing in the failing run"],
    ["cut", "a fault strikes here"],
    ["gained", "only in the failing run"],
    ["same", "in both"],
  ] as const;
  const keys = entries.map(([name, words]) => tag("span", { class: `key box ${name}` }, `<i></i> ${words}`));
  return tag("p", { class: "legend" }, [
    ...keys,
    tag("span", {}, "dotted edge: rests on the absence of · +n: folded, Space or click unfolds"),
  ]);
}

function sourceHint(built: Built | undefined): string {
  if (built === undefined) return "";
  const names = built.model.runs.slice(0, 2).map((run) => run.title);
  return `<p class="hint">Beside each rule: how often it fired in ${escapeHtml(names.join(" / "))}. Rules that never fired are grey.</p>`;
}

function inspector(built: Built | undefined): string {
  if (built === undefined) return "";
  const hint = "Choose a message, a tuple or a rule: it is shown here, with what it rests on and what rests on it.";
  return `<aside id="inspector" aria-live="polite" aria-label="Details"><p class="hint">${hint}</p></aside>`;
}

function scripts({ model }: Built, { script }: HtmlAssets): string {
  return `<script type="application/json" id="model">${scriptJson(model)}</script><script>${script.replaceAll("</script", "<\\/script")}</script>`;
}
