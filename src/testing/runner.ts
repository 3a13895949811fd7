import { strayFaults } from "../faults/admission.js";
import { fieldsOfBudget } from "../faults/budget-fields.js";
import { absencesUnder, schedule as scheduleOf } from "../faults/schedule.js";
import { absenceDiagnostics } from "../program/absences.js";
import { adviceOn } from "../program/lint/index.js";
import { loadProgram } from "../program/load.js";
import { namedSpecification } from "../program/named-specification.js";
import type { Program } from "../program/program.js";
import { readInputs } from "../program/read-inputs.js";
import { numericBounds } from "../search/bounds.js";
import type { CheckOptions } from "../search/check.js";
import { check, prepare } from "../search/check.js";
import { replay } from "../search/replay.js";
import type { Setting } from "../search/search.js";
import { countedOf } from "../search/strict.js";
import type { CheckResult } from "../search/verdict.js";
import type { Query } from "../solving/queries.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import type { Expectation } from "../syntax/expectation.js";
import type { TestCase, TestFile } from "./discovery.js";
import type { Decided, InWords } from "./judgement.js";
import { failureOf, fromCheck, fromReplay, meets } from "./judgement.js";
import { locate } from "./locate.js";
import type { Actual, TestResult, TestSummary } from "./result.js";

/** What running expectations needs from its caller. */
export interface TestEnvironment {
  readonly reader: FileReader;
  readonly includeDirs?: readonly string[];
  /** Whether warnings that `--strict` counts fail an expectation that is met. */
  readonly strict?: boolean;
  /** The sentence of an adequacy warning; by default its kind. */
  readonly inWords?: InWords;
  readonly interrupted?: () => boolean;
  /** Answers a check that was asked before; by default every check is decided. */
  readonly recall?: (setting: Setting, options: CheckOptions, decide: () => CheckResult) => CheckResult;
  /** Milliseconds from any fixed moment. */
  readonly now?: () => number;
  /** Called with each expectation before it is run. */
  readonly onCase?: (testCase: TestCase) => void;
}

/** Runs the expectations of one file in order; the program is loaded once for each set of files. */
export function* runFile(
  { path, cases }: TestFile,
  environment: TestEnvironment,
  using?: Query,
): Generator<TestResult> {
  const programs = new Map<string, Loaded>();
  const now = environment.now ?? (() => performance.now());
  for (const testCase of cases) {
    const files = [path, ...testCase.expectation.with.map((other) => locate(other, path, environment))];
    const key = files.join("\0");
    const loaded = programs.get(key) ?? load(files, environment);
    programs.set(key, loaded);
    const start = now();
    environment.onCase?.(testCase);
    const decided =
      loaded.kind === "refused" ? failureOf(loaded.diagnostics) : decide(loaded, testCase, environment, using);
    yield resultOf(testCase, files, decided, now() - start, environment);
  }
}

interface ProgramLoaded {
  readonly kind: "loaded";
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
}

type Loaded = ProgramLoaded | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

function load(files: readonly string[], { reader, includeDirs = [] }: TestEnvironment): Loaded {
  const { program, diagnostics } = loadProgram(files, reader, { includeDirs });
  return program === undefined ? { kind: "refused", diagnostics } : { kind: "loaded", program, diagnostics };
}

function decide(
  loaded: ProgramLoaded,
  { expectation }: TestCase,
  environment: TestEnvironment,
  using?: Query,
): Decided {
  const { program } = loaded;
  const { inWords = ({ kind }) => kind } = environment;
  const bounds: CheckOptions = {
    ...parametersOf(expectation),
    interrupted: environment.interrupted,
    now: environment.now,
  };
  const { setting, diagnostics } = prepare(program, bounds);
  // An error in a bound has no place of its own, so it is reported at this line.
  if (setting === undefined) return failureOf(diagnostics.map((d) => ({ ...d, span: d.span ?? expectation.span })));
  const warnings = [...loaded.diagnostics, ...diagnostics, ...adviceOn(setting.program, expectation)];
  const question = {
    specification: namedSpecification(setting.specification, setting.program),
    budget: fieldsOfBudget(setting.budget),
    eot: setting.budget.eot,
  };
  switch (expectation.kind) {
    case "check":
      return {
        ...warned(fromCheck(answer(setting, bounds, environment, using), program, inWords), warnings),
        question,
      };
    case "run": {
      const { schedule, inputs: given, span } = expectation;
      const { inputs, wrong } = readInputs(program, given);
      const inputProblems = wrong.map(({ text, problem, help }) =>
        diagnostic("bad-expectation", { span, message: `${text}: ${problem}`, help }),
      );
      if (inputProblems.length > 0) return failureOf(inputProblems);
      const stray = strayFaults(schedule, setting.budget).map(({ problem, help }) =>
        diagnostic("bad-expectation", { span, message: problem, help }),
      );
      const conflicts = absenceDiagnostics(program, setting.specification, absencesUnder(schedule));
      const errors = [...stray, ...conflicts.filter(({ severity }) => severity === "error")];
      if (errors.length > 0) return failureOf(errors);
      const decided = fromReplay(replay(setting, schedule, bounds, inputs), program, inWords);
      return { ...warned(decided, warnings), question: { ...question, schedule: scheduleOf(schedule) } };
    }
    default: {
      const never: never = expectation;
      return never;
    }
  }
}

