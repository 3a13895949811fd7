import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stopped } from "../../execution/stopped.js";
import { stopped } from "../../execution/stopped.js";
import type { HuntFault, HuntFaults } from "../../hunting/fault.js";
import { formatHuntFault, formatHuntFaults, parseHuntFaults } from "../../hunting/fault.js";
import { hunt } from "../../hunting/hunt.js";
import type { Reach } from "../../hunting/knowledge.js";
import { notBegun } from "../../hunting/not-begun.js";
import type { HuntOptions, RunEvent } from "../../hunting/options.js";
import type { HuntResult } from "../../hunting/result.js";
import { callFaultKind } from "../../hunting/standard-kinds.js";
import { version } from "../../library/version.js";
import type { HuntReport } from "../../report/hunt-report.js";
import { refusalDocument } from "../../report/json/envelope.js";
import { huntDocument } from "../../report/json/hunt-document.js";
import { renderJson } from "../../report/json/json.js";
import { renderReport } from "../../report/terminal/diagnostics.js";
import { huntLine, renderHunt } from "../../report/terminal/hunt.js";
import { styles } from "../../report/terminal/styles.js";
import { runLine } from "../../report/text/hunt-words.js";
import { digest } from "../../services/digest.js";
import { readHuntFile } from "../../services/hunt-file.js";
import { Journal } from "../../services/journal.js";
import { LiveSystem } from "../../services/live-system.js";
import { Memory } from "../../services/memory.js";
import type { HuntSpec } from "../../services/spec.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { SourceFile } from "../../source/source.js";
import { cutOffDetail, cutOffEndings } from "../cut-off.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import { huntFiles } from "../hunt-files.js";
import type { Format, TextJob } from "../job.js";
import type { Ending } from "../messages.js";

export interface HuntJob extends TextJob {
  readonly kind: "hunt";
  readonly file: string;
  readonly format: Format;
  readonly all: boolean;
  readonly reach: Reach;
  readonly faults?: number;
  readonly maxRuns?: number;
  readonly only?: string;
  readonly allowedHosts: readonly string[];
  readonly resume: boolean;
  readonly recordBodies: boolean;
}

/** Runs without faults before the first fault. */
const calibration = 5;
/** Runs of a fault set at a call that is not made in every run. */
const repeat = 3;

/** `ldfi hunt FILE` */
export async function huntCommand(job: HuntJob, host: Host): Promise<Ending> {
  host.progress("reading", "reading the hunt file");
  const read = host.reader.read(job.file);
  if (read.kind === "missing")
    return refused(job, [
      diagnostic("file-missing", { message: `there is no file ${job.file}`, help: "name a hunt file" }),
    ]);
  if (read.kind === "unreadable")
    return refused(job, [diagnostic("file-unreadable", { message: `${job.file} cannot be read: ${read.reason}` })]);
  const file: SourceFile = { path: job.file, text: read.text };
  const { spec, diagnostics } = readHuntFile(file, job.allowedHosts);
  if (spec === undefined) return refused(job, diagnostics);
  const only = job.only === undefined ? undefined : parseHuntFaults(job.only);
  if (job.only !== undefined && only === undefined)
    return refused(job, [
      diagnostic("bad-option", {
        message: `--only: \`${job.only}\` is no fault set`,
        help: "write it as reports do: 'refused at shop › GET store/price#1 + down(cart)'",
      }),
    ]);
  const unknown = only?.find((fault) => unknownIn(fault, spec));
  if (unknown !== undefined)
    return refused(job, [
      diagnostic("bad-option", {
        message: `--only: \`${formatHuntFault(unknown)}\` is no fault of ${job.file}`,
        help: `its kinds are ${spec.faults.map(({ text }) => text).join(", ")}; its services ${spec.services.map(({ name }) => name).join(", ")}`,
      }),
    ]);
  const scripts = {
    guardian: fileURLToPath(new URL("./guardian.js", host.workerUrl)),
    hook: new URL("../hook.js", host.workerUrl).href,
  };
  const system = new LiveSystem(spec, scripts, process.env, job.recordBodies);
  host.progress("starting", "starting services");
  const hookFile = join(spec.folder, ".ldfi", "hook.json");
  try {
    const problem = await system.open();
    const session = new Session(job, host, file, spec, system);
    if (problem !== undefined) return session.notBegun(problem);
    const leaveHookFile = spec.services.some(({ start }) => start === undefined);
    if (leaveHookFile) {
      writeHookFile(hookFile, system.control);
      await system.awaitHooks();
    }
    return await session.run(only);
  } finally {
    rmSync(hookFile, { force: true });
    await system.close();
  }
}

