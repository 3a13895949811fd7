import type { EvaluationError } from "../../execution/execution.js";
import { budgetInWords, withFaults } from "../../faults/budget-words.js";
import { crash } from "../../faults/node-faults.js";
import { evaluationSentence } from "../../search/evaluation-diagnostic.js";
import type { Parameters, Step } from "../../search/step.js";
import type { SweepEnd, SweepResult } from "../../search/sweep.js";
import { conclusionOf } from "../../search/sweep.js";
import { count, formatBig, formatTime } from "../../wording/numbers.js";
import type { SweepReport } from "../sweep-report.js";
import { budgetOf, checkCommandOf } from "../sweep-report.js";
import { scheduleInWords } from "../text/schedule-words.js";
import type { Alignment } from "./columns.js";
import { columns } from "./columns.js";
import { coverageLines } from "./coverage.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import { section } from "./section.js";

/** The first line: the verdict, in a word and a sentence. */
export function sweepLine(report: SweepReport, style: Style): string {
  const { bad, good, unsure } = style.palette;
  const sentence = sentenceOf(report, style);
  switch (conclusionOf(report.result)) {
    case "violated":
      return `${bad("VIOLATED")}  ${sentence}`;
    case "holds":
      return `${good("HOLDS")}  ${sentence}`;
    case "inconclusive":
    case "error":
      return `${unsure("INCONCLUSIVE")}  ${sentence}`;
  }
}

/** The whole result of a sweep, for a terminal. */
export function renderSweep(report: SweepReport, style: Style): string {
  const { result } = report;
  const lines = [sweepLine(report, style), ""];
  if (result.kind === "violated") lines.push(...counterexample(report, result.smallest, result.error, style));
  const asked = result.steps.map(({ parameters }) => parameters);
  const budget = coverageLines(report, asked, style);
  if (budget.length > 0) lines.push(...budget, "");
  lines.push(...section("Steps", stepLines(result.steps, style), style));
  return `${lines.join("\n")}\n`;
}

function counterexample(
  report: SweepReport,
  { parameters, finding }: Step,
  error: EvaluationError | undefined,
  style: Style,
): readonly string[] {
  if (finding.kind !== "violated") return [];
  const faults = scheduleInWords(finding.schedule, [], textGlyphs(style.unicode));
  return [
    ...section("Faults", faults.length === 0 ? ["none: this happens in the failure-free run"] : faults, style),
    ...(error === undefined ? [] : section("Besides", [evaluationSentence(report.program, error)], style)),
    ...section("Look", [checkCommandOf(report, parameters)], style),
    "",
  ];
}

/** Parentheses, since the place of a budget is a list with commas. */
function violatedAt(parameters: Parameters): string {
  return `the violation at (${place(parameters)})`;
}

function sentenceOf(report: SweepReport, style: Style): string {
  const { result, timeout } = report;
  switch (result.kind) {
    case "violated": {
      const { finding, parameters } = result.smallest;
      const faults = finding.kind === "violated" ? withFaults(finding.schedule.length) : "";
      const { eot } = parameters;
      const beyond = result.persistsTo > eot ? `; more time, up to EOT ${result.persistsTo}, does not repair it` : "";
      return `at ${place(parameters)}: ${faults}${beyond}`;
    }
    case "certified": {
      const { largest, pending } = result;
      const certified = `${place(largest.parameters)}: ${budgetInWords(budgetOf(report, largest.parameters), textGlyphs(style.unicode))}`;
      const end = endInWords(result.end, timeout);
      if (pending !== undefined)
        return `${end} before ${violatedAt(pending.parameters)} could be given more time; certified up to ${certified}`;
      return conclusionOf(result) === "holds" ? `up to ${certified}; ${end}` : `${end}; certified up to ${certified}`;
    }
    case "undecided":
      return undecided(result, timeout);
    case "error": {
      const { pending } = result;
      const open = pending === undefined ? "" : ` before ${violatedAt(pending.parameters)} could be given more time`;
      return `the program fails in evaluation${open}`;
    }
    default: {
      const never: never = result;
      return never;
    }
  }
}

