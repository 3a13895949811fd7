import type { CheckReport } from "../../report/check-report.js";
import { estimateDocument } from "../../report/json/estimate-document.js";
import { renderJson } from "../../report/json/json.js";
import { progressLine } from "../../report/terminal/progress.js";
import { estimateInWords } from "../../report/text/estimate-words.js";
import type { CheckOptions } from "../../search/check.js";
import { check, prepare } from "../../search/check.js";
import { estimate } from "../../search/estimate.js";
import type { Setting } from "../../search/search.js";
import type { CheckResult } from "../../search/verdict.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { wordsOf } from "../command-words.js";
import { exitStatus } from "../exit-status.js";
import { solveWith } from "../external-solver.js";
import type { Host } from "../host.js";
import type { SearchJob } from "../job.js";
import type { Ending } from "../messages.js";
import { outputConflicts, outputsOf } from "../outputs.js";
import { pin, pinObstacle } from "../pin.js";
import { readRates } from "../rates.js";
import type { VerdictCache } from "../verdict-cache.js";
import { envelope, loadFor, refuse } from "./program.js";
import { loadReports } from "./report-files.js";
import type { FollowUp, Search } from "./search.js";
import { runSearch } from "./search.js";

export interface CheckJob extends SearchJob {
  readonly kind: "check";
  /** Every minimal counterexample. */
  readonly all: boolean;
  readonly pin: boolean;
  /** The folder in which verdicts are kept. */
  readonly cache?: string;
  /** Check again on every save; the main thread does this. */
  readonly watch: boolean;
  /** Estimate how long the check would take instead of doing it. */
  readonly estimate: boolean;
}

/** `ldfi check FILE…` */
export async function checkCommand(job: CheckJob, host: Host): Promise<Ending> {
  const reports = await loadReports(job.reports, { envelope: envelope(job), pathName: host.pathName });
  const loaded = loadFor(job, host, reports);
  if (loaded.kind === "refused") return loaded.ending;
  const obstacle = job.pin ? pinObstacle(job.files, host) : undefined;
  if (obstacle !== undefined) {
    const help = "name a writable file of the program first, or omit --pin";
    return refuse(job, host, [diagnostic("bad-option", { message: `--pin: ${obstacle}`, help })], reports);
  }
  const rates = job.ratesFile === undefined ? undefined : readRates(job.ratesFile);
  if (rates?.kind === "problem") return refuse(job, host, [diagnostic("bad-option", rates)], reports);
  const comparing = job.baseline === undefined ? undefined : await comparingWith(job.baseline, job, host);
  if (comparing?.kind === "refused")
    return refuse(job, host, comparing.diagnostics, comparing.mayReport ? reports : undefined);
  const words = job.solver === undefined ? undefined : wordsOf(job.solver);
  const solver = words === undefined ? undefined : { words };
  const proofs = job.proof === undefined ? undefined : await import("./proof.js");
  const unprovable = proofs?.proofObstacle(job, solver);
  if (unprovable !== undefined) return refuse(job, host, [diagnostic("bad-option", unprovable)], reports);
  const { setting, diagnostics } = prepare(loaded.program, job.parameters);
  const all = [...loaded.warnings, ...diagnostics];
  if (setting === undefined) return refuse(job, host, all, reports);
  if (job.estimate) return estimated(setting, job, host);
  const cache = await cacheFor(job, host);
  let cnf: string | undefined;
  return runSearch(
    {
      job: rates === undefined ? job : { ...job, rates: [...rates.list, ...(job.rates ?? [])] },
      host,
      setting,
      diagnostics: all,
      reports,
      ...(comparing === undefined ? {} : { compare: comparing.compare }),
    },
    (options) => {
      const asked: CheckOptions = {
        ...options,
        all: job.all,
        ...(solver === undefined ? {} : { solver: (formula: string) => solveWith(solver, formula, host).answer }),
        // Writing the formula costs as much as building it, so it is written only on request.
        ...(job.proof === undefined
          ? {}
          : {
              onDimacs: (text: string) => {
                cnf = text;
                options.onDimacs?.(text);
              },
            }),
      };
      const decide = (): CheckResult => check(setting, asked);
      return cache === undefined ? decide() : cache.check(setting, asked, decide, job.solver);
    },
    (report) => {
      if (ranOutOfHeap(report)) return { message: strongerSolver(host) };
      const pin = pinned(report, job, host);
      const kept = { ...pin, message: pin.message + (cache?.problem ?? "") };
      if (job.proof === undefined || proofs === undefined) return kept;
      const proof = proofs.writeProof(
        { program: loaded.program, verdict: report.verdict, cnf },
        { ...job, proof: job.proof },
        solver,
        host,
      );
      return { ...proof, ...kept, message: kept.message + proof.message };
    },
  );
}

