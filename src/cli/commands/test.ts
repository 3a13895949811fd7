import { availableParallelism } from "node:os";
import type { TestAnswer } from "../../baseline/answer.js";
import { compareTests } from "../../baseline/compare-tests.js";
import type { Comparison } from "../../baseline/finding.js";
import { regressionsOf } from "../../baseline/finding.js";
import { testAnswer } from "../../baseline/read.js";
import { diskFolders } from "../../disk/disk-folders.js";
import { version } from "../../library/version.js";
import { githubAnnotations, githubCases } from "../../report/github.js";
import { renderJson } from "../../report/json/json.js";
import { resultJson, testDocument } from "../../report/json/test-document.js";
import type { JUnitCase } from "../../report/junit.js";
import { junitCutShort, renderJUnit } from "../../report/junit.js";
import { junitCompared } from "../../report/junit-compared.js";
import { junitDiagnostic, lineOf } from "../../report/junit-diagnostic.js";
import { markdownComparison, markdownSummary } from "../../report/markdown-comparison.js";
import { renderComparison } from "../../report/terminal/comparison.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { plainStyle } from "../../report/terminal/palette.js";
import { styles } from "../../report/terminal/styles.js";
import {
  cutShortInWords,
  failureLines,
  outcomeInWords,
  renderResult,
  renderSummary,
  warningLine,
} from "../../report/terminal/tests.js";
import { warningSentence } from "../../report/text/warning-words.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { PathName } from "../../source/path-name.js";
import { visible } from "../../source/strings.js";
import type { TestCase, TestFile } from "../../testing/discovery.js";
import { expectationsIn, programsAt, readingOnce } from "../../testing/discovery.js";
import type { TestResult, TestSummary } from "../../testing/result.js";
import { outOfMemory, runFile, runTests } from "../../testing/runner.js";
import { filtered, sharded } from "../../testing/shard.js";
import { withoutRepetition, wrongWithAll } from "../../testing/survey.js";
import { ranOutOfMemory } from "../bug-report.js";
import { cutOffEndings } from "../cut-off.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { ResultsJob } from "../job.js";
import { lateTime } from "../late-time.js";
import type { Ending, TestFileWork } from "../messages.js";
import type { Shard } from "../options/values.js";
import { outputConflicts, outputsOf } from "../outputs.js";
import { testBaseline } from "../read-baseline.js";
import { recallBy, verdictCache } from "../verdict-cache.js";
import { WorkerPool } from "../worker-pool.js";

export interface TestJob extends ResultsJob {
  readonly kind: "test";
  readonly paths: readonly string[];
  readonly bail: boolean;
  /** Whether failures are annotated for GitHub, besides the lines for people. */
  readonly annotate: boolean;
  /** Warnings that count fail an expectation that is met. */
  readonly strict: boolean;
  /** Earlier reports with which the results are compared. */
  readonly baselines: readonly string[];
  /** The folder in which verdicts are kept. */
  readonly cache?: string;
  readonly filter?: string;
  /** Worker threads. */
  readonly jobs?: number;
  readonly shard?: Shard;
}

/** `ldfi test PATH…` */
export async function testCommand(job: TestJob, host: Host): Promise<Ending> {
  const started = performance.now();
  host.progress("looking", "looking for expectations");
  const reader = readingOnce(host.reader);
  const found = programsAt(job.paths, diskFolders, reader);
  const all = found.files.map((path) => expectationsIn(path, reader));
  const chosen = filtered(all, job.filter ?? "");
  const files = job.shard === undefined ? chosen : sharded(chosen, job.shard);
  const conflicts = outputConflicts(outputsOf(job), found.files, reader, job.baselines);
  if (conflicts.length > 0) return misused(conflicts, job);
  const baseline = job.baselines.length === 0 ? undefined : testBaseline(job.baselines, found.files, job.strict);
  if (baseline?.kind === "problem") return misused([diagnostic("bad-option", baseline)], job);
  const { includeDirs, strict } = job;
  const running = new Set(chosen.filter(({ cases }) => cases.length > 0).map(({ path }) => path));
  const wrong = [
    ...found.diagnostics,
    ...all.flatMap((f) => f.diagnostics),
    ...wrongWithAll(found, all, running, { reader, includeDirs }),
    ...(running.size === 0 ? nothingMatches(job) : []),
  ];
  const diagnostics = withoutRepetition(wrong, reader);

  const before = baseline === undefined ? undefined : { ...baseline, expected: chosen.flatMap(({ cases }) => cases) };
  const session = new Session(job, host, diagnostics, started, before);
  const deadline = job.timeout === undefined ? Infinity : started + job.timeout * 1000;
  const interrupted = (): boolean => host.interrupted() || performance.now() > deadline;
  const jobs = Math.min(job.jobs ?? Math.min(availableParallelism(), Math.ceil(files.length / 8)), files.length);
  const pool: Pool | undefined =
    jobs > 1 ? new WorkerPool(jobs, host.workerUrl, host.workerData("test-file")) : undefined;
  const onCase = ({ file, line }: TestCase): void => host.progress(`${file}:${line}`, `${file}:${line}`);
  const cache = job.cache === undefined ? undefined : verdictCache(job.cache, host.workerUrl);
  const recall = recallBy(cache);
  const here = (file: TestFile): Iterable<TestResult> =>
    runFile(file, { reader, includeDirs, strict, inWords: warningSentence, interrupted, onCase, ...recall });
  const work = { includeDirs, strict, ...(job.cache === undefined ? {} : { cache: job.cache }) };
  const summary = await runTests(files, {
    run: async (file) => (pool === undefined ? here(file) : inThread(file, pool, work)),
    jobs,
    bail: job.bail,
    interrupted,
    onResult: (result) => session.add(result),
  });
  await pool?.close();
  const ending = session.ending(summary);
  return { ...ending, stderr: ending.stderr + (cache?.problem ?? "") };
}

