import type { Worker } from "node:worker_threads";

/** The thread that works for a command. */
export interface Work {
  readonly worker: Worker;
  /** Its one element is set to 1 when the work shall stop. */
  readonly stop: Int32Array;
}
