import type { Program, Rule } from "../../program/program.js";
import { lineIndexOf } from "../../source/line-index.js";
import type { SourceFile } from "../../source/source.js";
import { escapeHtml, tag } from "./markup.js";
import type { RunModel } from "./model.js";

/** The program's files, each line with how often the rule that starts there fired in the first run and in the second. */
export function sourceHtml(
  program: Program,
  runs: readonly RunModel[],
  neverFiring: ReadonlySet<number>,
  blamed: ReadonlyMap<number, string>,
): string {
  return program.files.map((file) => fileHtml(file, program, runs, neverFiring, blamed)).join("");
}

function fileHtml(
  file: SourceFile,
  program: Program,
  runs: readonly RunModel[],
  never: ReadonlySet<number>,
  blamed: ReadonlyMap<number, string>,
): string {
  const rules = program.rules.filter((rule) => rule.span.file === file);
  const all = linesOf(file);
  const byLine = rulesByLine(all, rules);
  const lines = all.map(({ start, text }, i) => {
    const here = byLine[i] ?? [];
    const starting = here.filter(({ span }) => span.start >= start);
    const gutter =
      starting.length === 0
        ? tag("td", { class: "fired" })
        : tag(
            "td",
            { class: "fired" },
            starting.map((rule) => counter(rule, runs, never)),
          );
    const notes = starting
      .flatMap((rule) => blamed.get(rule.id) ?? [])
      .map((note) => tag("span", { class: "blame" }, escapeHtml(note)));
    const code = `${segments(file, start, text, here, runs, never)}${notes.join("")}`;
    return tag("tr", {}, [tag("td", { class: "number" }, String(i + 1)), gutter, tag("td", { class: "code" }, code)]);
  });
  const table = tag("table", { class: "source" }, lines);
  return tag("details", { open: rules.length > 0, class: "file" }, [
    tag("summary", {}, escapeHtml(file.path)),
    tag("div", { class: "scroll" }, table),
  ]);
}

interface Line {
  readonly start: number;
  readonly text: string;
}

/** For each line the rules that have a part in it. */
function rulesByLine(lines: readonly Line[], rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const byLine: Rule[][] = lines.map(() => []);
  for (const rule of rules) {
    const { start, end } = rule.span;
    for (let i = lines.findLastIndex((line) => line.start <= start); i >= 0 && (lines[i]?.start ?? end) < end; i++)
      byLine[i]?.push(rule);
  }
  return byLine;
}

/** Without the empty line after the last line end. */
function linesOf(file: SourceFile): readonly Line[] {
  const lines = lineIndexOf(file).lines.map(({ start, end }) => ({ start, text: file.text.slice(start, end) }));
  return lines.at(-1)?.text === "" ? lines.slice(0, -1) : lines;
}

function fires(rule: number, runs: readonly RunModel[]): boolean {
  return runs.some((run) => (run.firings[rule] ?? 0) > 0);
}

function counter(rule: Rule, runs: readonly RunModel[], never: ReadonlySet<number>): string {
  const counts = runs.slice(0, 2).map((run) => run.firings[rule.id] ?? 0);
  const told = never.has(rule.id)
    ? "no schedule of the budget makes this rule fire"
    : runs
        .slice(0, 2)
        .map((run, i) => `${counts[i] ?? 0} times in ${run.title}`)
        .join(", ");
  const text = runs.length === 0 ? "·" : counts.join(" / ");
  return tag(
    "button",
    {
      type: "button",
      class: fires(rule.id, runs) || runs.length === 0 ? "count" : "count zero",
      "data-rule": rule.id,
      title: told,
      "aria-label": `${text}: fired ${told}`,
    },
    text,
  );
}

/** One line, split where rules and comments begin and end. */
function segments(
  file: SourceFile,
  start: number,
  text: string,
  here: readonly Rule[],
  runs: readonly RunModel[],
  never: ReadonlySet<number>,
): string {
  const end = start + text.length;
  const cuts = new Set([start, end]);
  for (const { span } of here) for (const at of [span.start, span.end]) if (at > start && at < end) cuts.add(at);
  const comment = here.length === 0 ? commentStart(text) : -1;
  if (comment >= 0) cuts.add(start + comment);
  const points = [...cuts].sort((a, b) => a - b);
  return points
    .slice(0, -1)
    .map((from, i) => {
      const piece = escapeHtml(file.text.slice(from, points[i + 1] ?? end));
      const rule = here.find(({ span }) => span.start <= from && span.end > from);
      if (rule === undefined)
        return comment >= 0 && from >= start + comment ? tag("span", { class: "comment" }, piece) : piece;
      const dead = runs.length > 0 && !fires(rule.id, runs);
      return tag(
        "span",
        { class: `rule${dead ? " dead" : ""}${never.has(rule.id) ? " never" : ""}`, "data-rule-text": rule.id },
        piece,
      );
    })
    .join("");
}

/** Where a line comment begins, outside strings; −1 if there is none. */
function commentStart(text: string): number {
  const found = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*?(\/\/|\/\*)/.exec(text);
  return found === null ? -1 : found[0].length - 2;
}
