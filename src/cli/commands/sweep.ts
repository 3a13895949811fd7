import type { StopReason } from "../../execution/stopped.js";
import { boundRows } from "../../faults/bounds.js";
import type { Bounds } from "../../faults/budget.js";
import { inferNodes } from "../../program/nodes.js";
import type { Program } from "../../program/program.js";
import { renderJson } from "../../report/json/json.js";
import { frontierDocument, sweepDocument } from "../../report/json/sweep-document.js";
import type { FrontierReport, SweepReport } from "../../report/sweep-report.js";
import { frontierLine, renderFrontier } from "../../report/terminal/frontier.js";
import { progressLine } from "../../report/terminal/progress.js";
import { styles } from "../../report/terminal/styles.js";
import { place, renderSweep, sweepLine } from "../../report/terminal/sweep.js";
import { DEFAULT_EOT, numericBounds } from "../../search/bounds.js";
import { prepare } from "../../search/check.js";
import type { FrontierResult, Ranges } from "../../search/frontier.js";
import { frontier, frontierConclusion, rowLength } from "../../search/frontier.js";
import { setUpForAdvice } from "../../search/set-up.js";
import type { Step, StepOptions } from "../../search/step.js";
import type { SweepResult } from "../../search/sweep.js";
import { conclusionOf, sweep, UNDISTURBED_LIMIT } from "../../search/sweep.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { formatNames } from "../../source/names.js";
import { cutOffEndings } from "../cut-off.js";
import { defined } from "../defined.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { ProgramJob } from "../job.js";
import type { Ending } from "../messages.js";
import type { Options } from "../options/table.js";
import { asksForFrontier } from "../sweep-ranges.js";
import { diagnosticText, ending, envelope, fail, loadFor, quietDiagnosticText, refuse } from "./program.js";

export interface SweepJob extends ProgramJob {
  readonly kind: "sweep";
  readonly parameters: Options<"sweep", "budget" | "bounds" | "specification" | "search" | "limits">;
  /** With `eot`, `eff` or several numbers of crashes: the frontier over these budgets. */
  readonly ranges: Options<"sweep", "ranges">;
}

/** `ldfi sweep FILE…`: growing parameters, or with ranges the frontier. */
export function sweepCommand(job: SweepJob, host: Host): Ending {
  const loaded = loadFor(job, host);
  if (loaded.kind === "refused") return loaded.ending;
  const { program, warnings } = loaded;
  const ranges = asksForFrontier(job.ranges) ? rangesOf(job, program) : undefined;
  if (ranges?.kind === "refused") return refuse(job, host, [...warnings, ...ranges.diagnostics]);
  const eot = ranges?.ranges.eot.to ?? job.ranges.maxEot ?? UNDISTURBED_LIMIT;
  const crashes = ranges?.ranges.crashes.to ?? job.ranges.crashes?.to ?? 0;
  const { setting, diagnostics } = prepare(program, { ...job.parameters, eot, eff: eot - 1, crashes });
  const all = [...warnings, ...diagnostics];
  if (setting === undefined) return refuse(job, host, all);
  const { specification } = setting;
  const options = wordsOf(job);
  const common = {
    program,
    files: job.files,
    specification,
    diagnostics: all,
    bounds: boundsOf(job),
    options,
    ...defined({ timeout: job.timeout }),
  };
  if (ranges === undefined) {
    const endingNow = (result: SweepResult): Ending => sweepEnding({ ...common, result }, job, host);
    const { maxEot, patience } = job.ranges;
    const watched = watching(job, host, endingNow);
    return endingNow(sweep(program, { ...watched, crashes, ...defined({ maxEot, patience }) }));
  }
  const endingNow = (result: FrontierResult): Ending => frontierEnding({ ...common, result }, job, host);
  return endingNow(frontier(program, { ...watching(job, host, endingNow), ranges: ranges.ranges }));
}

type Announced<R> = (step: Step, soFar: (reason: StopReason) => R) => void;

/** The options of every step, with progress: the step that ended last, and the work on the next. */
function watching<R>(
  job: SweepJob,
  host: Host,
  endingNow: (result: R) => Ending,
): StepOptions & { readonly onStep: Announced<R> } {
  let behind = "";
  let number = 0;
  const { timeout } = job;
  return {
    ...job.parameters,
    ...defined({ timeout }),
    interrupted: host.interrupted,
    onStep: (step, soFar) => {
      number++;
      behind = `${place(step.parameters)} ${step.finding.kind} · `;
      host.progress(`step ${number}`, behind, () => cutOffEndings((reason) => endingNow(soFar(reason))));
    },
    onProgress: (progress) => host.progress(`${number} ${progress.kind}`, behind + progressLine(progress)),
  };
}

