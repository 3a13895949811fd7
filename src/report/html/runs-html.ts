import { isLate } from "../../evidence/space-time.js";
import { fateWords } from "../text/fate-words.js";
import { differing, endOf } from "./arrows.js";
import { arrowsBehind } from "./closure.js";
import { escapeHtml, tag } from "./markup.js";
import type { Model } from "./model.js";
import { isCrowded, spaceTimeSvg, widthOf } from "./space-time-svg.js";

/** The diagrams of all runs: the first one stands at the left, one of the others beside it. */
export function runsHtml(model: Model): string {
  const relevant = relevantArrows(model);
  const [main, ...others] = model.runs;
  if (main === undefined) return "";
  const panel = (index: number): string => {
    const run = model.runs[index];
    if (run === undefined) return "";
    const other = index === 0 ? others[0] : main;
    const marks = { relevant, differing: other === undefined ? new Set<number>() : differing(run, other) };
    const faults = run.faults.length === 0 ? "no faults" : run.faults.join("; ");
    return tag("figure", { class: "run", "data-run": index, hidden: index > 1 }, [
      tag("figcaption", {}, [
        tag("strong", {}, escapeHtml(run.title)),
        tag("span", { class: "faults" }, escapeHtml(faults)),
        isCrowded(run) ? crowded(run.arrows.length) : "",
      ]),
      tag("div", { class: "scroll" }, spaceTimeSvg(model, index, run, marks)),
    ]);
  };
  return `${toolbar(model)}${tag(
    "div",
    { class: "panels", style: `--least:${Math.round(widthOf(model.nodes.length) * 0.72)}px` },
    model.runs.map((_, i) => panel(i)),
  )}${legend(model)}`;
}

function crowded(arrows: number): string {
  return tag(
    "span",
    { class: "hint" },
    `There are messages along ${arrows} arrows. Drawn are those that an outcome rests on, and lost ones.`,
  );
}

/** Arrows whose messages, in some run that delivers them, an outcome of that run rests on. */
function relevantArrows(model: Model): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const run of model.runs) {
    const outcomes = run.outcomes.map((tuple) => ({ tuple, instant: model.eot }));
    for (const key of arrowsBehind(run, outcomes)) keys.add(key);
  }
  return keys;
}

function toolbar(model: Model): string {
  const options = model.runs.slice(1).map((run, i) => tag("option", { value: i + 1 }, escapeHtml(run.title)));
  const compare =
    options.length < 1 ? "" : tag("label", {}, `compare with ${tag("select", { id: "compare" }, options)}`);
  const filter = tag("label", {}, [
    "show ",
    tag("select", { id: "filter" }, [
      tag("option", { value: "all" }, "all messages"),
      tag("option", { value: "relevant" }, "those that an outcome rests on, and lost ones"),
      ...(model.runs.length > 1 ? [tag("option", { value: "differs" }, "those that differ, and lost ones")] : []),
    ]),
  ]);
  return tag("p", { class: "toolbar" }, [compare, filter]);
}

function legend(model: Model): string {
  const arrows = model.runs.flatMap((run) => run.arrows);
  const entries: string[] = [];
  const entry = (className: string, text: string): void => {
    entries.push(tag("span", { class: `key ${className}` }, [tag("i", {}), ` ${escapeHtml(text)}`]));
  };
  entry("arrives", fateWords.delivered.key);
  if (arrows.some(isLate)) entry("late", "arrives later than that");
  const ended = arrows.filter((a) => endOf(a) !== "arrives");
  for (const [fate, { key }] of Object.entries(fateWords)) {
    const arrow = ended.find((a) => a.fate === fate);
    if (arrow !== undefined) entry(`line ${endOf(arrow)}`, endOf(arrow) === "lost" ? `${key} (dashed, ✗)` : key);
  }
  if (model.runs.some((run) => run.marks.length > 0)) entry("severed", "nothing passes");
  if (model.runs.length > 1) entry("differs", "differs between the two runs");
  if (model.runs.some((run) => run.window.length > 0))
    entry("in-window", "instants at which something is promised and not kept");
  return tag("p", { class: "legend" }, entries);
}
