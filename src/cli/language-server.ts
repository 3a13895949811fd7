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
import { KeptThreads } from "./kept-threads.js";
import type { WorkerMessage, WorkerStart } from "./messages.js";

type LanguageProgress = Extract<WorkerMessage, { readonly kind: "progress" }>;

/** Serves an editor on standard input and output. The process ends when the editor says so or has ended. */
export function serveLanguage(workerUrl: URL): void {
  const reader = diskFiles();
  const threads = new KeptThreads<LanguageWork, LanguageAnswer | LanguageProgress>(() => started(workerUrl));
  serve(createConnection(process.stdin, process.stdout), {
    reader,
    list: (folders) => programsAt(folders, diskFolders, reader).files,
    work: (work, progress) => workIn(threads, work, progress),
    writePage,
    version,
  });
}

function workIn(
  threads: KeptThreads<LanguageWork, LanguageAnswer | LanguageProgress>,
  work: LanguageWork,
  progress: (line: string) => void = () => {},
): Working {
  let cancel = (): void => {};
  const answer = new Promise<LanguageAnswer | undefined>((resolve) => {
    const piece = threads.begin(work, {
      heard: (message) => {
        if (message.kind === "progress") {
          progress(message.line);
          return false;
        }
        resolve(message);
        return true;
      },
      failed: () => resolve(undefined),
    });
    cancel = () => {
      piece.stop();
      resolve(undefined);
    };
  });
  return { answer, cancel: () => cancel() };
}

function started(url: URL): Worker {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { command: "language-work", stop };
  return new Worker(url, { workerData });
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