/** Whether a fault is of a kind, or of a service, that the file does not have. */
function unknownIn(fault: HuntFault, { faults, services }: HuntSpec): boolean {
  return fault.kind === "down"
    ? !faults.some(({ base }) => base === "down") || !services.some(({ name }) => name === fault.service)
    : !faults.some(({ text }) => text === fault.fault);
}

/** Services that are already running find the hunt through this file, which only the user can read. */
function writeHookFile(path: string, control: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(control), { mode: 0o600 });
}

class Session {
  private readonly began = performance.now();
  private journal: Journal | undefined;
  private readonly memory: Memory;
  /** After which change of names the present hunt began. */
  private renamings = 0;

  constructor(
    private readonly job: HuntJob,
    private readonly host: Host,
    private readonly file: SourceFile,
    private readonly spec: HuntSpec,
    private readonly system: LiveSystem,
  ) {
    this.memory = new Memory(system);
  }

  /** Something did not start. */
  notBegun(problem: string): Ending {
    return this.ending(notBegun(stopped("interrupted", problem), this.options(undefined)));
  }

  async run(only: HuntFaults | undefined): Promise<Ending> {
    const { system, memory, job } = this;
    if (only !== undefined) system.announce(only);
    for (;;) {
      const before = system.renamings;
      if (only === undefined) this.journal = this.journaled(before === 0 && job.resume);
      const result = await hunt(this.journal ?? memory, this.options(only));
      if (system.renamings === before) {
        if (only === undefined && !this.canGoOn(result)) rmSync(this.journalPath, { force: true });
        return this.ending(result);
      }
      // What was concluded was about calls under other names: the same runs are looked at again.
      this.renamings = system.renamings;
      memory.refill();
    }
  }

  /** Whether the hunt ended before everything was looked at that was asked for. */
  private canGoOn({ verdict }: HuntResult): boolean {
    return verdict.kind === "inconclusive" || (verdict.kind === "violated" && !verdict.complete && this.job.all);
  }

  private options(only: HuntFaults | undefined): HuntOptions {
    const { spec, job } = this;
    const kinds = spec.faults
      .filter(({ base }) => base !== "down")
      .flatMap(({ base, text }) => callFaultKind(base, text) ?? []);
    const down = spec.faults.some(({ base }) => base === "down") ? callFaultKind("down", "down") : undefined;
    return {
      kinds,
      down,
      budget: job.faults ?? spec.budget.faults,
      spare: spec.spare,
      reach: job.reach,
      all: job.all,
      // What differs between clean runs is left out of digests, and so has to be known where one is named.
      calibration: only === undefined || /\[[0-9a-f]*\]#/.test(formatHuntFaults(only)) ? calibration : 1,
      repeat,
      maxRuns: job.maxRuns ?? spec.budget.runs,
      ...(only === undefined ? {} : { only }),
      poll: () => this.poll(),
      onRun: (event, soFar) => this.show(event, soFar),
    };
  }