/** A command line whose options contradict each other. */
function misused(diagnostics: readonly Diagnostic[], { terminal }: TestJob): Ending {
  const stderr = renderReport(diagnostics, styles(terminal).diagnostics);
  return { stdout: "", stderr, files: [], status: exitStatus("wrong-input") };
}

type Pool = WorkerPool<TestFileWork, readonly TestResult[]>;

/** Runs the expectations of a file in a thread; if it runs out of memory, runs each again by itself, so that one does not fail the others. */
async function inThread(
  { path, cases }: TestFile,
  pool: Pool,
  options: Omit<TestFileWork, "path" | "lines">,
): Promise<readonly TestResult[]> {
  try {
    return await pool.run({ path, lines: cases.map(({ line }) => line), ...options });
  } catch (error) {
    if (!ranOutOfMemory(error)) throw error;
    if (cases.length === 1) return cases.map(outOfMemory);
    const results: TestResult[] = [];
    for (const testCase of cases)
      results.push(...(await inThread({ path, cases: [testCase], diagnostics: [] }, pool, options)));
    return results;
  }
}

function nothingMatches({ paths, filter }: TestJob): readonly Diagnostic[] {
  if (filter === undefined) return [];
  const message = `no expectation in ${paths.join(", ")} matches --filter ${filter}`;
  return [diagnostic("bad-option", { message })];
}

/** What the results are compared with. */
interface Before {
  readonly files: readonly string[];
  readonly answer: readonly TestAnswer[];
  /** Every expectation that was selected, whether or not it was run. */
  readonly expected: readonly TestCase[];
}

/** Reports a test run: line by line, or as one document at its end. */
class Session {
  private readonly results: TestResult[] = [];
  private heading = "";
  private readonly shown: Diagnostic[] = [];

  constructor(
    private readonly job: TestJob,
    private readonly host: Host,
    private readonly diagnostics: readonly Diagnostic[],
    private readonly started: number,
    private readonly before: Before | undefined,
  ) {}

  add(result: TestResult): void {
    const { job, host, results } = this;
    results.push(result);
    if (job.reporter === "default" && !(job.quiet && result.kind === "passed")) host.print(this.lines(result));
    const failed = results.filter((r) => r.kind !== "passed").length;
    const soFar: TestSummary = { passed: results.length - failed, failed, wrong: 0, cutShort: true };
    host.progress("testing", `${results.length} expectations run, ${failed} failed`, () =>
      cutOffEndings(() => this.ending(soFar, lateTime)),
    );
  }

  /** Lines and files with errors count as expectations that are not met. */
  ending(counted: TestSummary, milliseconds = performance.now() - this.started): Ending {
    const { job, diagnostics, results } = this;
    const summary: TestSummary = { ...counted, wrong: counted.wrong + diagnostics.length };
    const all = [
      ...diagnostics,
      ...results.flatMap((r) => (r.kind === "wrong" && r.actual.kind === "error" ? r.actual.diagnostics : [])),
    ];
    const shown = withoutRepetition(all, this.host.reader);
    const stderr = renderReport(shown, styles(job.terminal).diagnostics);
    const comparison = this.comparison();
    const files = job.reports.map((path) => ({ path, text: this.report(path, summary, milliseconds, comparison) }));
    const stdout = this.closing(summary, milliseconds, comparison);
    const changed =
      job.annotate && comparison !== undefined
        ? { summary: markdownSummary(`ldfi test ${job.paths.join(" ")}`, comparison) }
        : {};
    return { stdout, stderr, files, status: this.status(summary, comparison), ...changed };
  }

  private comparison(): Comparison | undefined {
    const { before, job } = this;
    if (before === undefined) return undefined;
    const now = this.results.map((result) => testAnswer(resultJson(result), "result", job.strict));
    const { filter = "" } = job;
    const old = before.answer.filter(({ file, name }) => file.includes(filter) || name.includes(filter));
    return { baseline: before.files, findings: compareTests(old, now, before.expected) };
  }

  private lines(result: TestResult): string {
    const { style } = styles(this.job.terminal);
    const heading = result.file === this.heading ? "" : `${style.palette.heading(visible(result.file))}\n`;
    this.heading = result.file;
    return heading + renderResult(result, style, this.notShownYet(result.warnings));
  }

