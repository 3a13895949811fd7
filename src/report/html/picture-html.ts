import { isLate } from "../../evidence/space-time.js";
import { fateWords } from "../text/fate-words.js";
import { differing, endOf } from "./arrows.js";
import { arrowsBehind } from "./closure.js";
import type { Marks } from "./diagram-labels.js";
import { colourOf } from "./diagram-labels.js";
import { escapeHtml, tag } from "./markup.js";
import type { Model, RunModel, StepModel } from "./model.js";
import type { Diagram } from "./space-time-svg.js";
import { isCrowded, spaceTimeDiagram } from "./space-time-svg.js";

/** The widest diagram, in pixels, beside which there is room for the steps. */
const widestBesideSteps = 910;
/** The room for a diagram on paper, in CSS pixels. */
const paper = { width: 690, height: 560 };

/** The picture of a report: the diagram of its run, with the steps to the violation beside it, and the run that it is compared with below. */
export function pictureHtml(model: Model, beside: string): string {
  const [main, ...others] = model.runs;
  if (main === undefined) return "";
  const relevant = relevantArrows(model);
  const diagram = (run: RunModel, index: number): Diagram => {
    const other = index === 0 ? others[0] : main;
    const marks: Marks = { relevant, differing: other === undefined ? new Set() : differing(run, other) };
    return spaceTimeDiagram(model, index, run, marks);
  };
  const first = diagram(main, 0);
  const told = `${stepsHtml(model.steps)}${beside}`;
  const isWide = first.width > widestBesideSteps || told === "";
  const stage = tag("div", { class: "stage" }, [
    stepper(model),
    figure(
      main,
      0,
      first,
      tag("div", {
        class: "states",
        "aria-live": "polite",
        "aria-label": "The tuples of each node at the chosen instant",
      }),
    ),
    legend(model, main),
  ]);
  const picture = tag("div", { class: isWide ? "picture wide" : "picture" }, [
    stage,
    told === "" ? "" : tag("div", { class: "told" }, told),
  ]);
  if (others.length === 0) return picture;
  const figures = others.map((run, i) => figure(run, i + 1, diagram(run, i + 1), "", i > 0));
  return `${picture}${tag("details", { id: "comparison" }, [
    tag(
      "summary",
      {},
      `Compared with <span id="compared">${escapeHtml(others[0]?.title ?? "")}</span>: show its diagram`,
    ),
    ...figures,
  ])}`;
}

function figure(
  run: RunModel,
  index: number,
  { heads, axis, body, width }: Diagram,
  states: string,
  hidden = false,
): string {
  const faults = run.faults.length === 0 ? "no faults" : run.faults.join("; ");
  const height = Number(/height="(\d+)"/.exec(body)?.[1] ?? 0);
  const fit = Math.max(25, Math.min(100, Math.floor(Math.min(paper.width / width, paper.height / height) * 20) * 5));
  return tag("figure", { class: "run", "data-run": index, hidden }, [
    tag("figcaption", {}, [
      tag("strong", {}, escapeHtml(run.title)),
      index === 0 ? "" : tag("span", { class: "faults" }, escapeHtml(faults)),
      isCrowded(run) ? crowded(run.arrows.length) : "",
    ]),
    tag("div", { class: `diagram fit-${fit}` }, [heads, tag("div", { class: "plane" }, [axis, body]), states]),
  ]);
}

function crowded(arrows: number): string {
  return tag(
    "span",
    { class: "hint" },
    `There are messages along ${arrows} arrows. Only those that an outcome depends on and lost ones are drawn.`,
  );
}

/** The steps to the violation, numbered as in the picture. */
function stepsHtml(steps: readonly StepModel[]): string {
  if (steps.length === 0) return "";
  const items = steps.map(({ text, fault, rule }, i) => {
    const classes = [...(fault === 1 ? ["fault"] : []), ...(i === steps.length - 1 ? ["outcome"] : [])];
    const source =
      rule === undefined
        ? ""
        : `${tag("button", { type: "button", class: "to-rule", "data-rule": rule, title: "show the rule" }, "rule")}`;
    const step = tag("button", { type: "button", class: "step", "data-step": i + 1 }, escapeHtml(text));
    return tag("li", { class: classes.join(" ") || undefined, "data-step": i + 1 }, [
      tag("span", { class: "number", "aria-hidden": "true" }, String(i + 1)),
      step,
      source,
    ]);
  });
  return tag("section", { id: "steps", "aria-labelledby": "steps-title" }, [
    tag("h2", { id: "steps-title" }, "How it happened"),
    tag("ol", { class: "steps" }, items),
  ]);
}

/** Arrows whose messages, in some run that delivers them, an outcome of that run depends on. */
function relevantArrows(model: Model): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const run of model.runs) {
    const outcomes = run.outcomes.map((tuple) => ({ tuple, instant: model.eot }));
    for (const key of arrowsBehind(run, outcomes)) keys.add(key);
  }
  return keys;
}

function stepper({ eot, runs }: Model): string {
  const options = runs.slice(1).map((run, i) => tag("option", { value: i + 1 }, escapeHtml(run.title)));
  const compare =
    options.length < 2 ? "" : tag("label", {}, `compare with ${tag("select", { id: "compare" }, options)}`);
  const filter = tag("label", {}, [
    "show ",
    tag("select", { id: "filter" }, [
      tag("option", { value: "all" }, "all messages"),
      tag("option", { value: "relevant" }, "what an outcome depends on"),
      ...(runs.length > 1 ? [tag("option", { value: "differs" }, "what differs")] : []),
    ]),
  ]);
  const slider = [
    '<button type="button" id="earlier" title="earlier: ←" aria-label="one instant earlier">◀</button>',
    `<label>instant <input type="range" id="instant" min="1" max="${eot}" value="${eot}"></label>`,
    '<button type="button" id="later" title="later: →" aria-label="one instant later">▶</button>',
    `<output id="now" for="instant">${eot}</output>`,
  ];
  return tag("div", { class: "toolbar stepper" }, [tag("span", { class: "time" }, slider), filter, compare]);
}

function legend(model: Model, run: RunModel): string {
  const entries: string[] = [];
  const entry = (className: string, text: string): void => {
    entries.push(tag("span", { class: `key ${className}` }, [tag("i", {}), ` ${escapeHtml(text)}`]));
  };
  const relations = new Set(run.arrows.flatMap(({ labels }) => labels.map(({ relation }) => relation)));
  if (relations.size > 1)
    for (const relation of relations) entry(`line c${colourOf(model, relation)}`, model.relations[relation] ?? "?");
  if (run.arrows.some((arrow) => isLate(arrow) && arrow.arrivals.length === 1)) entry("line late", "arrives late");
  if (run.arrows.some(({ arrivals }) => arrivals.length > 1)) entry("line again", "arrives again");
  const ended = run.arrows.filter((a) => endOf(a) !== "arrives");
  for (const [fate, { key }] of Object.entries(fateWords)) {
    const arrow = ended.find((a) => a.fate === fate);
    if (arrow !== undefined) entry(`line ${endOf(arrow)}`, endOf(arrow) === "lost" ? `${key} (dashed, ✗)` : key);
  }
  if (run.marks.length > 0) entry("wall", "nothing passes");
  if (model.runs.length > 1) entry("differs", "differs between the two runs (+ only here, − only there)");
  if (run.window.length > 0) entry("in-window", "something is promised but missing");
  return tag("p", { class: "legend" }, entries);
}
