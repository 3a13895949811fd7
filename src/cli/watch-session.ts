import { visible } from "../source/strings.js";
import { count } from "../wording/numbers.js";
import { bugReport } from "./bug-report.js";
import type { CheckJob } from "./commands/check.js";
import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";
import { FileWatch } from "./file-watch.js";
import type { Piece } from "./kept-threads.js";
import { KeptThreads } from "./kept-threads.js";
import { LiveLine } from "./live-line.js";
import type { Ending, JobMessage, WorkerMessage } from "./messages.js";
import { Processes } from "./processes.js";
import type { Work } from "./work-thread.js";
import { writeWhole } from "./write-whole.js";

const clear = "\x1b[H\x1b[2J\x1b[3J";

/** `ldfi check … --watch`: checks now, and again whenever a file that was read is saved, until `q` or a signal. */
export function watchCheck(job: CheckJob, argv: readonly string[], start: () => Work, first: Work | undefined): void {
  new WatchSession(job, argv, start, first).begin();
}

class WatchSession {
  private readonly files = new FileWatch(() => this.run());
  private readonly processes = new Processes();
  private readonly threads: KeptThreads<JobMessage<CheckJob>, WorkerMessage>;
  private running: Piece | undefined;
  private live: LiveLine | undefined;
  /** The first line of the last report. */
  private previous: string | undefined;
  private reading = 0;
  private status: ExitStatus = exitStatus("inconclusive");

  constructor(
    private readonly job: CheckJob,
    private readonly argv: readonly string[],
    start: () => Work,
    first: Work | undefined,
  ) {
    this.threads = new KeptThreads(() => start().worker, first?.worker);
  }

  begin(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => this.end());
    process.stdout.on("error", () => this.end());
    if (process.stdin.isTTY) {
      process.stdin.setRawMode(true);
      process.stdin.on("data", (keys: Buffer) => {
        // In raw mode Ctrl-C is a character.
        if (keys.includes("q") || keys.includes(3)) this.end();
      });
    }
    this.files.set(this.job.files, false);
    this.run();
  }

  /** Ends a check that is running: its texts are outdated. */
  private run(): void {
    this.running?.stop();
    this.processes.killAll();
    this.live?.close();
    this.live = new LiveLine(process.stderr, this.job.terminal);
    this.files.restamp();
    this.running = this.threads.begin(
      { job: this.job, further: true },
      {
        heard: (message) => this.receive(message),
        failed: (error) =>
          this.show({ stdout: "", stderr: bugReport(error, this.argv), files: [], status: exitStatus("bug") }),
      },
    );
  }

  /** Whether this was the last message of a check. */
  private receive(message: WorkerMessage): boolean {
    switch (message.kind) {
      case "stdout":
        break;
      case "process":
        this.processes.start(message.words, message.port, new Int32Array(message.wake));
        break;
      case "reads":
        this.reading = message.paths.length;
        this.files.set(message.paths, message.incomplete);
        break;
      case "progress":
        this.live?.update(message.line);
        break;
      case "end":
        this.show(message.ending);
        break;
      default: {
        message satisfies never;
      }
    }
    return message.kind === "end";
  }

  /** Replaces the previous report in one write, so that nothing flickers. */
  private show({ stdout, stderr, files, status }: Ending): void {
    this.running = undefined;
    this.live?.close();
    this.status = status;
    let problems = stderr;
    for (const { path, text } of files) {
      const problem = writeWhole(path, text);
      if (problem !== undefined) problems += `ldfi: ${visible(path)} could not be written: ${problem}\n`;
    }
    const line = /^.*$/m.exec(stdout === "" ? problems : stdout)?.[0] ?? "";
    const change =
      this.previous === undefined ? "" : this.previous === line ? ", as before" : `, was: ${this.previous}`;
    const footer = `watching ${count(this.reading, "file")}${change}; ${process.stdin.isTTY ? "q or " : ""}Ctrl-C ends\n`;
    this.previous = line;
    const gap = stdout === "" || problems === "" ? "" : "\n";
    if (process.stdout.isTTY) process.stdout.write(`${clear}${stdout}${gap}${problems}\n${footer}`);
    else {
      process.stderr.write(problems);
      process.stdout.write(`${stdout}${footer}\n`);
    }
  }

  private end(): void {
    this.files.close();
    this.processes.killAll();
    this.live?.close();
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stdout.write("", () => process.exit(this.status));
  }
}