function sweepEnding(report: SweepReport, job: SweepJob, host: Host): Ending {
  const { result } = report;
  if (result.kind === "error" && result.steps.length === 0)
    return fail(job, host, { program: report.program, error: result.error }, report.diagnostics);
  const conclusion = conclusionOf(result);
  const { style } = styles(job.terminal);
  const text =
    job.format === "json"
      ? renderJson(sweepDocument(report, envelope(job)))
      : job.quiet
        ? `${sweepLine(report, style)}\n`
        : renderSweep(report, style);
  return endingWith(text, conclusion, result.kind === "error" ? result.error : undefined, report, job, host);
}

function frontierEnding(report: FrontierReport, job: SweepJob, host: Host): Ending {
  const { result } = report;
  const conclusion = frontierConclusion(result);
  const { style } = styles(job.terminal);
  const text =
    job.format === "json"
      ? renderJson(frontierDocument(report, envelope(job)))
      : job.quiet
        ? `${frontierLine(report, style)}\n`
        : renderFrontier(report, style);
  return endingWith(text, conclusion, conclusion === "error" ? result.error : undefined, report, job, host);
}

/** An error of the program ends the sweep; what was decided before is kept. */
function endingWith(
  text: string,
  conclusion: ReturnType<typeof conclusionOf>,
  error: FrontierResult["error"],
  { program, diagnostics }: SweepReport | FrontierReport,
  job: SweepJob,
  host: Host,
): Ending {
  const status = exitStatus(conclusion === "error" ? "wrong-input" : conclusion);
  const shown = job.quiet ? quietDiagnosticText : diagnosticText;
  const stderr =
    error === undefined ? shown(job, diagnostics) : fail(job, host, { program, error }, diagnostics).stderr;
  return ending(text, job.format === "json" ? "" : stderr, status);
}

type Resolved =
  | { readonly kind: "ranges"; readonly ranges: Ranges }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** The most budgets with one EOT. */
const mostInRow = 100_000;

/** The ranges of a frontier with their open ends closed. */
function rangesOf(job: SweepJob, program: Program): Resolved {
  const { eot = { from: DEFAULT_EOT, to: DEFAULT_EOT }, eff = {}, crashes = { from: 0, to: 0 }, maxEot } = job.ranges;
  const last = eot.to === undefined ? maxEot : Math.min(eot.to, maxEot ?? Infinity);
  const first = Math.max(1, eot.from ?? 1);
  const refused = (message: string, help: string): Resolved => ({
    kind: "refused",
    diagnostics: [diagnostic("bad-option", { message, help })],
  });
  if (last === undefined)
    return refused("the range of --eot has no end", "write, for example, --eot 4..12, or give --max-eot");
  if (last < first) return refused(`the range of --eot is empty: ${first} to ${last}`, "instants begin at 1");
  const nodes = job.parameters.nodes ?? inferNodes(setUpForAdvice(program, last), last);
  const ranges: Ranges = {
    eot: { from: first, to: last },
    eff: { from: eff.from ?? 0, to: eff.to },
    crashes: { from: crashes.from ?? 0, to: crashes.to ?? Math.max(crashes.from ?? 0, new Set(nodes).size) },
  };
  if (ranges.eff.from > last)
    return refused(`--eff begins at ${ranges.eff.from}, and EOT ends at ${last}`, "give --eff a range below EOT");
  const row = rowLength(first, ranges);
  if (row > mostInRow)
    return refused(
      `there would be ${row} budgets with EOT ${first}, and the table has room for ${mostInRow}`,
      "give --eot, --eff and --crashes smaller ranges",
    );
  return { kind: "ranges", ranges };
}

/** The bounds that are the same in every budget. */
function boundsOf({ parameters }: SweepJob): Bounds {
  return { ...numericBounds(parameters), ...defined({ spare: parameters.spare }) };
}

/** The arguments of the `ldfi check` command for one budget, without those that vary. */
function wordsOf({ parameters, includeDirs }: SweepJob): readonly string[] {
  const { nodes, pre, post, never, spare, maxTuples } = parameters;
  const bounds = numericBounds(parameters);
  return [
    ...boundRows.flatMap(({ bound, key }) =>
      bounds[bound] === undefined ? [] : [`--${key}`, bounds[bound] === Infinity ? "any" : String(bounds[bound])],
    ),
    ...(spare === undefined ? [] : ["--spare", formatNames(spare)]),
    ...(nodes === undefined ? [] : ["--nodes", formatNames(nodes)]),
    ...(pre === undefined ? [] : ["--pre", pre]),
    ...(post === undefined ? [] : ["--post", post]),
    ...(never === undefined ? [] : ["--never", never]),
    ...includeDirs.flatMap((folder) => ["--include-dir", folder]),
    ...(maxTuples === undefined ? [] : ["--max-tuples", String(maxTuples)]),
  ];
}
