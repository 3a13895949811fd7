import { replayCommand } from "../../evidence/replay.js";
import { formatSchedule } from "../../faults/notation.js";
import { visible } from "../../source/strings.js";
import type { Actual, TestResult, TestSummary } from "../../testing/result.js";
import { enumerate } from "../text/lists.js";
import { count, formatTime } from "../text/numbers.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";

/** A line for an expectation, and below it, if it was not met, what came instead. */
export function renderResult(result: TestResult, style: Style): string {
  const { good, bad, faint } = style.palette;
  const mark = result.kind === "passed" ? good(style.unicode ? "✓" : "ok") : bad(style.unicode ? "✗" : "FAILED");
  const effort = faint(`${count(result.executions, "execution")}, ${formatTime(result.milliseconds)}`);
  const line = `  ${mark} ${visible(result.name)}: ${actualInWords(result.actual)}  ${effort}`;
  if (result.kind === "passed") return `${line}\n`;
  return `${line}\n${failureLines(result, style)
    .map((l) => `      ${l}\n`)
    .join("")}`;
}

/** What was expected and what came, without the line of the test itself. */
export function failureLines(result: TestResult, style: Style): readonly string[] {
  const { expected, actual, file, line } = result;
  const faults = expected.faults === undefined ? "" : ` with ${count(expected.faults, "fault")} at the least`;
  const lines = [`expected ${expected.outcome}${faults}, at ${visible(file)}:${line}`];
  switch (actual.kind) {
    case "violated": {
      const { schedule, missing, present } = actual;
      const wrong = [...wrongInWords(missing, "missing"), ...wrongInWords(present, "present")];
      lines.push(`under ${formatSchedule(schedule)} ${wrong.join("; ")}`);
      lines.push(replayOf(result));
      break;
    }
    case "inconclusive":
      lines.push(visible(actual.detail));
      break;
    case "error":
    case "holds":
      break;
    default: {
      const never: never = actual;
      return never;
    }
  }
  if (expected.outcome === "violated" && actual.kind === "violated" && !actual.smallest)
    lines.push("it is not certain that fewer faults would not do");
  return lines.map((l) => l.replace("–", textGlyphs(style.unicode).range));
}

function wrongInWords(tuples: readonly string[], what: string): readonly string[] {
  if (tuples.length === 0) return [];
  const more = tuples.length > 3 ? ` and ${tuples.length - 3} more` : "";
  return [`${enumerate(tuples.slice(0, 3))}${more} ${tuples.length === 1 ? "is" : "are"} ${what}`];
}

/** The command that shows a counterexample. */
function replayOf({ actual, files, includeDirs, parameters }: TestResult): string {
  if (actual.kind !== "violated") return "";
  const { eot = defaultEot, nodes, pre, post, never } = parameters;
  return replayCommand({
    files,
    eot,
    includeDirs,
    schedule: actual.schedule,
    ...(nodes === undefined ? {} : { nodes }),
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
  });
}

const defaultEot = 6;

export function actualInWords(actual: Actual): string {
  switch (actual.kind) {
    case "holds":
      return "holds";
    case "violated": {
      const { schedule, error } = actual;
      const besides = error === undefined ? "" : `; besides, ${visible(error.message)}`;
      return `violated ${schedule.length === 0 ? "without faults" : `with ${count(schedule.length, "fault")}`}${besides}`;
    }
    case "inconclusive":
      return "inconclusive";
    case "error": {
      const [first] = actual.diagnostics;
      return first === undefined ? "error" : `error, ${visible(first.message)}`;
    }
    default: {
      const never: never = actual;
      return never;
    }
  }
}

/** The end of a test run. Its last line counts, and nothing else stands on it. */
export function renderSummary(summary: TestSummary, milliseconds: number, style: Style): string {
  const lines: string[] = [];
  if (summary.wrong > 0) lines.push(`${count(summary.wrong, "error")}: a program, a line or a path is wrong`);
  if (summary.cutShort) lines.push("cut short: not every expectation was run");
  lines.push(style.palette.faint(`in ${formatTime(milliseconds)}`));
  lines.push(`${summary.passed} passed, ${summary.failed + summary.wrong} failed`);
  return `\n${lines.join("\n")}\n`;
}
