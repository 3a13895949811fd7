import { Evidence } from "../evidence/evidence.js";
import type { Replay } from "../evidence/replay.js";
import { pinLine } from "../evidence/replay.js";
import { run } from "../execution/run.js";
import { givenInputs } from "../program/chosen-inputs.js";
import { loadProgram } from "../program/load.js";
import { inferNodes } from "../program/nodes.js";
import type { CheckReport } from "../report/check-report.js";
import { builtAssets } from "../report/html/assets.js";
import { renderHtml } from "../report/html/html.js";
import { blamedPlaces } from "../report/text/blamed-places.js";
import { scheduleInWords } from "../report/text/schedule-words.js";
import { verdictSentence } from "../report/text/verdict-words.js";
import { warningSentence } from "../report/text/warning-words.js";
import { DEFAULT_EOT } from "../search/bounds.js";
import { check, prepare } from "../search/check.js";
import type { CheckResult, Verdict } from "../search/verdict.js";
import type { FileReader } from "../source/file-reader.js";
import type { CheckExpectation, Expectation } from "../syntax/expectation.js";
import { expectationsIn } from "../testing/discovery.js";
import { fromCheck, meets } from "../testing/judgement.js";
import { parametersOf, runFile } from "../testing/runner.js";
import { unicodeMarks } from "../wording/marks.js";
import { firingKey } from "./hover.js";
import { ParseCache } from "./parse-cache.js";
import { filesOf } from "./views.js";

/*
 * Questions of an editor to the checker. They are answered in another thread, so question and answer are plain data, and
 * places are offsets.
 */

export interface CheckQuestion {
  /** The file of the `//!` line, and the line, from 1. */
  readonly path: string;
  readonly line: number;
  readonly includeDirs: readonly string[];
  /** Whether to make the HTML report too. */
  readonly report: boolean;
}

