import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { loadCompiled } from "./compiled-code.js";
import type { WorkerStart } from "./messages.js";
import type * as Work from "./work.js";

/* The entry of the worker thread. */

if (parentPort !== null) {
  const { serve } = loadCompiled(dirname(fileURLToPath(import.meta.url)), "work") as typeof Work;
  serve(parentPort, workerData as WorkerStart, new URL(import.meta.url));
}
