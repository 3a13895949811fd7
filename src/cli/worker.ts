import { parentPort, workerData } from "node:worker_threads";
import type { Host } from "./host.js";
import type { Job } from "./job.js";
import type { Ending, JobMessage, LastWords, TestFileWork, WorkerMessage, WorkerStart } from "./messages.js";
import { nodeFileReader } from "./node-file-reader.js";
import { appendLine, writeWhole } from "./write-whole.js";

/** Progress is told at most this often, in milliseconds, however much there is of it. */
const interval = 50;

const { command, stop } = workerData as WorkerStart;
const flag = new Int32Array(stop);
// The code of the command is loaded while the command line is still being read.
void load(command);


if (command === "test-file") {
  parentPort?.on("message", (message: TestFileWork) => {
    void import("./commands/test-file.js").then(({ runTestFile }) => parentPort?.postMessage(runTestFile(message, host(undefined))));
  });
} else {
  parentPort?.once("message", (message: JobMessage) => {
    void work(message);
  });
}

async function work({ job, stdin }: JobMessage): Promise<void> {
  const ending = await execute(job, host(stdin));
  post({ kind: "end", ending });
}

async function execute(job: Job, world: Host): Promise<Ending> {
  switch (job.kind) {
    case "check":
      return (await import("./commands/check.js")).checkCommand(job, world);
    case "run":
      return (await import("./commands/run.js")).runCommand(job, world);
    case "break":
      return (await import("./commands/break.js")).breakCommand(job, world);
    case "sweep":
      return (await import("./commands/sweep.js")).sweepCommand(job, world);
    case "test":
      return (await import("./commands/test.js")).testCommand(job, world);
    default: {
      const never: never = job;
      return never;
    }
  }
}

function load(name: string): Promise<unknown> {
  switch (name) {
    case "run":
      return import("./commands/run.js");
    case "break":
      return import("./commands/break.js");
    case "sweep":
      return import("./commands/sweep.js");
    case "test":
      return import("./commands/test.js");
    case "test-file":
      return import("./commands/test-file.js");
    default:
      return import("./commands/check.js");
  }
}

function host(stdin: Uint8Array | undefined): Host {
  let last = -Infinity;
  let shown = "";
  return {
    reader: nodeFileReader(stdin),
    print: (text) => post({ kind: "stdout", text }),
    progress: (stage: string, line: string, lastWords?: () => LastWords) => {
      const now = performance.now();
      if (stage === shown && now - last < interval) return;
      last = now;
      shown = stage;
      post({ kind: "progress", line, ...(lastWords === undefined ? {} : { lastWords: lastWords() }) });
    },
    interrupted: () => Atomics.load(flag, 0) !== 0,
    write: writeWhole,
    append: appendLine,
    workerUrl: new URL(import.meta.url),
    workerData: (name) => ({ command: name, stop }),
  };
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
