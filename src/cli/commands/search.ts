import type { Comparison } from "../../baseline/finding.js";
import { regressionsOf } from "../../baseline/finding.js";
import { Evidence } from "../../evidence/evidence.js";
import type { Replay } from "../../evidence/replay.js";
import type { Stopped } from "../../execution/stopped.js";
import { Rates } from "../../faults/rates.js";
import { givenInputs } from "../../program/chosen-inputs.js";
import type { CheckReport, Question } from "../../report/check-report.js";
import { isGreen } from "../../report/check-report.js";
import { githubCheck } from "../../report/github.js";
import { checkDocument } from "../../report/json/check-document.js";
import type { JsonObject } from "../../report/json/json.js";
import { renderJson } from "../../report/json/json.js";
import { markdownSummary } from "../../report/markdown-comparison.js";
import { progressLine } from "../../report/terminal/progress.js";
import { styles } from "../../report/terminal/styles.js";
import { renderCheck, verdictLine } from "../../report/terminal/verdict.js";
import { comparisonInBrief, findingInWords } from "../../report/text/comparison-words.js";
import { strictSentence } from "../../report/text/verdict-words.js";
import { riskOf } from "../../risk/risk.js";
import type { CheckOptions } from "../../search/check.js";
import { marginOf, undecidedMargin } from "../../search/margin.js";
import type { Setting } from "../../search/search.js";
import { countedByStrict } from "../../search/strict.js";
import type { CheckResult, Counterexample, Inconclusive, Progress, Verdict } from "../../search/verdict.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { visible } from "../../source/strings.js";
import { cutOffDetail, cutOffEndings } from "../cut-off.js";
import { defined } from "../defined.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import { lateTime } from "../late-time.js";
import type { CutOff, CutOffEndings, Ending } from "../messages.js";
import { notWritten } from "../outputs.js";
import { diagnosticText, ending, envelope, fail, quietDiagnosticText } from "./program.js";
import type { ReportFiles } from "./report-files.js";
import { noReportFiles } from "./report-files.js";

/* What `check` and `break` have in common: a search with progress, and its verdict in every format. */

export interface Search {
  readonly job: SearchJob;
  readonly host: Host;
  readonly setting: Setting;
  readonly diagnostics: readonly Diagnostic[];
  readonly question?: Question;
  /** Compares the answer, as a document, with an earlier one. */
  readonly compare?: (document: JsonObject) => Comparison;
  /** The files that `--report` names. */
  readonly reports?: ReportFiles;
  /** The file of the checked proof, once there is one. */
  readonly proof?: string;
}

/** The result of what is done as soon as the verdict is known. */
export interface FollowUp {
  /** For standard error. */
  readonly message: string;
  /** The exit status, if not that of the verdict. */
  readonly status?: ExitStatus;
  /** The file to which a checked proof was written. */
  readonly proof?: string;
}

/** Runs a search and returns the command's ending. A verdict is passed to `found` before it is reported. */
export function runSearch(
  asked: Search,
  work: (options: CheckOptions) => CheckResult,
  found: (report: CheckReport) => FollowUp = () => ({ message: "" }),
): Ending {
  const { job, host } = asked;
  const began = performance.now();
  host.asked?.(asked.setting.budget.nodes.length, asked.setting.budget.eot);
  let dimacs = job.dimacs === undefined ? "" : notWritten(job.dimacs, ": no solver was needed");
  let unwritable = false;
  /** Written at once, so that another solver can start while this one works. */
  const write = (path: string, text: string): void => {
    const problem = host.write(path, text);
    unwritable = problem !== undefined;
    dimacs = problem === undefined ? "" : `ldfi: ${visible(path)} could not be written: ${problem}\n`;
  };
  const result = work({
    ...job.parameters,
    timeout: job.timeout,
    interrupted: host.interrupted,
    onProgress: (progress, soFar) => {
      const { known } = progress;
      if (progress.kind === "building" || progress.kind === "encoding") host.built?.(progress.nodes);
      const words = () => cutOffEndings((reason) => cutOffEnding(reason, progress, soFar, asked));
      host.progress(`${progress.kind} ${known.ruledOut ?? ""}`, progressLine(progress), words);
    },
    ...(job.dimacs === undefined ? {} : { onDimacs: (text: string) => write(job.dimacs ?? "", text) }),
  });
  if (result.kind === "error") return failed(result, asked);
  const { message, status, proof } = found(bareReport(asked, result.verdict));
  const search = { ...asked, ...defined({ proof }) };
  const whole = (end: Ending): Ending => ({
    ...end,
    stderr: end.stderr + dimacs + message,
    status: unwritable ? exitStatus("wrong-input") : (status ?? end.status),
  });
  // From here on the verdict is known: only its explanation can be cut off.
  host.progress("reporting", "reporting what was found", () =>
    cutOffEndings((reason) => whole(verdictAlone(search, result.verdict, reason))),
  );
  const report = withRisk(reportOf(search, result.verdict), search, began, whole);
  return whole(endingOf(withMargin(report, search, began, whole), search));
}