/** `--cache`, or what the thread of `--watch` remembers. The code is loaded only where there is either. */
async function cacheFor(job: CheckJob, { remembered, workerUrl }: Host): Promise<VerdictCache | undefined> {
  if (job.cache !== undefined) return (await import("../verdict-cache.js")).verdictCache(job.cache, workerUrl);
  return remembered === undefined ? undefined : (await import("../verdict-cache.js")).rememberedVerdicts(remembered);
}

type Comparing =
  | { readonly kind: "comparing"; readonly compare: NonNullable<Search["compare"]> }
  /** `mayReport`: no requested report would replace a file that is needed. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[]; readonly mayReport: boolean };

/** `--baseline`. Its code is loaded only if the option is given. */
async function comparingWith(path: string, job: CheckJob, host: Host): Promise<Comparing> {
  const replaced = outputConflicts(outputsOf(job), [], host.reader, [path]);
  if (replaced.length > 0) return { kind: "refused", diagnostics: replaced, mayReport: false };
  const { checkBaseline, compareWith } = await import("../read-baseline.js");
  const baseline = checkBaseline(path, job.files, job.strict);
  if (baseline.kind === "problem")
    return { kind: "refused", diagnostics: [diagnostic("bad-option", baseline)], mayReport: true };
  return { kind: "comparing", compare: compareWith(baseline, job.strict) };
}

/** Whether the built-in solver's heap was full. */
function ranOutOfHeap({ verdict, solver }: CheckReport): boolean {
  return (
    verdict.kind === "inconclusive" &&
    verdict.reason === "memory" &&
    verdict.statistics.clauses > 0 &&
    solver === undefined
  );
}

/** What to do then. */
function strongerSolver(host: Host): string {
  const known = ["cadical", "kissat", "picosat", "minisat"].find((name) => host.onPath(name));
  return known === undefined
    ? "ldfi: try a solver that can use more memory, such as --solver cadical\n"
    : `ldfi: ${known} is on the PATH and may get further: --solver ${known}\n`;
}

/** `--estimate` */
function estimated(setting: Setting, job: CheckJob, host: Host): Ending {
  const { eot: _eot, eff: _eff, crashes: _crashes, ...parameters } = job.parameters;
  const found = estimate(setting, {
    ...parameters,
    timeout: job.timeout,
    interrupted: host.interrupted,
    onProgress: (progress) => host.progress(`estimate ${progress.kind}`, progressLine(progress)),
  });
  const text =
    job.format === "json" ? renderJson(estimateDocument(found, job.files, envelope(job))) : estimateInWords(found);
  return { stdout: text, stderr: "", files: [], status: exitStatus("holds") };
}

/** `--pin`; exit status 2 if the line could not be added. */
function pinned({ verdict, replay }: CheckReport, job: CheckJob, host: Host): FollowUp {
  if (!job.pin || verdict.kind !== "violated" || replay === undefined) return { message: "" };
  const { kind, message } = pin(replay, host);
  return kind === "failed" ? { message, status: exitStatus("wrong-input") } : { message };
}
