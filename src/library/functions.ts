import type { EvaluationError, TupleAt } from "../execution/execution.js";
import type { RunOptions, RunResult } from "../execution/run.js";
import * as execution from "../execution/run.js";
import { setUp } from "../execution/setup.js";
import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import type { ProvenanceResult } from "../lineage/provenance.js";
import * as provenance from "../lineage/provenance.js";
import type { LoadOptions } from "../program/includes.js";
import type { LintOptions } from "../program/lint/index.js";
import { lintProgram } from "../program/lint/index.js";
import type { LoadResult } from "../program/load.js";
import { loadProgram } from "../program/load.js";
import type { Program } from "../program/program.js";
import { warningSentence } from "../report/text/warning-words.js";
import type { BreakOptions } from "../search/break.js";
import * as breaking from "../search/break.js";
import type { CheckOptions } from "../search/check.js";
import * as checking from "../search/check.js";
import type { FrontierOptions, FrontierResult } from "../search/frontier.js";
import * as ranging from "../search/frontier.js";
import type { Limits } from "../search/limits.js";
import type { Replayed } from "../search/replay.js";
import * as replaying from "../search/replay.js";
import type { Setting } from "../search/search.js";
import { setUpForAdvice } from "../search/set-up.js";
import type { SweepOptions, SweepResult } from "../search/sweep.js";
import * as sweeping from "../search/sweep.js";
import type { CheckResult } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import type { TestFile } from "../testing/discovery.js";
import type { TestResult, TestSummary } from "../testing/result.js";
import type { TestEnvironment, TestRun } from "../testing/runner.js";
import * as running from "../testing/runner.js";
import { demandRight } from "./option-error.js";
import {
  breakShapes,
  checkShapes,
  frontierShapes,
  lintShapes,
  loadShapes,
  programShape,
  readerShape,
  replayShapes,
  runShapes,
  settingShape,
  sweepShapes,
  testEnvironmentShapes,
  testFileShape,
  testRunShapes,
  tupleShape,
  wrongArguments,
  wrongOptions,
} from "./options.js";
import { elsewhere } from "./setting-options.js";
import { flag, list, someTexts } from "./shapes.js";

/*
 * The functions behind the commands, with their options validated. TypeScript checks the types of its callers, but JavaScript does not, and an
 * option that is misspelt or of the wrong type must not be ignored.
 */

/**
 * Reads the files at `paths` and the files that they include, and builds one program from them. Problems with them are diagnostics.
 * Throws an `OptionError` if an argument is wrong.
 */
export function load(paths: readonly string[], reader: FileReader, options: LoadOptions = {}): LoadResult {
  demandRight("load", [
    ...wrongArguments({ paths: [paths, someTexts], reader: [reader, readerShape] }),
    ...wrongOptions("load", options, loadShapes),
  ]);
  return loadProgram(paths, reader, options);
}

/**
 * Combines a program and options into a setting: the question of a check. Errors and warnings about the options are diagnostics; with an
 * error there is no setting.
 */
export function prepare(
  program: Program,
  options: CheckOptions = {},
): { readonly setting?: Setting; readonly diagnostics: readonly Diagnostic[] } {
  demandRight("prepare", wrongArguments({ program: [program, programShape] }));
  const wrong = wrongOptions("prepare", options, checkShapes);
  if (wrong.length > 0) return { diagnostics: wrong.map(({ diagnostic }) => diagnostic) };
  return checking.prepare(program, options);
}

/**
 * Decides whether the program violates its specification under some fault schedule of the budget. Every `violated` comes with a schedule
 * that was run and seen to violate; every `holds` is a proof over the whole budget. Limits and errors of the program are results. Throws an
 * `OptionError` if an option is wrong, or differs from what the setting was made with.
 */
export function check(setting: Setting, options: CheckOptions = {}): CheckResult {
  demandSetting("check", setting, options, checkShapes);
  return checking.check(setting, options);
}

/**
 * The search for one tuple instead of a specification: the fewest faults under which it does not hold at its instant or, with `appear`,
 * under which it does. `violated` has that schedule, with the tuple as its witness; `holds` means that no schedule of the budget removes
 * the tuple (or makes it appear). Throws an `OptionError` as `check` does.
 */
