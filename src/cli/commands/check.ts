import { dirname, relative } from "node:path";
import { pinLine } from "../../evidence/replay.js";
import type { CheckReport } from "../../report/check-report.js";
import { check, prepare } from "../../search/check.js";
import { visible } from "../../source/strings.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import type { Ending } from "../messages.js";
import { envelope, loadFor, refuse } from "./program.js";
import { loadReports } from "./report-files.js";
import type { Deed } from "./search.js";
import { runSearch } from "./search.js";

export interface CheckJob extends SearchJob {
  readonly kind: "check";
  /** Every minimal counterexample. */
  readonly all: boolean;
  readonly pin: boolean;
}

/** `ldfi check FILE…` */
export async function checkCommand(job: CheckJob, host: Host): Promise<Ending> {
  const loaded = loadFor(job, host);
  if (loaded.kind === "refused") return loaded.ending;
  const { setting, diagnostics } = prepare(loaded.program, job.parameters);
  const all = [...loaded.warnings, ...diagnostics];
  if (setting === undefined) return refuse(job, all);
  const writeReport = await loadReports(job.reports, envelope(job));
  return runSearch(
    { job, host, setting, diagnostics: all, writeReport },
    (options) => check(setting, { ...options, all: job.all }),
    (report) => pin(report, job, host),
  );
}

/** `--pin`: the counterexample as an expectation at the end of the first file. */
function pin({ verdict, replay }: CheckReport, job: CheckJob, host: Host): Deed {
  if (!job.pin || verdict.kind !== "violated" || replay === undefined) return { said: "" };
  const [file = "", ...others] = job.files;
  const pinned = pinLine(
    replay,
    others.map((other) => relative(dirname(file), other)),
  );
  const problem = pinned.kind === "line" ? host.append(file, pinned.line) : pinned.reason;
  if (pinned.kind === "line" && problem === undefined)
    return { said: `ldfi: ${visible(`pinned in ${file}: ${pinned.line}`)}\n` };
  return {
    said: `ldfi: ${visible(`the counterexample could not be pinned in ${file}: ${problem ?? ""}`)}\n`,
    status: exitStatus("wrong-input"),
  };
}
