import { lintProgram } from "../../program/lint/index.js";
import { loadProgram } from "../../program/load.js";
import type { RepairOptions } from "../../repair/repair.js";
import { repair } from "../../repair/repair.js";
import type { RepairResult } from "../../repair/result.js";
import { renderJson } from "../../report/json/json.js";
import { repairDocument } from "../../report/json/repair-document.js";
import { markdownRepair } from "../../report/markdown-repair.js";
import type { RepairReport } from "../../report/repair-report.js";
import { renderRepair, repairLine, repairProgressLine } from "../../report/terminal/repair.js";
import { styles } from "../../report/terminal/styles.js";
import { visible } from "../../source/strings.js";
import { cutOffDetail, cutOffEndings } from "../cut-off.js";
import { defined } from "../defined.js";
import type { ExitStatus } from "../exit-status.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { ProgramJob } from "../job.js";
import type { Ending } from "../messages.js";
import type { Options } from "../options/table.js";
import { outputConflicts, outputsOf } from "../outputs.js";
import { diagnosticText, ending, envelope, fail, quietDiagnosticText, refuse } from "./program.js";

export interface RepairJob extends ProgramJob {
  readonly kind: "repair";
  readonly parameters: Options<"repair", "budget" | "bounds" | "specification" | "search" | "limits">;
  readonly maxRepairs?: number;
  readonly maxEdits?: number;
  /** The number of the repair to apply, from 1. */
  readonly write?: number;
}

/** `ldfi repair FILE…` */
export async function repairCommand(job: RepairJob, host: Host): Promise<Ending> {
  const { files, includeDirs, parameters, timeout, maxRepairs, maxEdits } = job;
  host.progress("reading", "reading the program");
  const { program, trees, diagnostics } = loadProgram(files, host.reader, { includeDirs });
  const sources = trees.map(({ source }) => source.path);
  const conflicts = outputConflicts(outputsOf(job), sources, host.reader);
  if (conflicts.length > 0) return refuse(job, host, conflicts);
  if (program === undefined) return refuse(job, host, diagnostics);
  const { pre, post, never, nodes } = parameters;
  const advice = lintProgram(program, defined({ pre, post, never, nodes })).filter(
    ({ code }) => code !== "unknown-node",
  );
  const warnings = [...diagnostics, ...advice];
  const reportOf = (result: RepairResult, others: RepairReport["diagnostics"] = []): RepairReport => ({
    program,
    files,
    result,
    diagnostics: [...warnings, ...others],
  });
  const options: RepairOptions = {
    ...parameters,
    ...defined({ timeout, maxRepairs, maxEdits }),
    interrupted: host.interrupted,
    onRepairProgress: (progress, soFar) =>
      host.progress(`repair ${progress.accepted}`, repairProgressLine(progress), () =>
        cutOffEndings((reason) =>
          endingOf(reportOf(soFar({ kind: "stopped", reason, detail: cutOffDetail(reason, job) })), job),
        ),
      ),
  };
  const { result, diagnostics: prepared } = repair(trees, options, { files, reader: host.reader, includeDirs });
  if (result === undefined) return refuse(job, host, [...warnings, ...prepared]);
  if (result.kind === "undecided" && result.result.kind === "error")
    return fail(
      job,
      host,
      { program, error: result.result.error, ...defined({ undecided: result.result.undecided }) },
      warnings,
    );
  return written(reportOf(result, prepared), job, host);
}

/** `--write`: applies one repair, then reports. */
function written(report: RepairReport, job: RepairJob, host: Host): Ending {
  const { write } = job;
  const { result } = report;
  if (write === undefined || result.kind !== "repaired") return endingOf(report, job);
  const chosen = result.repairs[write - 1];
  const failed = (message: string): Ending => {
    const end = endingOf(report, job);
    return { ...end, stderr: `${end.stderr}ldfi: ${visible(message)}\n`, status: exitStatus("wrong-input") };
  };
  if (chosen === undefined)
    return failed(
      `--write ${write}: there is no repair ${write}, the last is ${result.repairs.length}; nothing was written`,
    );
  const done: (typeof chosen.files)[number][] = [];
  for (const file of chosen.files) {
    const problem = host.replace(file.path, file.before, file.after);
    if (problem === undefined) {
      done.push(file);
      continue;
    }
    // All files or none.
    for (const { path, before, after } of done) host.replace(path, after, before);
    return failed(`--write ${write}: ${file.path} could not be written: ${problem}; nothing was written`);
  }
  const end = endingOf({ ...report, written: write }, job);
  const paths = chosen.files.map(({ path }) => path).join(", ");
  return { ...end, stderr: `${end.stderr}ldfi: ${visible(`repair ${write} was written to ${paths}`)}\n` };
}

function endingOf(report: RepairReport, job: RepairJob): Ending {
  const { style } = styles(job.terminal);
  const json = (): string => renderJson(repairDocument(report, envelope(job)));
  const text =
    job.format === "json" ? json() : job.quiet ? `${repairLine(report, style)}\n` : renderRepair(report, style);
  const shown = job.quiet ? quietDiagnosticText : diagnosticText;
  const files = job.reports.map((path) => ({ path, text: path.endsWith(".md") ? markdownRepair(report) : json() }));
  return ending(text, job.format === "json" ? "" : shown(job, report.diagnostics), statusOf(report.result), files);
}

function statusOf(result: RepairResult): ExitStatus {
  switch (result.kind) {
    case "repaired":
    case "nothing-to-repair":
      return exitStatus("holds");
    case "improved":
    case "not-repaired":
      return exitStatus(result.stopped === undefined ? "violated" : "inconclusive");
    case "undecided":
      return exitStatus("inconclusive");
    default: {
      const never: never = result;
      return never;
    }
  }
}
