import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { WorkerStart } from "./messages.js";
import type * as Work from "./work.js";

/*
 * The thread that works. Its code is one file with V8's compiled form beside it, which the build makes and which halves
 * the time until the work begins; a different version of node refuses that form and compiles the code itself.
 */

type Wrapper = (exports: object, require: NodeJS.Require, module: { exports: object }) => void;

const code = new URL("./work.cjs", import.meta.url);
if (parentPort !== null) loadWork().serve(parentPort, workerData as WorkerStart, new URL(import.meta.url));

function loadWork(): typeof Work {
  const source = readFileSync(code, "utf8");
  const cachedData = compiled();
  const script = new Script(source, {
    filename: fileURLToPath(code),
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapper;
  run(module.exports, createRequire(code), module);
  return module.exports as typeof Work;
}

function compiled(): Buffer | undefined {
  try {
    return readFileSync(new URL("./work.cache", import.meta.url));
  } catch {
    return undefined;
  }
}
