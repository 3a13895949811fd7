import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Threads from "node:worker_threads";
import { version } from "../library/version.js";
import { looksBrief } from "./brief.js";
import type * as BriefWork from "./brief-work.js";
import { loadCompiled } from "./compiled-code.js";
import { exit, ignoreOutputErrors } from "./exit.js";
import { exitStatus } from "./exit-status.js";
import type * as LanguageServer from "./language-server.js";
import type { Ending, WorkerStart } from "./messages.js";
import { outputFailed } from "./output-failed.js";
import type * as Supervisor from "./supervisor.js";
import type { Work } from "./work-thread.js";

const argv = process.argv.slice(2);
const [command = ""] = argv;
const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.url));
const workerUrl = new URL("./worker.cjs", import.meta.url);

if (argv.length === 1 && (command === "--version" || command === "-V")) {
  process.stdout.on("error", (error) => outputFailed(error, exitStatus("holds")));
  process.stdout.write(`${version}\n`);
} else if (looksBrief(argv)) void inThisThread();
else supervise();

/** Does a check that looks brief without another thread, whose start takes about as long. */
async function inThisThread(): Promise<void> {
  let ending: Ending | undefined;
  try {
    const { attempt } = loadCompiled(folder, "brief") as typeof BriefWork;
    ending = await attempt(argv, { env: process.env, stdout: process.stdout, platform: process.platform });
  } catch {
    // What fails here, fails there too, and is reported there.
  }
  if (ending === undefined) return supervise();
  ignoreOutputErrors();
  exit(ending.status, ending.stdout, ending.stderr);
}

function supervise(): void {
  // Starting the worker takes longer than parsing the command line, so both are done at once. If the first word is not a
  // command, the process ends, and the worker with it.
  const works =
    /^[a-z]/.test(command) &&
    command !== "help" &&
    command !== "lsp" &&
    !argv.some((word) => word === "--help" || word === "-h");
  const worker = works ? startWorker(command) : undefined;
  const { main } = loadCompiled(folder, "supervisor") as typeof Supervisor;
  void main(argv, worker, { start: startWorker, serveEditor });
}

/** The language server is a bundle of its own, so that no other command loads its dependencies. */
function serveEditor(): void {
  const { serveLanguage }: typeof LanguageServer = require("./language-server.cjs");
  serveLanguage(workerUrl);
}

function startWorker(name: string): Work {
  // Printing the version and brief work need no thread.
  const { Worker }: typeof Threads = require("node:worker_threads");
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { command: name, stop };
  const worker = new Worker(workerUrl, { workerData, stdout: false, stderr: false });
  return { worker, stop: new Int32Array(stop) };
}