/** The ending of a search that was cut off from outside: what is certain by then, if anything. */
function cutOffEnding(
  reason: CutOff,
  progress: Progress,
  soFar: (stop: Stopped) => CheckResult,
  search: Search,
): Ending {
  const { job } = search;
  const result = soFar({ kind: "stopped", reason, detail: cutOffDetail(reason, job) });
  if (result.kind === "error") return failed(result, search);
  if (result.verdict.kind === "violated") return verdictAlone(search, result.verdict, reason);
  return endingOf(reportOf(search, cutOff(result.verdict, reason, progress, search)), search);
}

function failed(
  { error, undecided }: Extract<CheckResult, { readonly kind: "error" }>,
  { job, host, setting, diagnostics, reports }: Search,
): Ending {
  return fail(job, host, { program: setting.program, error, ...defined({ undecided }) }, diagnostics, reports);
}

/** `--rate` */
function withRisk(report: CheckReport, search: Search, began: number, whole: (end: Ending) => Ending): CheckReport {
  const { job, setting } = search;
  if (job.rates === undefined) return report;
  const limits = furtherQuestion("risk", search, began, (reason) =>
    whole(endingOf({ ...report, risk: { kind: "none", why: cutOffDetail(reason, job) } }, search)),
  );
  return { ...report, risk: riskOf(setting, new Rates(job.rates), limits) };
}

/** `--margin` */
function withMargin(report: CheckReport, search: Search, began: number, whole: (end: Ending) => Ending): CheckReport {
  const { job, setting } = search;
  if (!job.margin || report.verdict.kind !== "holds") return report;
  const limits = furtherQuestion("margin", search, began, () =>
    whole(endingOf({ ...report, margin: undecidedMargin(setting) }, search)),
  );
  return { ...report, margin: marginOf(setting, { ...job.parameters, ...limits }) };
}

/** The limits of a further question: it has the time that is left, and if it is cut off, the answers before it are kept. */
function furtherQuestion(
  name: string,
  { job, host }: Search,
  began: number,
  ifCutOff: (reason: CutOff) => Ending,
): Required<Pick<CheckOptions, "timeout" | "interrupted">> & { readonly onProgress: (progress: Progress) => void } {
  const { timeout } = job;
  // They are whole reports, and the same at every stage.
  let endings: CutOffEndings | undefined;
  return {
    timeout: timeout === undefined ? undefined : Math.max(0, timeout - (performance.now() - began) / 1000),
    interrupted: host.interrupted,
    onProgress: (progress) =>
      host.progress(`${name} ${progress.kind}`, progressLine(progress), () => (endings ??= cutOffEndings(ifCutOff))),
  };
}

/** A verdict without what takes time: no explanation, and no report files. */
function verdictAlone(search: Search, verdict: Verdict, reason: CutOff): Ending {
  const { job } = search;
  const brief = endingOf(bareReport(search, verdict), search, true);
  const unwritten = job.reports.map((path) => notWritten(path));
  return {
    ...brief,
    stderr: `${brief.stderr}ldfi: ${cutOffDetail(reason, job)} before all of it was reported\n${unwritten.join("")}`,
  };
}

/** The verdict with the command that replays it. */
function bareReport(search: Search, verdict: Verdict): CheckReport {
  const { compare, job } = search;
  const report = uncompared(search, verdict);
  return compare === undefined ? report : { ...report, comparison: compare(checkDocument(report, envelope(job))) };
}