function answer(setting: Setting, bounds: CheckOptions, { recall }: TestEnvironment, using?: Query): CheckResult {
  const decide = (): CheckResult => check(setting, bounds, using);
  return recall === undefined ? decide() : recall(setting, bounds, decide);
}

/** The question of an expectation: about a check, or about the run of its schedule. */
export function parametersOf(expectation: Expectation): CheckOptions {
  const { eot, nodes, pre, post, never, promise } = expectation;
  const common = { eot, nodes, pre, post, never, promise };
  if (expectation.kind === "run") return common;
  return { ...common, eff: expectation.eff, spare: expectation.spare, ...numericBounds(expectation) };
}

function warned(decided: Decided, warnings: readonly Diagnostic[]): Decided {
  return { ...decided, warnings: [...decided.warnings, ...warnings] };
}

/** The result of an expectation for which a thread ran out of memory. */
export function outOfMemory(testCase: TestCase): TestResult {
  const actual: Actual = { kind: "inconclusive", detail: "the memory ran out", interrupted: false };
  return resultOf(testCase, [testCase.file], { actual, executions: 0, warnings: [] }, 0, {});
}

function resultOf(
  testCase: TestCase,
  files: readonly string[],
  { actual, executions, warnings, question, cached }: Decided,
  milliseconds: number,
  { includeDirs = [], strict = false }: Pick<TestEnvironment, "includeDirs" | "strict">,
): TestResult {
  const { file, line, name, expectation } = testCase;
  const { eot, nodes, pre, post, never, promise, expect, vacuous } = expectation;
  const faults = expectation.kind === "check" ? expectation.faults : undefined;
  const expected: TestResult["expected"] = {
    outcome: expect,
    ...(faults === undefined ? {} : { faults }),
    ...(vacuous === undefined ? {} : { vacuous }),
    ...(expectation.kind === "run" ? { ofOneRun: true } : {}),
  };
  // Only a `holds` can be hollow.
  const counted = strict && actual.kind === "holds" ? countedOf(warnings.map(({ code }) => code)) : [];
  const met = meets(actual, expected);
  return {
    file,
    line,
    name,
    kind: met && counted.length === 0 ? "passed" : !met && actual.kind === "error" ? "wrong" : "failed",
    expected,
    actual,
    ...(question === undefined ? {} : { question }),
    warnings,
    ...(strict ? { strict: counted } : {}),
    parameters: {
      ...(eot === undefined ? {} : { eot }),
      ...(nodes === undefined ? {} : { nodes }),
      ...(pre === undefined ? {} : { pre }),
      ...(post === undefined ? {} : { post }),
      ...(never === undefined ? {} : { never }),
      ...(promise === undefined ? {} : { promise }),
    },
    files,
    includeDirs,
    executions,
    ...(cached === true ? { cached } : {}),
    milliseconds,
  };
}

export interface TestRun {
  /** Runs the expectations of one file, in this thread or another. */
  readonly run: (file: TestFile) => Promise<Iterable<TestResult>>;
  /** The number of files that run at the same time. */
  readonly jobs: number;
  readonly bail: boolean;
  readonly interrupted: () => boolean;
  /** Called in the order of files and lines, whatever the order in which they end. */
  readonly onResult: (result: TestResult) => void;
}

/** Runs the expectations of many files and counts the results. */
export async function runTests(
  files: readonly TestFile[],
  { run, jobs, bail, interrupted, onResult }: TestRun,
): Promise<TestSummary> {
  const counts = { passed: 0, failed: 0, wrong: 0 };
  let cutShort = false;
  const pending: Promise<Iterable<TestResult>>[] = [];
  let next = 0;
  const start = (): void => {
    const file = files[next++];
    if (file === undefined) return;
    const results = run(file);
    // The rejection is handled when the result is awaited; without this it would count as unhandled until then.
    results.catch(() => undefined);
    pending.push(results);
  };
  for (let i = 0; i < Math.max(1, jobs); i++) start();
  for (let first = pending.shift(); first !== undefined && !cutShort; first = pending.shift()) {
    for (const result of await first) {
      if (interrupted() || (result.actual.kind === "inconclusive" && result.actual.interrupted)) {
        cutShort = true;
        break;
      }
      counts[result.kind]++;
      onResult(result);
      if (bail && result.kind !== "passed") {
        cutShort = true;
        break;
      }
    }
    if (!cutShort) start();
  }
  return { ...counts, cutShort };
}
