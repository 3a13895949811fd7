import { diskFolders } from "../../disk/disk-folders.js";
import { loadProgram } from "../../program/load.js";
import { picturedRuns } from "../../repair/pictured.js";
import type { RepairOptions } from "../../repair/repair.js";
import { repair } from "../../repair/repair.js";
import type { EditedFile, RepairResult } from "../../repair/result.js";
import { renderJson } from "../../report/json/json.js";
import { repairDocument } from "../../report/json/repair-document.js";
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
import { diagnosticText, ending, envelope, fail, loadFor, quietDiagnosticText, refuse } from "./program.js";
import { loadRepairReports } from "./repair-reports.js";
import { loadReports } from "./report-files.js";

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
  const own = envelope(job);
  const refusals = await loadReports(job.reports, { envelope: own, pathName: host.pathName });
  const reports = await loadRepairReports(job.reports, own);
  const loaded = loadFor(job, host, refusals);
  if (loaded.kind === "refused") return loaded.ending;
  const { program, warnings } = loaded;
  const { trees } = loadProgram(files, host.reader, { includeDirs });
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
  const context = { files, reader: host.reader, includeDirs, list: diskFolders };
  const { result, setting, diagnostics } = repair(trees, options, context);
  if (result === undefined || setting === undefined) return refuse(job, host, [...warnings, ...diagnostics], refusals);
  if (result.kind === "undecided" && result.result.kind === "error") {
    const { error, undecided } = result.result;
    return fail(job, host, { program, error, ...defined({ undecided }) }, warnings, refusals);
  }
  const bare = written(reportOf(result, diagnostics), job, host);
  if (job.reports.length === 0 || result.kind === "undecided") return bare.ending;
  const pictures =
    "statistics" in result
      ? picturedRuns(setting, result.original, result.kind === "repaired" ? result.repairs : [])
      : undefined;
  return { ...bare.ending, files: reports({ ...bare.report, ...defined({ pictures }) }) };
}

interface Written {
  readonly report: RepairReport;
  readonly ending: Ending;
}

/** `--write`: applies one repair, then reports. */
function written(report: RepairReport, job: RepairJob, host: Host): Written {
  const { write } = job;
  const { result } = report;
  if (write === undefined || result.kind !== "repaired") return { report, ending: endingOf(report, job) };
  const chosen = result.repairs[write - 1];
  const failed = (message: string): Written => {
    const end = endingOf(report, job);
    const stderr = `${end.stderr}ldfi: ${visible(`--write ${write}: ${message}; nothing was written`)}\n`;
    return { report, ending: { ...end, stderr, status: exitStatus("wrong-input") } };
  };
  if (chosen === undefined) return failed(`there is no repair ${write}, the last is ${result.repairs.length}`);
  const done: EditedFile[] = [];
  for (const file of chosen.files) {
    const problem = host.replace(file.path, file.before, file.after);
    if (problem === undefined) {
      done.push(file);
      continue;
    }
    // All files or none.
    for (const { path, before, after } of done) host.replace(path, after, before);
    return failed(`${file.path} could not be written: ${problem}`);
  }
  const whole = { ...report, written: write };
  const end = endingOf(whole, job);
  const paths = chosen.files.map(({ path }) => path).join(", ");
  const stderr = `${end.stderr}ldfi: ${visible(`repair ${write} was written to ${paths}`)}\n`;
  return { report: whole, ending: { ...end, stderr } };
}

/** Without report files. */
function endingOf(report: RepairReport, job: RepairJob): Ending {
  const { style } = styles(job.terminal);
  const { result, diagnostics } = report;
  switch (job.format) {
    case "json":
      return ending(renderJson(repairDocument(report, envelope(job))), "", statusOf(result));
    case "pretty":
    case "github": {
      const text = job.quiet ? `${repairLine(report, style)}\n` : renderRepair(report, style);
      const shown = job.quiet ? quietDiagnosticText : diagnosticText;
      return ending(text, shown(job, diagnostics), statusOf(result));
    }
    default: {
      const never: never = job.format;
      return never;
    }
  }
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
