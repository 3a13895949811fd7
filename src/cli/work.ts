import type { MessagePort } from "node:worker_threads";
import type { Host } from "./host.js";
import type { Job } from "./job.js";
import type { Ending, JobMessage, LastWords, TestFileWork, WorkerMessage, WorkerStart } from "./messages.js";
import { nodeFileReader } from "./node-file-reader.js";
import { appendLine, writeWhole } from "./write-whole.js";

/** Progress of one stage is told at most this often, in milliseconds, however much there is of it. */
const interval = 50;
/** The last words may hold whole reports: within one stage they take at most this part of the time. */
const share = 0.1;

/** Serves the thread that started this one: a job, or the files of a test run one after the other. */
export function serve(port: MessagePort, start: WorkerStart, workerUrl: URL): void {
  // The code of the command is loaded while the command line is still being read.
  void load(start.command);
  const host = (stdin?: Uint8Array): Host => hostFor(port, start, workerUrl, stdin);
  if (start.command === "test-file") {
    port.on("message", (message: TestFileWork) => {
      void import("./commands/test-file.js").then(({ runTestFile }) => port.postMessage(runTestFile(message, host())));
    });
  } else {
    port.once("message", ({ job, stdin }: JobMessage) => {
      void execute(job, host(stdin)).then((ending) =>
        port.postMessage({ kind: "end", ending } satisfies WorkerMessage),
      );
    });
  }
}

/** Does what a command line asked for. */
export async function execute(job: Job, host: Host): Promise<Ending> {
  switch (job.kind) {
    case "check":
      return (await import("./commands/check.js")).checkCommand(job, host);
    case "run":
      return (await import("./commands/run.js")).runCommand(job, host);
    case "break":
      return (await import("./commands/break.js")).breakCommand(job, host);
    case "test":
      return (await import("./commands/test.js")).testCommand(job, host);
    case "sweep":
      return (await import("./commands/sweep.js")).sweepCommand(job, host);
    default: {
      const never: never = job;
      return never;
    }
  }
}

function load(command: string): Promise<unknown> {
  switch (command) {
    case "run":
      return import("./commands/run.js");
    case "break":
      return import("./commands/break.js");
    case "test":
      return import("./commands/test.js");
    case "sweep":
      return import("./commands/sweep.js");
    case "test-file":
      return import("./commands/test-file.js");
    default:
      return import("./commands/check.js");
  }
}

function hostFor(port: MessagePort, start: WorkerStart, workerUrl: URL, stdin: Uint8Array | undefined): Host {
  const flag = new Int32Array(start.stop);
  const post = (message: WorkerMessage): void => port.postMessage(message);
  let last = -Infinity;
  let cost = 0;
  let shown = "";
  return {
    reader: nodeFileReader(stdin),
    print: (text) => post({ kind: "stdout", text }),
    progress: (stage: string, line: string, lastWords?: () => LastWords) => {
      const now = performance.now();
      if (stage === shown && now - last < Math.max(interval, cost / share)) return;
      shown = stage;
      post({ kind: "progress", line, ...(lastWords === undefined ? {} : { lastWords: lastWords() }) });
      last = performance.now();
      cost = last - now;
    },
    interrupted: () => Atomics.load(flag, 0) !== 0,
    write: writeWhole,
    append: appendLine,
    workerUrl,
    workerData: (command) => ({ command, stop: start.stop }),
  };
}
