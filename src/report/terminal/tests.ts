import { replayCommand } from "../../evidence/replay.js";
import { formatSchedule } from "../../faults/notation.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { positionAt } from "../../source/line-index.js";
import { visible } from "../../source/strings.js";
import type { Actual, TestResult, TestSummary } from "../../testing/result.js";
import { enumerate } from "../../wording/lists.js";
import { count, formatTime } from "../../wording/numbers.js";
import { strictSentence } from "../text/verdict-words.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";

/** A line for an expectation; below it, if it was not met, the actual result, and the given warnings. */
export function renderResult(result: TestResult, style: Style, warnings: readonly Diagnostic[] = []): string {
  const { good, bad, faint } = style.palette;
  const mark = result.kind === "passed" ? good(style.unicode ? "✓" : "ok") : bad(style.unicode ? "✗" : "FAILED");
  const from = result.cached === true ? ", cached" : "";
  const effort = faint(`${count(result.executions, "execution")}, ${formatTime(result.milliseconds)}${from}`);
  const line = `  ${mark} ${visible(result.name)}: ${outcomeInWords(result)}  ${effort}`;
  const failure = result.kind === "passed" ? [] : failureLines(result, style);
  const more = [...failure, ...warnings.map((warning) => style.palette.unsure(warningLine(warning)))];
  return `${line}\n${more.map((l) => `      ${l}\n`).join("")}`;
}

/** A warning on one line. */
export function warningLine({ code, message, help, span }: Diagnostic): string {
  const place = span === undefined ? "" : ` at ${visible(span.file.path)}:${positionAt(span.file, span.start).line}`;
  return `warning[${code}]${place}: ${visible(message)}${help === undefined ? "" : `; ${visible(help)}`}`;
}

/** The expected and the actual result, without the line of the test itself. */
export function failureLines(result: TestResult, style: Style): readonly string[] {
  const { expected, actual, file, line } = result;
  const faults = expected.faults === undefined ? "" : ` with ${count(expected.faults, "fault")} at the least`;
  const lines = [`expected ${expected.outcome}${mannerOf(result)}${faults}, at ${visible(file)}:${line}`];
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
    case "holds":
      lines.push(...hollowLines(actual.hollow, expected));
      if (expected.ofOneRun === true && expected.outcome === "violated")
        lines.push(
          "this schedule no longer violates: if that was intended, write `expect=holds` to keep it as a test, or delete the line",
        );
      if (expected.outcome === "holds" && expected.vacuous !== true)
        lines.push(...actual.unreached.map(({ message }) => visible(message)));
      break;
    case "error":
      break;
    default: {
      const never: never = actual;
      return never;
    }
  }
  if (result.strict !== undefined && result.strict.length > 0) lines.push(strictSentence(result.strict));
  if (expected.outcome === "violated" && actual.kind === "violated" && !actual.smallest)
    lines.push("it is not certain that fewer faults would not suffice");
  return lines.map((l) => l.replace("–", textGlyphs(style.unicode).range));
}

/** For an expected `holds` that holds: how it should hold. */
function mannerOf({ expected, actual }: TestResult): string {
  if (expected.outcome !== "holds" || actual.kind !== "holds") return "";
  if (expected.vacuous === true) return " vacuously";
  return actual.hollow.length > 0 ? ", but not vacuously" : "";
}

/** Why a `holds` is not as expected. */
function hollowLines(hollow: readonly Diagnostic[], { outcome, vacuous }: TestResult["expected"]): readonly string[] {
  if (outcome !== "holds") return [];
  if (vacuous === true) return hollow.length > 0 ? [] : ["it is not vacuous: remove `vacuous=yes`"];
  if (hollow.length === 0) return [];
  const untouched = hollow.some(({ code }) => code === "nothing-to-lose");
  const more = untouched ? "; for the run without faults write `//! run` instead of `//! check`" : "";
  return [...hollow.map(({ message }) => visible(message)), `if that is intended, add \`vacuous=yes\`${more}`];
}

function wrongInWords(tuples: readonly string[], what: string): readonly string[] {
  if (tuples.length === 0) return [];
  const more = tuples.length > 3 ? ` and ${tuples.length - 3} more` : "";
  return [`${enumerate(tuples.slice(0, 3))}${more} ${tuples.length === 1 ? "is" : "are"} ${what}`];
}

/** The command that shows a counterexample. */
function replayOf({ actual, files, includeDirs, parameters }: TestResult): string {
  if (actual.kind !== "violated") return "";
  const { eot = defaultEot, nodes, pre, post, never, promise } = parameters;
  return replayCommand({
    files,
    eot,
    includeDirs,
    schedule: actual.schedule,
    ...(nodes === undefined ? {} : { nodes }),
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(promise === undefined ? {} : { promise }),
  });
}

const defaultEot = 6;

/** The result of an expectation, and why --strict fails it, if it does. */
export function outcomeInWords({ actual, strict = [] }: TestResult): string {
  const counted =
    strict.length === 0 ? "" : `, with ${enumerate(strict.map(({ code }) => code))}, which --strict counts`;
  return actualInWords(actual) + counted;
}

function actualInWords(actual: Actual): string {
  switch (actual.kind) {
    case "holds":
      return actual.hollow.length > 0 ? "holds vacuously" : "holds";
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

export const cutShortInWords = "cut short: not every expectation was run";

/** The end of a test run. Its last line has only the counts. */
export function renderSummary(summary: TestSummary, milliseconds: number, style: Style): string {
  const lines: string[] = [];
  if (summary.wrong > 0) lines.push(`${count(summary.wrong, "error")}: a program, a line or a path is wrong`);
  if (summary.cutShort) lines.push(cutShortInWords);
  lines.push(style.palette.faint(`in ${formatTime(milliseconds)}`));
  lines.push(`${summary.passed} passed, ${summary.failed + summary.wrong} failed`);
  return `\n${lines.join("\n")}\n`;
}