function uncompared({ job, setting, diagnostics, question, proof }: Search, verdict: Verdict): CheckReport {
  const strict = job.strict ? countedByStrict(verdict, diagnostics) : undefined;
  const { solver } = job;
  const bare = {
    program: setting.program,
    files: job.files,
    verdict,
    diagnostics,
    ...defined({ question, strict, solver, proof }),
  };
  if (verdict.kind !== "violated") return bare;
  return { ...bare, replay: replayOf(job, verdict.budget.eot, verdict.counterexample, question) };
}

/** The verdict with the evidence that its reports may ask for; `break` needs none. */
function reportOf(search: Search, verdict: Verdict): CheckReport {
  const { job, setting, question } = search;
  const evidence = question === undefined ? new Evidence(verdict, setting.maxTuples) : undefined;
  return { ...bareReport(search, verdict), verbose: job.verbose, ...defined({ evidence }) };
}

function replayOf(
  job: SearchJob,
  eot: number,
  { schedule, execution }: Counterexample,
  question: Question | undefined,
): Replay {
  const given = givenInputs(execution.program, execution.inputs);
  const inputs = given.length === 0 ? undefined : given;
  const { nodes, pre, post, never, promise, maxTuples } = job.parameters;
  const ask =
    question === undefined
      ? undefined
      : ({ question: question.appear ? "why" : "why-not", tuple: question.tuple } as const);
  return {
    files: job.files,
    eot,
    includeDirs: job.includeDirs,
    schedule,
    ...defined({ nodes, pre, post, never, promise, maxTuples, ask, inputs }),
  };
}

/** The verdict of a search that was cut off from outside. The time until then is filled in when that happens. */
function cutOff(soFar: Verdict, reason: CutOff, during: Progress, { job }: Search): Inconclusive {
  const { budget, specification, strategy, statistics } = soFar;
  return {
    kind: "inconclusive",
    budget,
    specification,
    strategy,
    method: "failure-free",
    statistics: { ...statistics, times: { ...statistics.times, total: lateTime } },
    warnings: [],
    reason,
    detail: cutOffDetail(reason, job),
    known: during.known,
    during,
  };
}

/** `brief`: without files, and without what takes more runs. */
function endingOf(report: CheckReport, search: Search, brief = false): Ending {
  const { job, host, reports = noReportFiles } = search;
  const status = statusOf(report);
  const files = brief ? [] : reports.of(report);
  const { style } = styles(job.terminal);
  switch (job.format) {
    case "json":
      return ending(renderJson(checkDocument(report, envelope(job))), "", status, files);
    case "pretty":
    case "github": {
      const text = job.quiet ? `${verdictLine(report, style)}\n` : renderCheck(report, style);
      const annotated = job.format === "github" ? text + githubCheck(report, host.pathName) : text;
      const notes = job.quiet ? quietText(search, report) : diagnosticText(job, report.diagnostics);
      return { ...ending(annotated, notes, status, files), ...jobSummary(report, job) };
    }
    default: {
      const never: never = job.format;
      return never;
    }
  }
}

/** On GitHub, the result of `--baseline`. */
function jobSummary({ comparison }: CheckReport, { format, files }: SearchJob): Pick<Ending, "summary"> {
  return format === "github" && comparison !== undefined
    ? { summary: markdownSummary(`ldfi check ${files.join(" ")}`, comparison) }
    : {};
}

function statusOf(report: CheckReport): ExitStatus {
  const { verdict } = report;
  // A failing solver is a mistake on the command line, like a missing file.
  if (verdict.kind === "inconclusive" && verdict.reason === "solver") return exitStatus("wrong-input");
  if (isGreen(report)) return exitStatus("holds");
  if (report.comparison === undefined) return exitStatus(verdict.kind === "holds" ? "violated" : verdict.kind);
  // A certain regression takes precedence over what is undecided.
  return exitStatus(regressionsOf(report.comparison).length > 0 ? "violated" : "inconclusive");
}

/** The diagnostics that `-q` shows: likely misspellings, and the reasons for which `--strict` fails. */
function quietText({ job }: Search, { diagnostics, strict = [], comparison }: CheckReport): string {
  const why = strict.length === 0 ? "" : `ldfi: ${strictSentence(strict)}\n`;
  const worse = comparison === undefined ? [] : regressionsOf(comparison);
  const words = comparison === undefined ? [] : [comparisonInBrief(comparison), ...worse.map((f) => findingInWords(f))];
  return quietDiagnosticText(job, diagnostics) + why + words.map((line) => `ldfi: ${line}\n`).join("");
}