export function breakTuple(setting: Setting, tuple: TupleAt, appear: boolean, options: BreakOptions = {}): CheckResult {
  demandRight("breakTuple", wrongArguments({ tuple: [tuple, tupleShape], appear: [appear, flag] }));
  demandSetting("breakTuple", setting, options, breakShapes);
  return breaking.breakTuple(setting, tuple, appear, options);
}

function demandSetting(
  callee: string,
  setting: Setting,
  options: CheckOptions | BreakOptions,
  shapes: typeof checkShapes | typeof breakShapes,
): void {
  demandRight(callee, wrongArguments({ setting: [setting, settingShape] }));
  demandRight(callee, wrongOptions(callee, options, shapes));
  demandRight(callee, elsewhere(callee, setting, options));
}

/**
 * Finds the smallest budget that violates, or the largest that is certified within the limits. Throws an `OptionError` if an option is
 * wrong.
 */
export function sweep(program: Program, options: SweepOptions = {}): SweepResult {
  demandRight("sweep", [
    ...wrongArguments({ program: [program, programShape] }),
    ...wrongOptions("sweep", options, sweepShapes),
  ]);
  return sweeping.sweep(program, options);
}

/** The verdicts of a program over ranges of budgets. Throws an `OptionError` if an option is wrong. */
export function frontier(program: Program, options: FrontierOptions): FrontierResult {
  demandRight("frontier", [
    ...wrongArguments({ program: [program, programShape] }),
    ...wrongOptions("frontier", options, frontierShapes, ["ranges"]),
  ]);
  return ranging.frontier(program, options);
}

/** Evaluates a program in one scenario. Throws an `OptionError` if an option is wrong. */
export function run(program: Program, options: RunOptions): RunResult {
  demandRun("run", program, options);
  const ready = setUp(program, options.eot, options.maxTuples);
  return ready.kind === "error" ? failedBefore(ready.error) : execution.run(ready.program, options);
}

/** The same, with the derivations of every tuple. Throws an `OptionError` if an option is wrong. */
export function runWithProvenance(program: Program, options: RunOptions): ProvenanceResult {
  demandRun("runWithProvenance", program, options);
  const ready = setUp(program, options.eot, options.maxTuples);
  return ready.kind === "error" ? failedBefore(ready.error) : provenance.runWithProvenance(ready.program, options);
}

/** Checks one scenario instead of all. Throws an `OptionError` if an option is wrong. */
export function replay(setting: Setting, faults: Iterable<Fault>, limits: Limits = {}, inputs?: Inputs): Replayed {
  demandRight("replay", [
    ...wrongArguments({ setting: [setting, settingShape] }),
    ...wrongOptions("replay", limits, replayShapes),
  ]);
  return replaying.replay(setting, faults, limits, inputs);
}

/** Advice about a program without errors: it never changes a verdict. In the order of the files and of the text. */
export function lint(program: Program, options: LintOptions = {}): readonly Diagnostic[] {
  demandRight("lint", [
    ...wrongArguments({ program: [program, programShape] }),
    ...wrongOptions("lint", options, lintShapes),
  ]);
  return lintProgram(setUpForAdvice(program), options);
}

/** Runs the expectations of one file in order; the program is loaded once for each set of files. Throws an `OptionError` if an option is wrong. */
export function runFile(file: TestFile, environment: TestEnvironment): Generator<TestResult> {
  demandRight("runFile", [
    ...wrongArguments({ file: [file, testFileShape] }),
    ...wrongOptions("runFile", environment, testEnvironmentShapes, ["reader"]),
  ]);
  return running.runFile(file, { inWords: warningSentence, ...environment });
}

/** Runs the expectations of many files and counts the results. Throws an `OptionError` if an option is wrong. */
export function runTests(files: readonly TestFile[], options: TestRun): Promise<TestSummary> {
  const required = ["run", "jobs", "bail", "interrupted", "onResult"];
  demandRight("runTests", [
    ...wrongArguments({ files: [files, list] }),
    ...wrongOptions("runTests", options, testRunShapes, required),
  ]);
  return running.runTests(files, options);
}

/** For an error before instant 1 the rule is not one of the program's rules. */
function failedBefore({ rule: _, ...error }: EvaluationError): {
  readonly kind: "error";
  readonly error: EvaluationError;
} {
  return { kind: "error", error };
}

function demandRun(callee: string, program: Program, options: RunOptions): void {
  demandRight(callee, [
    ...wrongArguments({ program: [program, programShape] }),
    ...wrongOptions(callee, options, runShapes, ["nodes", "eot", "schedule"]),
  ]);
}
