import { existsSync } from "node:fs";
import { largestSource, stdinPath } from "../disk/disk-files.js";
import { visible } from "../source/strings.js";
import { bugReport, ranOutOfMemory } from "./bug-report.js";
import { parseCommandLine } from "./command-line.js";
import { endingsWithoutResult } from "./cut-off.js";
import { exit, ignoreOutputErrors } from "./exit.js";
import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";
import { addToJobSummary } from "./job-summary.js";
import { withTime } from "./late-time.js";
import { LiveLine } from "./live-line.js";
import type { CutOff, CutOffEndings, Ending, JobMessage, WorkerMessage } from "./messages.js";
import { outputFailed } from "./output-failed.js";
import type { Processes } from "./processes.js";
import { programPath } from "./program-path.js";
import type { Job } from "./registry.js";
import type { Work } from "./work-thread.js";
import { writeWhole } from "./write-whole.js";

/** How long the worker may take to stop by itself; inside a solver call it cannot. */
const grace = 300;

/** Who does the work. */
export interface Threads {
  /** A thread for a command. */
  start(command: string): Work;
  serveEditor(): void;
}

/**
 * Runs one command line. This thread only prints, shows the live line and listens for signals; the work is done in
 * the worker, so that it can be interrupted even inside a solver call.
 */
export async function main(
  argv: readonly string[],
  first: Work | undefined,
  { start, serveEditor }: Threads,
): Promise<void> {
  process.once("uncaughtException", (error) => exit(exitStatus("bug"), "", bugReport(error, argv)));
  ignoreOutputErrors();
  const surroundings = { env: process.env, stdout: process.stdout, platform: process.platform };
  const parsed = parseCommandLine(argv, surroundings);
  if (parsed.kind === "text") return exit(parsed.status, parsed.stdout, parsed.stderr);
  const job = await asked(parsed.job);
  if (job.kind === "lsp") return serveEditor();
  if (job.kind === "check" && job.watch) {
    const { watchCheck } = await import("./watch-session.js");
    return watchCheck(job, argv, () => start(job.kind), first);
  }
  const work = first ?? start(job.kind);
  const supervisor = new Supervisor(argv, job, work);
  supervisor.begin(readsStdin(job) ? { job, stdin: await readStdin() } : { job });
}

/** Asks at the terminal what the command needs to know before it starts. */
async function asked(job: Job): Promise<Job> {
  if (job.kind !== "init" || job.pattern !== undefined || !process.stdin.isTTY || !process.stderr.isTTY) return job;
  // A program that exists gets its workflow alone.
  if (job.ci && job.name !== "" && existsSync(programPath(job.name))) return job;
  const { askPattern } = await import("./ask.js");
  return { ...job, pattern: await askPattern() };
}

function readsStdin(job: Job): boolean {
  return "files" in job && job.files.includes(stdinPath);
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      total += bytes.length;
      if (total > largestSource) break;
    }
  } catch {
    // If standard input cannot be read, it counts as empty.
  }
  return new Uint8Array(Buffer.concat(chunks));
}

class Supervisor {
  private ifCutOff: CutOffEndings;
  private readonly live: LiveLine;
  private stopping: NodeJS.Timeout | undefined;
  private ended = false;
  /** Loaded with the first process: most commands start none. */
  private processes: Processes | undefined;
  /** When the worker received its job, on this thread's clock. */
  private began = performance.now();
  private status: ExitStatus = exitStatus("inconclusive");

  constructor(
    private readonly argv: readonly string[],
    job: Job,
    private readonly work: Work,
  ) {
    this.ifCutOff = endingsWithoutResult(job);
    this.live = new LiveLine(process.stderr, job.terminal);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => this.stop());
    process.stdout.on("error", (error) => outputFailed(error, this.status));
    work.worker.on("message", (message: WorkerMessage) => this.receive(message));
    work.worker.on("error", (error) => this.failed(error));
    work.worker.on("exit", () => this.failed(new Error("the worker thread ended without a result")));
    const { timeout } = job;
    // The worker checks the clock itself; this is for when it cannot, and while standard input is read.
    if (timeout !== undefined) setTimeout(() => this.cutOff("timeout"), Math.min(timeout * 1000 + grace, 2 ** 31 - 1));
  }

  begin(message: JobMessage<Job>): void {
    this.began = performance.now();
    this.work.worker.postMessage(message);
  }

  private receive(message: WorkerMessage): void {
    if (this.ended) return;
    switch (message.kind) {
      case "stdout":
        this.live.clear();
        process.stdout.write(message.text);
        break;
      case "progress":
        this.ifCutOff = message.ifCutOff ?? this.ifCutOff;
        this.live.update(message.line);
        break;
      case "process":
        void this.startProcess(message);
        break;
      case "reads":
        break;
      case "end":
        this.end(message.ending);
        break;
      default: {
        message satisfies never;
      }
    }
  }

  private async startProcess({ words, port, wake }: Extract<WorkerMessage, { kind: "process" }>): Promise<void> {
    const { Processes } = await import("./processes.js");
    if (this.ended) return;
    this.processes ??= new Processes();
    this.processes.start(words, port, new Int32Array(wake));
  }

  /** A signal: asks the worker to stop, and kills it after a moment, or at once at a second signal. */
  private stop(): void {
    if (this.stopping !== undefined) {
      this.cutOff("interrupted");
      return;
    }
    Atomics.store(this.work.stop, 0, 1);
    this.stopping = setTimeout(() => this.cutOff("interrupted"), grace);
  }

  private cutOff(reason: CutOff): void {
    if (this.ended) return;
    void this.work.worker.terminate();
    this.end(this.endingAt(reason));
  }

  private endingAt(reason: CutOff): Ending {
    return withTime(this.ifCutOff[reason], performance.now() - this.began);
  }

  private failed(error: unknown): void {
    if (this.ended) return;
    if (ranOutOfMemory(error)) {
      const memory = this.endingAt("memory");
      const { text } = this.live;
      this.end({ ...memory, stderr: memory.stderr + (text === "" ? "" : `ldfi: last at: ${text}\n`) });
      return;
    }
    this.end({ stdout: "", stderr: bugReport(error, this.argv), files: [], status: exitStatus("bug") });
  }

  private end(ending: Ending): void {
    if (this.ended) return;
    this.ended = true;
    this.processes?.killAll();
    this.live.close();
    this.status = ending.status;
    let { stderr } = ending;
    for (const { path, text } of ending.files) {
      const problem = writeWhole(path, text);
      if (problem === undefined) continue;
      stderr += `ldfi: ${visible(path)} could not be written: ${problem}\n`;
      this.status = exitStatus("wrong-input");
    }
    stderr += addToJobSummary(ending.summary, process.env.GITHUB_STEP_SUMMARY);
    exit(this.status, ending.stdout, stderr);
  }
}
