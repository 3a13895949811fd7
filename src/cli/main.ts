import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { version } from "../library/version.js";
import { exitStatus } from "./exit-status.js";
import type * as LanguageServer from "./language-server.js";
import type { WorkerStart } from "./messages.js";
import { outputFailed } from "./output-failed.js";

const argv = process.argv.slice(2);
const [command = ""] = argv;

if (argv.length === 1 && (command === "--version" || command === "-V")) {
  process.stdout.on("error", (error) => outputFailed(error, exitStatus("holds")));
  process.stdout.write(`${version}\n`);
} else {
  // The worker needs longer to start than the command line to be read: both go on at once. A first word that turns out to be
  // no command is a mistake, and ends the process with the worker.
  const works =
    /^[a-z]/.test(command) &&
    command !== "help" &&
    command !== "lsp" &&
    !argv.some((word) => word === "--help" || word === "-h");
  const worker = works ? startWorker(command) : undefined;
  const { main } = await import("./supervisor.js");
  await main(argv, worker, startWorker, serveEditor);
}

/** The language server is a file of its own: what it needs beside the rest is loaded by nothing else. */
function serveEditor(): void {
  const { serveLanguage }: typeof LanguageServer = createRequire(import.meta.url)("./language-server.cjs");
  serveLanguage(new URL("./worker.js", import.meta.url));
}

function startWorker(name: string): { readonly worker: Worker; readonly stop: Int32Array } {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { command: name, stop };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData, stdout: false, stderr: false });
  return { worker, stop: new Int32Array(stop) };
}
