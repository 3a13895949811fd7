import type { Worker } from "node:worker_threads";

/** The worker thread of a command. */
export interface Work {
  readonly worker: Worker;
  /** Its one element is set to 1 when the work should stop. */
  readonly stop: Int32Array;
}
