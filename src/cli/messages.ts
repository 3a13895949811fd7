import type { MessagePort } from "node:worker_threads";
import type { ExitStatus } from "./exit-status.js";

/** What the worker thread is given when it starts; the job follows as soon as the command line is parsed. */
export interface WorkerStart {
  /** The command as guessed without parsing: lets the worker load code in advance. */
  readonly command: string;
  /** One Int32: 0, then 1 when the work should stop. */
  readonly stop: SharedArrayBuffer;
}

export interface JobMessage<Job> {
  readonly job: Job;
  /** The bytes of standard input, where a file argument is `-`. */
  readonly stdin?: Uint8Array;
  /** Whether the thread waits for another job after this one. */
  readonly further?: true;
}

/** How a command ends: what is left to print and to write, and the exit status. */
export interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  /** Reports to write, whole or not at all. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Markdown for the summary of a job of GitHub Actions, if it runs in one. */
  readonly summary?: string;
  readonly status: ExitStatus;
}

/** The endings to use if the work is cut off from outside, by reason. Made in advance, while the worker still can. */
export interface CutOffEndings {
  readonly interrupted: Ending;
  readonly timeout: Ending;
  readonly memory: Ending;
}

export type CutOff = keyof CutOffEndings;

/** What the worker sends to the main thread, which prints. */
export type WorkerMessage =
  | { readonly kind: "stdout"; readonly text: string }
  /** A line to show during the work, with the endings to use if it is cut off now. */
  | { readonly kind: "progress"; readonly line: string; readonly ifCutOff?: CutOffEndings }
  /** Starts a process, since only the main thread can end it while the worker waits; its end goes to `port`, and `wake` becomes 1. */
  | {
      readonly kind: "process";
      readonly words: readonly string[];
      readonly port: MessagePort;
      readonly wake: SharedArrayBuffer;
    }
  /** The files that were read or looked for. `incomplete`: one that was looked for is missing. */
  | { readonly kind: "reads"; readonly paths: readonly string[]; readonly incomplete: boolean }
  | { readonly kind: "end"; readonly ending: Ending };

/** How a process ended. */
export type ProcessEnd =
  | { readonly kind: "not-started" /** After the name of the program. */; readonly problem: string }
  | {
      readonly kind: "ended";
      /** `undefined` if a signal ended it. */
      readonly status: number | undefined;
      readonly signal: string | undefined;
      readonly stdout: string;
      /** The last part of its standard error. */
      readonly stderr: string;
    };

/** One file for a thread of `ldfi test`, with the lines of the expectations to run. The answer is the list of results. */
export interface TestFileWork {
  readonly path: string;
  readonly lines: readonly number[];
  readonly includeDirs: readonly string[];
  readonly strict: boolean;
  /** The folder in which verdicts are kept. */
  readonly cache?: string;
}
