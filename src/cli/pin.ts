import { dirname, relative } from "node:path";
import { stdinPath } from "../disk/disk-files.js";
import type { Replay } from "../evidence/replay.js";
import { pinLine } from "../evidence/replay.js";
import { formatSchedule } from "../faults/notation.js";
import { schedule as scheduleOf } from "../faults/schedule.js";
import { DEFAULT_EOT } from "../search/bounds.js";
import { positionAt } from "../source/line-index.js";
import { visible } from "../source/strings.js";
import { parseDirectives } from "../syntax/directives.js";
import type { RunExpectation } from "../syntax/expectation.js";
import { parseText } from "../syntax/parser.js";
import type { Host } from "./host.js";

/* `--pin`: the counterexample as a `//! run` line at the end of the first file. */

/** Why no counterexample can be pinned, whatever it is: known before the search. */
export function pinObstacle(files: readonly string[], host: Host): string | undefined {
  const [file = "", ...others] = files;
  if (files.includes(stdinPath)) return "no line can be added to standard input";
  if (others.some((other) => /[\n\r]/.test(other))) return unnamable;
  const reason = host.appendable(file);
  return reason === undefined ? undefined : `no line can be added to ${file}: ${reason}`;
}

const unnamable = "a `//!` line cannot name a file with a line break in its name";

/** The result, as a line for standard error. */
export interface PinResult {
  readonly kind: "pinned" | "present" | "failed";
  readonly message: string;
}

/** Adds the line, unless the file already has an expectation for this run. */
export function pin(replay: Replay, host: Host): PinResult {
  const [file = "", ...others] = replay.files;
  const pinned = pinLine(
    replay,
    others.map((other) => relative(dirname(file), other)),
  );
  if (pinned.kind === "impossible") return failed(file, pinned.reason);
  const [pinnedRun] = runsIn(pinned.line, file);
  const known =
    pinnedRun === undefined ? undefined : runsIn(textOf(file, host), file).find((run) => sameRun(run, pinnedRun));
  if (known !== undefined) return present(known, file);
  const problem = host.append(file, pinned.line);
  return problem === undefined
    ? { kind: "pinned", message: errorLine(`pinned in ${file}: ${pinned.line}`) }
    : failed(file, problem);
}

function failed(file: string, reason: string): PinResult {
  return { kind: "failed", message: errorLine(`the counterexample could not be pinned in ${file}: ${reason}`) };
}

function present({ span, expect }: RunExpectation, file: string): PinResult {
  const { line } = positionAt(span.file, span.start);
  const place = `${file}:${line}`;
  return {
    kind: "present",
    message: errorLine(
      expect === "violated"
        ? `pinned already, at ${place}`
        : `not pinned: ${place} has this run, with expect=${expect}; change it to expect=violated, or fix the program`,
    ),
  };
}

function errorLine(text: string): string {
  return `ldfi: ${visible(text)}\n`;
}

function textOf(file: string, host: Host): string {
  const result = host.reader.read(file);
  return result.kind === "read" ? result.text : "";
}

function runsIn(text: string, path: string): readonly RunExpectation[] {
  const { directives } = parseDirectives(parseText({ path, text }).tree);
  return directives.filter((directive) => directive.kind === "run");
}

/** Whether two lines ask for the same run, however they are written. */
function sameRun(a: RunExpectation, b: RunExpectation): boolean {
  return runKey(a) === runKey(b);
}

function runKey({ schedule, inputs, eot = DEFAULT_EOT, nodes, pre, post, never, with: files }: RunExpectation): string {
  const names = nodes === undefined ? null : [...nodes].sort();
  return JSON.stringify([
    formatSchedule(scheduleOf(schedule)),
    [...inputs].map((input) => input.replace(/\s/g, "")).sort(),
    eot,
    names,
    pre ?? null,
    post ?? null,
    never ?? null,
    files,
  ]);
}
