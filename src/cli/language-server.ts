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

/** What is heard of a thread that works. Node.js has listeners of its own, which stay. */
const listened = ["message", "error", "exit"] as const;
/** How many pieces of work a thread does. */
const mostWorks = 100;

type LanguageProgress = Extract<WorkerMessage, { readonly kind: "progress" }>;

/** Serves an editor on standard input and output. The process ends when the editor says so or has ended. */
export function serveLanguage(workerUrl: URL): void {
  const reader = diskFiles();
  const threads = new Threads(workerUrl);
  serve(createConnection(process.stdin, process.stdout), {
    reader,
    list: (folders) => programsAt(folders, diskFolders, reader).files,
    work: (work, progress) => threads.start(work, progress),
    writePage,
    version,
  });
}

/**
 * Threads that do one piece of work at a time. One that has ended its work does the next, since its code is compiled by now; a solver call
 * can be stopped only by ending its thread, and a new one starts in a moment.
 */
class Threads {
  private idle: { readonly worker: Worker; readonly done: number } | undefined;

  constructor(private readonly url: URL) {}

  start(work: LanguageWork, progress: (line: string) => void = () => {}): Working {
    const { worker, done } = this.idle ?? { worker: this.started(), done: 0 };
    this.idle = undefined;
    worker.ref();
    let ended = false;
    const answer = new Promise<LanguageAnswer | undefined>((resolve) => {
      const end = (reply: LanguageAnswer | undefined): void => {
        ended = true;
        for (const event of listened) worker.removeAllListeners(event);
        // What goes wrong in a thread without work concerns nobody.
        for (const event of ["error", "exit"]) worker.on(event, () => this.forget(worker));
        if (reply !== undefined && this.idle === undefined && done + 1 < mostWorks) {
          this.idle = { worker, done: done + 1 };
          // The process ends with its work.
          worker.unref();
        } else void worker.terminate();
        resolve(reply);
      };
      worker.on("message", (message: LanguageAnswer | LanguageProgress) => {
        if (message.kind === "progress") progress(message.line);
        else end(message);
      });
      worker.once("error", () => end(undefined));
      worker.once("exit", () => end(undefined));
    });
    worker.postMessage(work);
    return {
      answer,
      cancel: () => {
        if (!ended) void worker.terminate();
      },
    };
  }

  private forget(worker: Worker): void {
    if (this.idle?.worker === worker) this.idle = undefined;
  }

  private started(): Worker {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: WorkerStart = { command: "language-work", stop };
    return new Worker(this.url, { workerData });
  }
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