/** A rule to look at, and why. */
export interface Blamed {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CheckAnswer {
  readonly outcome: "holds" | "violated" | "inconclusive" | "error";
  /** Whether it is the outcome that the line expects. */
  readonly met: boolean;
  /** One sentence: the budget, the faults, or the error. */
  readonly sentence: string;
  readonly blamed: readonly Blamed[];
  /** The counterexample as a line to keep; absent if there is none. */
  readonly pin?: string;
  readonly report?: string;
}

/** Runs the expectation of a line; `undefined` if the line has none. */
export function answerCheck(
  { path, line, includeDirs, report }: CheckQuestion,
  reader: FileReader,
  version: string,
  interrupted: () => boolean,
): CheckAnswer | undefined {
  const file = expectationsIn(path, reader);
  const testCase = file.cases.find((candidate) => candidate.line === line);
  if (testCase === undefined) return undefined;
  const { expectation } = testCase;
  if (expectation.kind === "check")
    return checked(path, expectation, { reader, includeDirs, report, version, interrupted });
  const [result] = runFile(
    { ...file, cases: [testCase] },
    { reader, includeDirs, interrupted, inWords: warningSentence },
  );
  if (result === undefined) return undefined;
  const { actual, kind } = result;
  return { outcome: actual.kind, met: kind === "passed", sentence: sentenceOf(actual), blamed: [] };
}

function sentenceOf(actual: ReturnType<typeof fromCheck>["actual"]): string {
  switch (actual.kind) {
    case "holds":
      return actual.hollow[0]?.message ?? "under this schedule";
    case "violated":
      return [...actual.missing.map((t) => `${t} is missing`), ...actual.present.map((t) => `${t} is present`)]
        .slice(0, 3)
        .join("; ");
    case "inconclusive":
      return actual.detail;
    case "error":
      return actual.diagnostics[0]?.message ?? "the program is wrong";
    default: {
      const never: never = actual;
      return never;
    }
  }
}

interface Means {
  readonly reader: FileReader;
  readonly includeDirs: readonly string[];
  readonly report: boolean;
  readonly version: string;
  readonly interrupted: () => boolean;
}

function checked(path: string, expectation: CheckExpectation, means: Means): CheckAnswer {
  const { reader, includeDirs, interrupted } = means;
  const files = filesOf(path, expectation, { reader, includeDirs, parses: new ParseCache() });
  const { program, diagnostics } = loadProgram(files, reader, { includeDirs });
  const parameters = parametersOf(expectation);
  const prepared = program === undefined ? undefined : prepare(program, parameters);
  if (program === undefined || prepared?.setting === undefined) {
    const wrong = [...diagnostics, ...(prepared?.diagnostics ?? [])].find(({ severity }) => severity === "error");
    return refused(wrong?.message ?? "the program is wrong", expectation);
  }
  const result: CheckResult = check(prepared.setting, { ...parameters, interrupted });
  const { actual } = fromCheck(result, program, warningSentence);
  const { expect, faults, vacuous } = expectation;
  const met = meets(actual, {
    outcome: expect,
    ...(faults === undefined ? {} : { faults }),
    ...(vacuous === undefined ? {} : { vacuous }),
  });
  if (result.kind === "error") return { outcome: "error", met, sentence: sentenceOf(actual), blamed: [] };
  const { verdict } = result;
  const evidence = new Evidence(verdict, prepared.setting.maxTuples);
  const replay = replayOf(files, verdict, expectation, includeDirs);
  const bare: CheckReport = {
    program,
    files,
    verdict,
    diagnostics: [...diagnostics, ...prepared.diagnostics],
    evidence,
  };
  const report: CheckReport = replay === undefined ? bare : { ...bare, replay };
  const pinned = replay === undefined ? undefined : pinLine(replay, expectation.with);
  return {
    outcome: verdict.kind,
    met,
    sentence: inSentence(verdict, actual),
    blamed: blamedPlaces(evidence.violation, program).map(({ span, text }) => ({
      path: span.file.path,
      start: span.start,
      end: span.end,
      text,
    })),
    ...(pinned?.kind === "line" ? { pin: pinned.line } : {}),
    ...(means.report ? { report: htmlOf(report, means.version) } : {}),
  };
}

function inSentence(verdict: Verdict, actual: ReturnType<typeof fromCheck>["actual"]): string {
  if (verdict.kind === "violated") {
    const faults = scheduleInWords(verdict.counterexample.schedule, verdict.budget.nodes);
    return faults.length === 0 ? "without any fault" : faults.join("; ");
  }
  if (actual.kind === "holds" && actual.hollow.length > 0) return sentenceOf(actual);
  return verdictSentence(verdict, undefined, unicodeMarks);
}

function refused(sentence: string, { expect }: Expectation): CheckAnswer {
  return { outcome: "error", met: expect === "error", sentence, blamed: [] };
}

function replayOf(
  files: readonly string[],
  verdict: Verdict,
  { nodes, pre, post, never }: CheckExpectation,
  includeDirs: readonly string[],
): Replay | undefined {
  if (verdict.kind !== "violated") return undefined;
  const { schedule, execution } = verdict.counterexample;
  const inputs = givenInputs(execution.program, execution.inputs);
  return {
    files,
    eot: verdict.budget.eot,
    includeDirs,
    schedule,
    ...(nodes === undefined ? {} : { nodes }),
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(inputs.length === 0 ? {} : { inputs }),
  };
}

function htmlOf(report: CheckReport, version: string): string {
  return renderHtml({ report, version }, builtAssets() ?? { script: "", style: "" });
}

export interface FiringsQuestion {
  readonly path: string;
  readonly includeDirs: readonly string[];
}

/** How often each rule of a program fires without faults, up to the EOT of its first `//! check` line, by `firingKey`. */
export function answerFirings(
  { path, includeDirs }: FiringsQuestion,
  reader: FileReader,
): readonly (readonly [string, number])[] {
  const { cases } = expectationsIn(path, reader);
  const expectation = cases.map((testCase) => testCase.expectation).find(({ kind }) => kind === "check");
  const files = filesOf(path, expectation, { reader, includeDirs, parses: new ParseCache() });
  const { program } = loadProgram(files, reader, { includeDirs });
  if (program === undefined) return [];
  const eot = expectation?.eot ?? DEFAULT_EOT;
  const result = run(program, { nodes: expectation?.nodes ?? inferNodes(program, eot), eot, schedule: [] });
  if (result.kind !== "run") return [];
  const counts = result.execution.firings();
  return program.rules.map(({ id, span }) => [firingKey(span), counts[id] ?? 0] as const);
}