  /** Each warning is shown once, below the first expectation that meets it. */
  private notShownYet(warnings: readonly Diagnostic[]): readonly Diagnostic[] {
    const { reader } = this.host;
    const known = this.shown.length;
    const all = withoutRepetition([...this.shown, ...warnings], reader);
    this.shown.splice(0, known, ...all);
    return all.slice(known);
  }

  private closing(summary: TestSummary, milliseconds: number, comparison: Comparison | undefined): string {
    switch (this.job.reporter) {
      case "default": {
        const { style } = styles(this.job.terminal);
        const compared = comparison === undefined ? "" : renderComparison(comparison, style);
        return this.annotations(summary, comparison) + compared + renderSummary(summary, milliseconds, style);
      }
      case "json":
        return this.json(summary, milliseconds, comparison);
      case "junit":
        return this.junit(summary, comparison);
      default: {
        const never: never = this.job.reporter;
        return never;
      }
    }
  }

  private report(path: string, summary: TestSummary, milliseconds: number, comparison: Comparison | undefined): string {
    if (path.toLowerCase().endsWith(".xml")) return this.junit(summary, comparison);
    if (path.toLowerCase().endsWith(".json")) return this.json(summary, milliseconds, comparison);
    const rows = this.results.map(
      (r) =>
        `| ${r.kind} | ${r.file}:${r.line} | ${r.name.replaceAll("|", "\\|")} | ${outcomeInWords(r).replaceAll("|", "\\|")} |\n`,
    );
    const errors = this.diagnostics.map(
      (d) => `| wrong | ${placeOf(d)} | | ${visible(d.message).replaceAll("|", "\\|")} |\n`,
    );
    const cutShort = summary.cutShort ? `${cutShortInWords}\n\n` : "";
    return `| result | place | expectation | came out |\n| --- | --- | --- | --- |\n${[...rows, ...errors].join("")}\n${cutShort}${summary.passed} passed, ${summary.failed + summary.wrong} failed\n${comparison === undefined ? "" : `\n${markdownComparison(comparison)}`}`;
  }

  private junit(summary: TestSummary, comparison: Comparison | undefined): string {
    return renderJUnit(this.cases(summary, comparison));
  }

  /** On GitHub: what is not met at its line, and the warnings that were shown. */
  private annotations(summary: TestSummary, comparison: Comparison | undefined): string {
    if (!this.job.annotate) return "";
    const { pathName } = this.host;
    return githubCases(this.cases(summary, comparison)) + githubAnnotations(this.shown, pathName);
  }

  /**
   * The results as test cases. An error outside of any expectation is a case of its own, and so are expectations that were not run:
   * otherwise a run that found none, or was cut off, would look successful.
   */
  private cases(summary: TestSummary, comparison: Comparison | undefined): readonly JUnitCase[] {
    const { pathName } = this.host;
    const results = this.results.map((result) => junitCase(result, pathName, comparison !== undefined));
    return [
      ...(comparison === undefined ? results : junitCompared(results, comparison, pathName)),
      ...this.diagnostics.map((wrong) => junitDiagnostic(wrong, "ldfi test", pathName)),
      ...(summary.cutShort ? [junitCutShort(this.status(summary, comparison) === exitStatus("inconclusive"))] : []),
    ];
  }

  private json(summary: TestSummary, milliseconds: number, comparison: Comparison | undefined): string {
    const envelope = { tool: { name: "ldfi", version }, command: "test" };
    return renderJson(testDocument(this.results, summary, this.diagnostics, milliseconds, envelope, comparison));
  }

  private status(summary: TestSummary, comparison: Comparison | undefined): ExitStatus {
    if (summary.wrong > 0) return exitStatus("wrong-input");
    if (comparison !== undefined) {
      if (regressionsOf(comparison).length > 0) return exitStatus("violated");
      const undecided =
        comparison.findings.some(({ weight }) => weight === "undecided") ||
        this.results.some(({ kind, actual }) => kind !== "passed" && actual.kind === "inconclusive");
      return exitStatus(undecided || summary.cutShort ? "inconclusive" : "holds");
    }
    if (summary.failed > 0) return exitStatus("violated");
    return exitStatus(summary.cutShort ? "inconclusive" : "holds");
  }
}

/** `compared`: with a baseline, an undecided expectation is neither a failure nor a success. */
function junitCase(result: TestResult, pathName: PathName, compared: boolean): JUnitCase {
  const { file, line, name, milliseconds, kind, warnings } = result;
  const message = outcomeInWords(result);
  const details = failureLines(result, plainStyle).join("\n");
  return {
    suite: file,
    name,
    file: pathName(file),
    line,
    milliseconds,
    result:
      kind === "passed"
        ? { kind, ...(warnings.length === 0 ? {} : { output: `${warnings.map(warningLine).join("\n")}\n` }) }
        : {
            kind: kind === "failed" && !(compared && result.actual.kind === "inconclusive") ? "failed" : "error",
            message,
            details,
          },
  };
}

/** File and line, if the diagnostic has a place. */
function placeOf(wrong: Diagnostic): string {
  const place = lineOf(wrong);
  return place === undefined ? "" : `${place.file}:${place.line}`;
}
