import type { Evidence } from "../../evidence/evidence.js";
import { replayCommand } from "../../evidence/replay.js";
import type { Traced } from "../../evidence/traced-run.js";
import type { Schedule } from "../../faults/schedule.js";
import type { Program } from "../../program/program.js";
import type { Specification } from "../../program/specification.js";
import type { AdequacyWarning, Verdict } from "../../search/verdict.js";
import type { CheckReport } from "../check-report.js";
import { blameWords } from "../text/blamed-places.js";
import type { CausalStep } from "../text/causal-steps.js";
import { causalSteps } from "../text/causal-steps.js";
import { scheduleInWords } from "../text/schedule-words.js";
import { storyOf } from "../text/story.js";
import { formatTuple } from "../text/tuples.js";
import { warningSentence } from "../text/warning-words.js";
import { lineageModel } from "./build-lineage.js";
import type { NamedRun } from "./build-model.js";
import { buildModel } from "./build-model.js";
import { lineageSvg } from "./lineage-svg.js";
import { marginHtml } from "./margin-html.js";
import { escapeHtml, section, tag } from "./markup.js";
import type { Model } from "./model.js";
import { pictureHtml } from "./picture-html.js";
import { sourceHtml } from "./source-html.js";
import { storyHtml } from "./story-html.js";
import { headerHtml, summaryHtml } from "./summary-html.js";

/** A report as part of a page, and the data of its client part. */
export interface ReportBody {
  readonly html: string;
  /** Absent if there is no run to show. */
  readonly model?: Model;
}

/** The most runs without one of the faults that can be compared. */
const mostNeighbours = 8;

