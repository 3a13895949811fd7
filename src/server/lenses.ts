import type { CodeLens } from "vscode-languageserver";
import { expectationsOf } from "../language/views.js";
import type { Workspace } from "../language/workspace.js";
import { positionAt } from "../source/line-index.js";
import type { Expectation } from "../syntax/expectation.js";
import { rangeOf, uriOf } from "./conversion.js";
import type { LineState, Verdicts } from "./verdicts.js";

export const commands = {
  check: "ldfi.check",
  report: "ldfi.showCounterexample",
  pin: "ldfi.pin",
  repair: "ldfi.repair",
} as const;

/** A `//! check` or `//! run` line. */
export interface RunnableLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly expectation: Expectation;
}

export function runnableLines(path: string, workspace: Workspace): readonly RunnableLine[] {
  return expectationsOf(path, workspace.surroundings).map((expectation) => {
    const { span } = expectation;
    return {
      line: positionAt(span.file, span.start).line,
      text: span.file.text.slice(span.start, span.end),
      expectation,
    };
  });
}

/** The verdict beside each line that can be run, with commands for it. */
export function lensesOf(path: string, workspace: Workspace, verdicts: Verdicts): CodeLens[] {
  return runnableLines(path, workspace).flatMap(({ line, text, expectation }) => {
    const range = rangeOf(expectation.span);
    const state = verdicts.stateOf(path, text);
    const lens = (title: string, command: string): CodeLens => ({
      range,
      command: { title, command, arguments: [uriOf(path), line - 1] },
    });
    const lenses = [lens(titleOf(state), commands.check)];
    if (
      state?.kind !== "answered" ||
      state.stale ||
      state.answer.outcome !== "violated" ||
      expectation.kind !== "check"
    )
      return lenses;
    lenses.push(lens("show the counterexample", commands.report));
    if (state.answer.pin !== undefined) lenses.push(lens("keep it as a test", commands.pin));
    lenses.push(lens("look for a repair", commands.repair));
    return lenses;
  });
}

function titleOf(state: LineState | undefined): string {
  if (state === undefined) return "▶ run";
  if (state.kind === "running") return "… running";
  const { outcome, met, sentence } = state.answer;
  const mark = met ? "✓" : "✗";
  const verdict = `${mark} ${outcome}${met ? "" : ", which is not what the line expects"}`;
  return state.stale ? `${verdict}, before the last change · ▶ run again` : `${verdict}: ${sentence}`;
}
