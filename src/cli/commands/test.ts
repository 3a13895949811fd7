import { availableParallelism } from "node:os";
import { diskFolders } from "../../disk/disk-folders.js";
import { version } from "../../library/version.js";
import { renderJson } from "../../report/json/json.js";
import { testDocument } from "../../report/json/test-document.js";
import type { JUnitCase } from "../../report/junit.js";
import { renderJUnit } from "../../report/junit.js";
import { junitDiagnostic, lineOf } from "../../report/junit-diagnostic.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { plainStyle } from "../../report/terminal/palette.js";
import { styles } from "../../report/terminal/styles.js";
import { actualInWords, failureLines, renderResult, renderSummary, warningLine } from "../../report/terminal/tests.js";
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
import { WorkerPool } from "../worker-pool.js";

export interface TestJob extends ResultsJob {
  readonly kind: "test";
  readonly paths: readonly string[];
  readonly bail: boolean;
  /** Warnings that count fail an expectation that is met. */
  readonly strict: boolean;
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
  const conflicts = outputConflicts(outputsOf(job), found.files, reader);
  if (conflicts.length > 0)
    return {
      stdout: "",
      stderr: renderReport(conflicts, styles(job.terminal).diagnostics),
      files: [],
      status: exitStatus("wrong-input"),
    };
  const { includeDirs, strict } = job;
  const running = new Set(chosen.filter(({ cases }) => cases.length > 0).map(({ path }) => path));
  const wrong = [
    ...found.diagnostics,
    ...all.flatMap((f) => f.diagnostics),
    ...wrongWithAll(found, all, running, { reader, includeDirs }),
    ...(running.size === 0 ? nothingMatches(job) : []),
  ];
  const diagnostics = withoutRepetition(wrong, reader);

  const session = new Session(job, host, diagnostics, started);
  const deadline = job.timeout === undefined ? Infinity : started + job.timeout * 1000;
  const interrupted = (): boolean => host.interrupted() || performance.now() > deadline;
  const jobs = Math.min(job.jobs ?? Math.min(availableParallelism(), Math.ceil(files.length / 8)), files.length);
  const pool: Pool | undefined =
    jobs > 1 ? new WorkerPool(jobs, host.workerUrl, host.workerData("test-file")) : undefined;
  const onCase = ({ file, line }: TestCase): void => host.progress(`${file}:${line}`, `${file}:${line}`);
  const here = (file: TestFile): Iterable<TestResult> =>
    runFile(file, { reader, includeDirs, strict, inWords: warningSentence, interrupted, onCase });
  const summary = await runTests(files, {
    run: async (file) => (pool === undefined ? here(file) : inThread(file, pool, { includeDirs, strict })),
    jobs,
    bail: job.bail,
    interrupted,
    onResult: (result) => session.add(result),
  });
  await pool?.close();
  return session.ending(summary);
}

type Pool = WorkerPool<TestFileWork, readonly TestResult[]>;

/** The expectations of a file in a thread; where its memory ends, each once more by itself, so that one does not cost the others. */
async function inThread(
  { path, cases }: TestFile,
  pool: Pool,
  options: Pick<TestFileWork, "includeDirs" | "strict">,
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

/** A test run as it is reported: line by line, or as one document at its end. */
class Session {
  private readonly results: TestResult[] = [];
  private heading = "";
  private readonly shown: Diagnostic[] = [];

  constructor(
    private readonly job: TestJob,
    private readonly host: Host,
    private readonly diagnostics: readonly Diagnostic[],
    private readonly started: number,
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

  /** Lines and files that are wrong count as expectations that are not met. */
  ending(counted: TestSummary, milliseconds = performance.now() - this.started): Ending {
    const { job, diagnostics, results } = this;
    const summary: TestSummary = { ...counted, wrong: counted.wrong + diagnostics.length };
    const all = [
      ...diagnostics,
      ...results.flatMap((r) => (r.kind === "wrong" && r.actual.kind === "error" ? r.actual.diagnostics : [])),
    ];
    const shown = withoutRepetition(all, this.host.reader);
    const stderr = renderReport(shown, styles(job.terminal).diagnostics);
    const files = job.reports.map((path) => ({ path, text: this.report(path, summary, milliseconds) }));
    return { stdout: this.closing(summary, milliseconds), stderr, files, status: this.status(summary) };
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

  private closing(summary: TestSummary, milliseconds: number): string {
    switch (this.job.reporter) {
      case "default":
        return renderSummary(summary, milliseconds, styles(this.job.terminal).style);
      case "json":
        return this.json(summary, milliseconds);
      case "junit":
        return this.junit();
      default: {
        const never: never = this.job.reporter;
        return never;
      }
    }
  }

  private report(path: string, summary: TestSummary, milliseconds: number): string {
    if (path.toLowerCase().endsWith(".xml")) return this.junit();
    if (path.toLowerCase().endsWith(".json")) return this.json(summary, milliseconds);
    const rows = this.results.map(
      (r) =>
        `| ${r.kind} | ${r.file}:${r.line} | ${r.name.replaceAll("|", "\\|")} | ${actualInWords(r.actual).replaceAll("|", "\\|")} |\n`,
    );
    const errors = this.diagnostics.map(
      (d) => `| wrong | ${placeOf(d)} | | ${visible(d.message).replaceAll("|", "\\|")} |\n`,
    );
    return `| result | place | expectation | came out |\n| --- | --- | --- | --- |\n${[...rows, ...errors].join("")}\n${summary.passed} passed, ${summary.failed + summary.wrong} failed\n`;
  }

  /** What belongs to no expectation is an error of its own: without it a run that found none would look green. */
  private junit(): string {
    const { pathName } = this.host;
    const results = this.results.map((result) => junitCase(result, pathName));
    const errors = this.diagnostics.map((wrong) => junitDiagnostic(wrong, "ldfi test", pathName));
    return renderJUnit([...results, ...errors]);
  }

  private json(summary: TestSummary, milliseconds: number): string {
    const envelope = { tool: { name: "ldfi", version }, command: "test" };
    return renderJson(testDocument(this.results, summary, this.diagnostics, milliseconds, envelope));
  }

  private status(summary: TestSummary): ExitStatus {
    if (summary.wrong > 0) return exitStatus("wrong-input");
    if (summary.failed > 0) return exitStatus("violated");
    return exitStatus(summary.cutShort ? "inconclusive" : "holds");
  }
}

function junitCase(result: TestResult, pathName: PathName): JUnitCase {
  const { file, line, name, milliseconds, kind, warnings } = result;
  const message = actualInWords(result.actual);
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
        : { kind: kind === "failed" ? "failed" : "error", message, details },
  };
}

/** File and line; nothing where a complaint has none. */
function placeOf(wrong: Diagnostic): string {
  const place = lineOf(wrong);
  return place === undefined ? "" : `${place.file}:${place.line}`;
}
