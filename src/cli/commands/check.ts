import { dirname, relative } from "node:path";
import { pinLine } from "../../counterexample/replay.js";
import type { CheckReport } from "../../report/check-report.js";
import { check, prepare } from "../../search/check.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { CheckJob } from "../job.js";
import type { Ending } from "../messages.js";
import { envelope, loadFor, refuse } from "./program.js";
import { loadReports } from "./report-files.js";
import { runSearch } from "./search.js";

/** `ldfi check FILE…` */
export async function checkCommand(job: CheckJob, host: Host): Promise<Ending> {
  const loaded = loadFor(job, host);
  if (loaded.kind === "refused") return loaded.ending;
  const { setting, diagnostics } = prepare(loaded.program, job.parameters);
  const all = [...loaded.warnings, ...diagnostics];
  if (setting === undefined) return refuse(job, all);
  const writeReport = await loadReports(job.reports, { envelope: envelope(job), maxTuples: setting.maxTuples });
  return runSearch(
    { job, host, setting, diagnostics: all, writeReport },
    (options) => check(setting, { ...options, all: job.all }),
    (report, ending) => (job.pin ? pin(report, ending, job, host) : ending),
  );
}

/** `--pin`: the counterexample as an expectation at the end of the first file. */
function pin({ verdict, replay }: CheckReport, ending: Ending, job: CheckJob, host: Host): Ending {
  if (verdict.kind !== "violated" || replay === undefined) return ending;
  const [file = "", ...others] = job.files;
  const line = pinLine(replay, others.map((other) => relative(dirname(file), other)));
  const problem = line === undefined ? "a name with a comma cannot be written in a `//! run` line" : host.append(file, line);
  if (problem === undefined) return { ...ending, stderr: `${ending.stderr}ldfi: pinned in ${file}: ${line ?? ""}\n` };
  return { ...ending, stderr: `${ending.stderr}ldfi: the counterexample could not be pinned in ${file}: ${problem}\n`, status: exitStatus("wrong-input") };
}