function undecided(
  { end, pending, steps }: Extract<SweepResult, { kind: "undecided" }>,
  timeout: number | undefined,
): string {
  if (end === "vacuous") {
    const furthest = Math.max(...steps.map(({ parameters }) => parameters.eot));
    return `nothing is promised up to EOT ${furthest}, with or without faults: there is nothing to check`;
  }
  if (pending !== undefined)
    return `${endInWords(end, timeout)}; so far the failure-free run is wrong from EOT ${pending.parameters.eot} on`;
  return `${endInWords(end, timeout)}; nothing was certified`;
}

function endInWords(end: SweepEnd | "vacuous", timeout: number | undefined): string {
  switch (end) {
    case "max-eot":
      return "the largest EOT was reached";
    case "timeout":
      return `the time limit${timeout === undefined ? "" : ` of ${timeout} s`} was reached`;
    case "interrupted":
      return "interrupted";
    case "memory":
      return "the memory ran out";
    case "max-runs":
      return "the limit of executions was reached";
    case "solver":
      return "the solver gave no usable answer";
    case "vacuous":
      return "nothing is promised";
    default: {
      const never: never = end;
      return never;
    }
  }
}

/** `EOT 4, EFF 2, 1 crash`. */
export function place({ eot, eff, crashes }: Parameters): string {
  return `EOT ${eot}, EFF ${eff}, ${crashes === 0 ? "no crash" : count(crashes, crash.noun, crash.plural)}`;
}

const heading = ["EOT", "EFF", "crashes", "verdict", "executions", "schedules", "time", ""];
const alignment: readonly Alignment[] = ["right", "right", "right", "left", "right", "right", "right", "left"];

/** More steps in a row that differ in EOT alone are shown by the first and the last. */
const MOST_ALIKE = 6;

/** Every step on one line, under a heading; of many that differ in EOT alone two. */
function stepLines(steps: readonly Step[], style: Style): readonly string[] {
  const rows = alike(steps).flatMap((group) => {
    const all = group.map(rowOf);
    const [first, last] = [all[0], all.at(-1)];
    if (all.length <= MOST_ALIKE || first === undefined || last === undefined) return all;
    const { ellipsis } = textGlyphs(style.unicode);
    return [first, [ellipsis, "", "", `${all.length - 2} more of this kind`], last];
  });
  const [top = "", ...lines] = columns([heading, ...rows], alignment);
  return [style.palette.faint(top), ...lines];
}

function rowOf(step: Step): readonly string[] {
  const { eot, eff, crashes } = step.parameters;
  const numbers = [String(step.executions), formatBig(step.space), formatTime(step.milliseconds)];
  return [String(eot), String(eff), String(crashes), findingInWords(step), ...numbers, purposeInWords(step)];
}

/** The steps in groups that differ in EOT alone. */
function alike(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  let before: string | undefined;
  for (const step of steps) {
    const { eff, crashes } = step.parameters;
    const kind = `${eff} ${crashes} ${findingInWords(step)} ${purposeInWords(step)}`;
    if (kind === before) groups.at(-1)?.push(step);
    else groups.push([step]);
    before = kind;
  }
  return groups;
}

function findingInWords({ finding }: Step): string {
  switch (finding.kind) {
    case "holds":
      return finding.vacuous ? "holds vacuously" : "holds";
    case "violated":
      return `violated ${withFaults(finding.schedule.length)}`;
    case "inconclusive":
      return "inconclusive";
    default: {
      const never: never = finding;
      return never;
    }
  }
}

function purposeInWords({ purpose }: Step): string {
  switch (purpose) {
    case "undisturbed":
      return "without faults";
    case "recovery":
      return "with more time";
    case "crashes":
      return "with fewer crashes";
    case "faults":
    case "budget":
      return "";
    default: {
      const never: never = purpose;
      return never;
    }
  }
}
