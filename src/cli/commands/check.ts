import type { CheckReport } from "../../report/check-report.js";
import { check, prepare } from "../../search/check.js";
import { diagnostic } from "../../source/diagnostic.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import type { Ending } from "../messages.js";
import { pin, pinObstacle } from "../pin.js";
import { envelope, loadFor, refuse } from "./program.js";
import { loadReports } from "./report-files.js";
import type { FollowUp } from "./search.js";
import { runSearch } from "./search.js";

export interface CheckJob extends SearchJob {
  readonly kind: "check";
  /** Every minimal counterexample. */
  readonly all: boolean;
  readonly pin: boolean;
}

/** `ldfi check FILE…` */
export async function checkCommand(job: CheckJob, host: Host): Promise<Ending> {
  const reports = await loadReports(job.reports, { envelope: envelope(job), pathName: host.pathName });
  const loaded = loadFor(job, host, reports);
  if (loaded.kind === "refused") return loaded.ending;
  const obstacle = job.pin ? pinObstacle(job.files, host) : undefined;
  if (obstacle !== undefined) {
    const help = "name a file of the program first that can be written, or leave --pin out";
    return refuse(job, host, [diagnostic("bad-option", { message: `--pin: ${obstacle}`, help })], reports);
  }
  const { setting, diagnostics } = prepare(loaded.program, job.parameters);
  const all = [...loaded.warnings, ...diagnostics];
  if (setting === undefined) return refuse(job, host, all, reports);
  return runSearch(
    { job, host, setting, diagnostics: all, reports },
    (options) => check(setting, { ...options, all: job.all }),
    (report) => pinned(report, job, host),
  );
}

/** `--pin`; exit status 2 if the line could not be added. */
function pinned({ verdict, replay }: CheckReport, job: CheckJob, host: Host): FollowUp {
  if (!job.pin || verdict.kind !== "violated" || replay === undefined) return { message: "" };
  const { kind, message } = pin(replay, host);
  return kind === "failed" ? { message, status: exitStatus("wrong-input") } : { message };
}