/** The contents of a report, for the page that `ldfi check` writes and for the playground. */
export function reportBody(report: CheckReport): ReportBody {
  const { verdict, program, evidence } = report;
  const runs = evidence === undefined ? [] : runsOf(evidence, verdict);
  if (evidence === undefined || runs.length === 0) return { html: bodyHtml(report, undefined) };
  const model = modelOf(runs, verdict, evidence, program);
  return { html: bodyHtml(report, model), model };
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

function modelOf(runs: readonly NamedRun[], verdict: Verdict, evidence: Evidence, program: Program): Model {
  const failureFree = (runs[1] ?? runs[0])?.run.execution;
  if (failureFree === undefined) throw new Error("a report without a run has no model");
  const { model, numbers } = buildModel(runs, verdict.specification, failureFree, stepsOf(evidence, verdict, program));
  const lineages = evidence.outcomes.map(({ outcome, keeping, graph }) => {
    const index = Math.max(
      0,
      runs.findIndex(({ run }) => run === keeping),
    );
    return lineageModel(formatTuple(program, outcome.relation, outcome.args), graph, index, program, numbers);
  });
  return { ...model, lineages };
}

function stepsOf({ violation }: Evidence, verdict: Verdict, program: Program): readonly CausalStep[] {
  return violation === undefined || verdict.kind !== "violated" ? [] : causalSteps(violation, verdict, program);
}

function bodyHtml(report: CheckReport, model: Model | undefined): string {
  const header = headerHtml(report);
  return [header, tag("main", {}, [...sections(report, model), model === undefined ? "" : drawer()])].join("");
}

/** A run under chosen faults that still keeps its specification. */
export interface Survival {
  readonly program: Program;
  readonly specification: Specification;
  readonly run: Traced;
  readonly failureFree: Traced;
  readonly warnings: readonly AdequacyWarning[];
}

/** The picture of a run that keeps its specification, compared with the run without faults. */
export function survivalBody({ program, specification, run, failureFree, warnings }: Survival): ReportBody {
  const { schedule, nodes } = run.execution;
  const same = run === failureFree;
  const runs: readonly NamedRun[] = same
    ? [{ title: "the failure-free run", run }]
    : [
        { title: "the run under these faults", run },
        { title: "the failure-free run", run: failureFree },
      ];
  const built = buildModel(runs, specification, failureFree.execution, []).model;
  const model: Model = { ...built, lineages: [] };
  const words = scheduleInWords(schedule, nodes);
  const said = [
    ...(words.length === 0 ? ["no fault so far"] : words),
    ...warnings.map((w) => warningSentence(w, program)),
  ];
  const header = tag("header", { class: "holds" }, [
    tag("h1", {}, [
      tag("span", { class: "verdict" }, "Survives"),
      ` ${schedule.length === 0 ? "" : "these faults: "}the specification is kept`,
    ]),
    tag(
      "ul",
      { class: "faults" },
      said.map((word) => tag("li", {}, escapeHtml(word))),
    ),
  ]);
  const parts = [
    tag("section", { id: "picture", "aria-label": "The run as a picture" }, pictureHtml(model, "")),
    tablesSection(model),
    section("source", "Source", `${sourceHint(model)}${sourceHtml(program, model.runs, new Set(), new Map())}`),
    drawer(),
  ];
  return { html: header + tag("main", {}, parts), model };
}

function sections(report: CheckReport, model: Model | undefined): readonly string[] {
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
  const source = sourceHtml(program, model?.runs.slice(0, 2) ?? [], never, blamed);
  return [
    ...(model === undefined
      ? []
      : [
          tag(
            "section",
            { id: "picture", "aria-label": "The run as a picture" },
            pictureHtml(model, replayHtml(report)),
          ),
        ]),
    ...(margin === undefined ? [] : [section("margin", "What it depends on", margin)]),
    ...(model === undefined ? [] : [lineageSection(model), tablesSection(model)]),
    section("source", "Source", `${sourceHint(model)}${source}`),
    folded("story", "The explanation in full", words === "" ? "" : `<p class="hint">“←” reads “because”.</p>${words}`),
    folded(
      "summary",
      "The check",
      `${model === undefined ? replayHtml(report) : ""}${summaryHtml(report)}`,
      model === undefined,
    ),
  ];
}

function replayHtml({ replay }: CheckReport): string {
  if (replay === undefined) return "";
  const command = tag("code", { id: "replay" }, escapeHtml(replayCommand(replay)));
  return tag("p", { class: "replay" }, `Run it again: ${command} <button type="button" id="copy">copy</button>`);
}

function folded(id: string, title: string, content: string, open = false): string {
  if (content === "") return "";
  const heading = tag("summary", {}, tag("h2", { id: `${id}-title` }, escapeHtml(title)));
  return tag("details", { id, class: "folded", open }, [heading, content]);
}

function tablesSection({ runs }: Model): string {
  const filter = '<label>find <input type="search" id="find" placeholder="relation or value"></label>';
  const only = runs.length < 2 ? "" : '<label><input type="checkbox" id="only"> only what differs</label>';
  return section(
    "tables",
    "What holds when",
    `<p class="toolbar"><span>at instant <output id="table-now"></output></span> ${filter} ${only}</p><div id="table" aria-live="off"></div>`,
  );
}

function lineageSection(model: Model): string {
  if (model.lineages.length === 0) return section("lineage", "Lineage", '<p class="hint">No outcome to draw.</p>');
  const drawings = model.lineages.map((lineage, i) => {
    const note = lineage.complete ? "" : '<p class="hint">This lineage is too large to draw, and was cut off.</p>';
    const kept = model.runs[lineage.keeping]?.title ?? "";
    const compared = model.runs.length > 1 ? `compared with ${kept}` : "";
    const buttons = `<button type="button" data-unfold-all="${i}">unfold all</button> <button type="button" data-fold="${i}">what matters</button>`;
    const summary = tag("summary", {}, `${tag("strong", {}, escapeHtml(lineage.title))} ${escapeHtml(compared)}`);
    const first = i === 0 ? lineageSvg(lineage, new Set(lineage.shown), i) : "";
    const drawing = tag("div", { class: "scroll", "data-lineage-slot": i }, first);
    return tag("details", { class: "lineage", open: i === 0 }, [
      summary,
      `<p class="toolbar">${buttons}</p>`,
      note,
      drawing,
    ]);
  });
  const key = model.runs.length > 1 ? lineageLegend() : "";
  return section("lineage", "Lineage", `${key}${drawings.join("")}`);
}

function lineageLegend(): string {
  const entries = [
    ["lost", "missing in the failing run"],
    ["cut", "cut by a fault"],
    ["gained", "only in the failing run"],
    ["same", "in both"],
  ] as const;
  const keys = entries.map(([name, words]) => tag("span", { class: `key box ${name}` }, `<i></i> ${words}`));
  return tag("p", { class: "legend" }, [
    ...keys,
    tag("span", {}, "dotted edge: depends on an absence · +n: folded, Space or click unfolds"),
  ]);
}

function sourceHint(model: Model | undefined): string {
  if (model === undefined) return "";
  const names = model.runs.slice(0, 2).map((run) => run.title);
  return `<p class="hint">Beside each rule: how often it fired in ${escapeHtml(names.join(" / "))}. Rules that never fired are grey.</p>`;
}

/** Opens when something is selected. */
function drawer(): string {
  return '<aside id="inspector" aria-live="polite" aria-label="Details" hidden></aside>';
}
