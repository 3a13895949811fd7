import { version } from "../../library/version.js";
import { adviceOn } from "../../program/lint/index.js";
import { loadProgram } from "../../program/load.js";
import type { Program } from "../../program/program.js";
import { githubAnnotations } from "../../report/github.js";
import type { Envelope } from "../../report/json/envelope.js";
import { refusalDocument } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import type { Refusal } from "../../report/refusal.js";
import { renderDiagnostics, renderReport } from "../../report/terminal/diagnostics.js";
import { styles } from "../../report/terminal/styles.js";
import { evaluationDiagnostic } from "../../search/evaluation-diagnostic.js";
import { setUpFor } from "../../search/set-up.js";
import { isLikelyTypo } from "../../source/codes.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { Diagnostics } from "../../source/diagnostic.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { ProgramJob } from "../job.js";
import type { Ending } from "../messages.js";
import { outputConflicts, outputsOf } from "../outputs.js";
import type { ReportFiles } from "./report-files.js";
import { noReportFiles } from "./report-files.js";

export type Loaded =
  | { readonly kind: "loaded"; readonly program: Program; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: "refused"; readonly ending: Ending };

/** The program of a job with its lint warnings, or the command's ending if the program is wrong. */
export function loadFor(job: ProgramJob, host: Host, reports: ReportFiles = noReportFiles): Loaded {
  host.progress("reading", "reading the program");
  const { program: text, trees, diagnostics } = loadProgram(job.files, host.reader, { includeDirs: job.includeDirs });
  const read = trees.map(({ source }) => source.path);
  host.reads([...new Set([...job.files, ...read])], diagnostics.some(isMissingFile));
  const conflicts = outputConflicts(
    outputsOf(job),
    trees.map(({ source }) => source.path),
    host.reader,
  );
  // If one output is refused, no file is written.
  if (conflicts.length > 0) return { kind: "refused", ending: refuse(job, host, conflicts) };
  if (text === undefined) return { kind: "refused", ending: refuse(job, host, diagnostics, reports) };
  const setUp = new Diagnostics();
  const program = setUpFor(text, job.parameters, setUp);
  if (program === undefined)
    return { kind: "refused", ending: refuse(job, host, [...diagnostics, ...setUp.all], reports) };
  return { kind: "loaded", program, warnings: [...diagnostics, ...adviceOn(program, job.parameters)] };
}

function isMissingFile({ code }: Diagnostic): boolean {
  return code === "file-missing" || code === "include-missing";
}

/** The ending of a command whose program or options are wrong: exit status 2. */
export function refuse(
  job: ProgramJob,
  host: Host,
  diagnostics: readonly Diagnostic[],
  reports: ReportFiles = noReportFiles,
): Ending {
  return refusalEnding(job, host, { files: job.files, diagnostics }, reports);
}

/** The ending of a command whose program fails in evaluation. */
export function fail(
  job: ProgramJob,
  host: Host,
  failure: NonNullable<Refusal["failure"]>,
  warnings: readonly Diagnostic[],
  reports: ReportFiles = noReportFiles,
): Ending {
  const { program, error, undecided } = failure;
  const diagnostics = [...warnings, evaluationDiagnostic(program, error, undecided)];
  return refusalEnding(job, host, { files: job.files, diagnostics, failure }, reports);
}

function refusalEnding(job: ProgramJob, host: Host, refusal: Refusal, reports: ReportFiles): Ending {
  const status = exitStatus("wrong-input");
  const files = reports.ofRefusal(refusal);
  const { diagnostics } = refusal;
  if (job.format === "json") return ending(renderJson(refusalDocument(refusal, envelope(job))), "", status, files);
  const annotations = job.format === "github" ? githubAnnotations(diagnostics, host.pathName) : "";
  return ending(annotations, diagnosticText(job, diagnostics), status, files);
}

/** Diagnostics as printed on standard error. */
export function diagnosticText({ terminal }: ProgramJob, diagnostics: readonly Diagnostic[]): string {
  return renderReport(diagnostics, styles(terminal).diagnostics);
}

/** The diagnostics that `-q` shows too: those that most likely point at a misspelling. */
export function quietDiagnosticText({ terminal }: ProgramJob, diagnostics: readonly Diagnostic[]): string {
  const shown = diagnostics.filter(({ code }) => isLikelyTypo(code));
  return shown.length === 0 ? "" : `${renderDiagnostics(shown, styles(terminal).diagnostics)}\n`;
}

export function envelope(job: ProgramJob): Envelope {
  return { tool: { name: "ldfi", version }, command: job.kind };
}

export function ending(stdout: string, stderr: string, status: ExitStatus, files: Ending["files"] = []): Ending {
  return { stdout, stderr, status, files };
}
