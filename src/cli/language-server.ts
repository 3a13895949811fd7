import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createConnection } from "vscode-languageserver/node";
import { diskFiles } from "../disk/disk-files.js";
import { diskFolders } from "../disk/disk-folders.js";
import { version } from "../library/version.js";
import type { LanguageAnswer, LanguageWork, Working } from "../server/platform.js";
import { serve } from "../server/server.js";
import { programsAt } from "../testing/discovery.js";
import type { WorkerMessage, WorkerStart } from "./messages.js";

type LanguageProgress = Extract<WorkerMessage, { readonly kind: "progress" }>;

/** Serves an editor on standard input and output. The process ends when the editor says so or has ended. */
export function serveLanguage(workerUrl: URL): void {
  const reader = diskFiles();
  serve(createConnection(process.stdin, process.stdout), {
    reader,
    list: (folders) => programsAt(folders, diskFolders, reader).files,
    work: (work, progress) => start(work, workerUrl, progress),
    writePage,
    version,
  });
}

/** A thread for one piece of work: a solver call can be stopped only by ending its thread. */
function start(work: LanguageWork, workerUrl: URL, progress: (line: string) => void = () => {}): Working {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { command: "language-work", stop };
  const worker = new Worker(workerUrl, { workerData });
  const answer = new Promise<LanguageAnswer | undefined>((resolve) => {
    worker.on("message", (message: LanguageAnswer | LanguageProgress) => {
      if (message.kind === "progress") progress(message.line);
      else resolve(message);
    });
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  worker.postMessage(work);
  void answer.then(() => worker.terminate());
  return { answer, cancel: () => void worker.terminate() };
}

let folder: string | undefined;

function writePage(name: string, text: string): string | undefined {
  try {
    folder ??= mkdtempSync(join(tmpdir(), "ldfi-report-"));
    const path = join(folder, `${name}.html`);
    writeFileSync(path, text);
    return path;
  } catch {
    return undefined;
  }
}
