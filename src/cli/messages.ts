import type { ExitStatus } from "./exit-status.js";

/** What the worker thread is given when it starts; the job follows as soon as the command line is parsed. */
export interface WorkerStart {
  /** The command, as far as it can be seen without parsing: lets the worker load what it will need. */
  readonly command: string;
  /** One Int32: 0, or 1 once the work shall stop. */
  readonly stop: SharedArrayBuffer;
}

export interface JobMessage<Job> {
  readonly job: Job;
  /** The bytes of standard input, where a file argument is `-`. */
  readonly stdin?: Uint8Array;
}

/** All that is left to do for a command that ends. */
export interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  /** Reports to write, whole or not at all. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly status: ExitStatus;
}

/** What to say if the work has to be cut off from outside, by reason. */
export interface LastWords {
  readonly interrupted: Ending;
  readonly timeout: Ending;
  readonly memory: Ending;
}

export type CutOff = keyof LastWords;

/** What the worker tells the thread that prints. */
export type WorkerMessage =
  | { readonly kind: "stdout"; readonly text: string }
  /** Something to show while the work goes on, and what is known by now. */
  | { readonly kind: "progress"; readonly line: string; readonly lastWords?: LastWords }
  | { readonly kind: "end"; readonly ending: Ending };

/** One file for a thread of `ldfi test`: the lines whose expectations it shall run. Its answer is the list of results. */
export interface TestFileWork {
  readonly path: string;
  readonly lines: readonly number[];
  readonly includeDirs: readonly string[];
}