  private poll(): Stopped | undefined {
    if (this.system.renamings > this.renamings) return stopped("interrupted", "calls have got other names");
    if (this.host.interrupted()) return stopped("interrupted", "the hunt was interrupted");
    const limit = this.job.timeout ?? this.spec.budget.seconds;
    if (limit !== undefined && performance.now() - this.began > limit * 1000)
      return stopped("timeout", `the time limit of ${limit} s was reached`);
    return undefined;
  }

  private get journalPath(): string {
    return join(this.spec.folder, ".ldfi", `${digest(resolve(this.file.path))}.jsonl`);
  }

  private journaled(resume: boolean): Journal {
    const path = this.journalPath;
    mkdirSync(dirname(path), { recursive: true });
    const { reach, faults, recordBodies } = this.job;
    const question = digest(JSON.stringify([this.file.text, reach, faults ?? null, recordBodies]));
    const before = resume && existsSync(path) ? readFileSync(path, "utf8") : undefined;
    if (before === undefined) rmSync(path, { force: true });
    return new Journal(this.memory, question, before, (line) => appendFileSync(path, line, { mode: 0o600 }));
  }

  private show(event: RunEvent, soFar: () => HuntResult): void {
    const { job, host } = this;
    if (job.format !== "json" && !job.quiet && !this.memory.remembers) host.print(`${runLine(event)}\n`);
    host.progress(`run ${event.number}`, `run ${event.number}: ${formatHuntFaults(event.faults)}`, () =>
      cutOffEndings((reason) => {
        const result = soFar();
        const { verdict } = result;
        const why = reason === "memory" ? "memory" : reason;
        const known: HuntResult =
          verdict.kind === "inconclusive"
            ? { ...result, verdict: { kind: "inconclusive", stopped: stopped(why, cutOffDetail(reason, job)) } }
            : result;
        return this.ending(known);
      }),
    );
  }

  private ending(result: HuntResult): Ending {
    const { job } = this;
    const { calls, spared, outOfReach, runs } = result.facts;
    const { dark, unused } =
      runs === 0 ? { dark: [], unused: [] } : this.system.unseen([...calls.keys(), ...spared, ...outOfReach]);
    const report: HuntReport = {
      file: job.file,
      name: this.spec.name,
      result,
      milliseconds: performance.now() - this.began,
      foreign: [...this.system.foreign].sort(),
      undigested: [...this.system.undigested].sort(),
      byArrival: [...this.system.byArrival].sort(),
      ambiguousCallers: this.system.ambiguousCallers,
      ...{ dark, unusedProxies: unused },
      tracesElsewhere: this.system.tracesElsewhere,
      resumed: this.journal?.resumed ?? 0,
    };
    const { style } = styles(job.terminal);
    const envelope = { tool: { name: "ldfi", version }, command: "hunt" };
    const stdout =
      job.format === "json"
        ? renderJson(huntDocument(report, envelope))
        : job.quiet
          ? `${huntLine(report, style)}\n`
          : `${runs === 0 ? "" : "\n"}${renderHunt(report, style)}`;
    return { stdout, stderr: "", files: huntFiles(job.reports, report, envelope), status: statusOf(result) };
  }
}

function statusOf({ verdict }: HuntResult): Ending["status"] {
  switch (verdict.kind) {
    case "violated":
    case "unfit":
      return exitStatus("violated");
    case "covered":
      return exitStatus("holds");
    case "sometimes":
    case "inconclusive":
      return exitStatus("inconclusive");
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function refused(job: HuntJob, diagnostics: readonly Diagnostic[]): Ending {
  const status = exitStatus("wrong-input");
  const envelope = { tool: { name: "ldfi", version }, command: "hunt" };
  if (job.format === "json")
    return {
      stdout: renderJson(refusalDocument({ files: [job.file], diagnostics }, envelope)),
      stderr: "",
      files: [],
      status,
    };
  return {
    stdout: "",
    stderr: renderReport(diagnostics, styles(job.terminal).diagnostics),
    files: [],
    status,
  };
}
