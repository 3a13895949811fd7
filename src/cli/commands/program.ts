import type { EvaluationError } from "../../execution/execution.js";
import { lintProgram } from "../../program/lint/index.js";
import { loadProgram } from "../../program/load.js";
import type { Program } from "../../program/program.js";
import { githubAnnotations } from "../../report/github.js";
import type { Envelope } from "../../report/json/envelope.js";
import { errorDocument, failureDocument } from "../../report/json/envelope.js";
import { renderJson } from "../../report/json/json.js";
import { renderDiagnostics } from "../../report/text/diagnostics.js";
import { evaluationDiagnostic } from "../../search/evaluation-diagnostic.js";
import type { Undecided } from "../../search/verdict.js";
import { isSlip } from "../../source/codes.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import { given } from "../given.js";
import type { Host } from "../host.js";
import { styles } from "../host.js";
import type { ProgramJob } from "../job.js";
import type { Ending } from "../messages.js";
import { outputConflicts, outputsOf } from "../outputs.js";
import { version } from "../version.js";

export type Loaded =
  | { readonly kind: "loaded"; readonly program: Program; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: "refused"; readonly ending: Ending };

/** The program of a job, with its lint warnings; or the end of the command, if it is wrong. */
export function loadFor(job: ProgramJob, host: Host): Loaded {
  host.progress("reading", "reading the program");
  const { program, trees, diagnostics } = loadProgram(job.files, host.reader, { includeDirs: job.includeDirs });
  const conflicts = outputConflicts(
    outputsOf(job),
    trees.map(({ source }) => source.path),
    host.reader,
  );
  if (conflicts.length > 0) return { kind: "refused", ending: refuse(job, conflicts) };
  const { pre, post, nodes } = job.parameters;
  if (program === undefined) return { kind: "refused", ending: refuse(job, diagnostics) };
  // What is wrong with the nodes is told with the other parameters.
  const advice = lintProgram(program, given({ pre, post, nodes })).filter(({ code }) => code !== "unknown-node");
  return { kind: "loaded", program, warnings: [...diagnostics, ...advice] };
}

/** The end of a command whose program or options are wrong: exit status 2. */
export function refuse(job: ProgramJob, diagnostics: readonly Diagnostic[]): Ending {
  const status = exitStatus("wrong-input");
  if (job.format === "json")
    return ending(renderJson(errorDocument(job.files, diagnostics, envelope(job))), "", status);
  return ending(annotations(job, diagnostics), complaints(job, diagnostics), status);
}

/** The end of a command whose program fails in evaluation. */
export function fail(
  job: ProgramJob,
  program: Program,
  error: EvaluationError,
  warnings: readonly Diagnostic[],
  undecided?: Undecided,
): Ending {
  const status = exitStatus("wrong-input");
  const all = [...warnings, evaluationDiagnostic(program, error, undecided)];
  if (job.format === "json")
    return ending(renderJson(failureDocument(job.files, program, error, all, envelope(job), undecided)), "", status);
  return ending(annotations(job, all), complaints(job, all), status);
}

/** Diagnostics as they go to standard error. */
export function complaints({ terminal }: ProgramJob, diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "";
  return `${renderDiagnostics(diagnostics, styles(terminal).diagnostics)}\n`;
}

/** Of these only what is most likely a slip: what is told with `-q` too. */
export function slips(job: ProgramJob, diagnostics: readonly Diagnostic[]): string {
  return complaints(
    job,
    diagnostics.filter(({ code }) => isSlip(code)),
  );
}

export function annotations({ format }: ProgramJob, diagnostics: readonly Diagnostic[]): string {
  return format === "github" ? githubAnnotations(diagnostics) : "";
}

export function envelope(job: ProgramJob): Envelope {
  return { tool: { name: "ldfi", version }, command: job.kind };
}

export function ending(stdout: string, stderr: string, status: ExitStatus, files: Ending["files"] = []): Ending {
  return { stdout, stderr, status, files };
}
