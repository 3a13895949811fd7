import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Threads from "node:worker_threads";
import { version } from "../library/version.js";
import { looksBrief } from "./brief.js";
import { loadCompiled } from "./compiled-code.js";
import { exitStatus } from "./exit-status.js";
import type * as LanguageServer from "./language-server.js";
import type { Ending, WorkerStart } from "./messages.js";
import { outputFailed } from "./output-failed.js";
import type { Job } from "./registry.js";
import type * as Supervisor from "./supervisor.js";
import type * as Working from "./work.js";
import type { Work } from "./work-thread.js";

const argv = process.argv.slice(2);
const [command = ""] = argv;
const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.url));
const workerUrl = new URL("./worker.cjs", import.meta.url);

if (argv.length === 1 && (command === "--version" || command === "-V")) {
  process.stdout.on("error", (error) => outputFailed(error, exitStatus("holds")));
  process.stdout.write(`${version}\n`);
} else {
  // Starting the worker takes longer than parsing the command line, so both are done at once. If the first word is not a
  // command, the process ends, and the worker with it.
  const works =
    /^[a-z]/.test(command) &&
    command !== "help" &&
    command !== "lsp" &&
    !argv.some((word) => word === "--help" || word === "-h");
  const worker = works ? startWorker(command) : undefined;
  const { main } = loadCompiled(folder, "supervisor") as typeof Supervisor;
  void main(argv, worker, { start: startWorker, serveEditor, ...(works && looksBrief(argv) ? { attempt } : {}) });
}

/** Does a brief job in this thread. */
function attempt(job: Job): Promise<Ending | undefined> {
  return (loadCompiled(folder, "work") as typeof Working).attempt(job, workerUrl);
}

/** The language server is a bundle of its own, so that no other command loads its dependencies. */
function serveEditor(): void {
  const { serveLanguage }: typeof LanguageServer = require("./language-server.cjs");
  serveLanguage(workerUrl);
}

function startWorker(name: string): Work {
  // Printing the version needs no thread.
  const { Worker }: typeof Threads = require("node:worker_threads");
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { command: name, stop };
  const worker = new Worker(workerUrl, { workerData, stdout: false, stderr: false });
  return { worker, stop: new Int32Array(stop) };
}
