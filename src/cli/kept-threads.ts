import type { Worker } from "node:worker_threads";

/** How many pieces of work a thread does. */
export const mostPieces = 100;

/** What is heard of a piece of work until it ends or is stopped. */
export interface Listener<Heard> {
  /** Whether this message is the last one. */
  heard(message: Heard): boolean;
  /** The thread ended before the work did. */
  failed(error: unknown): void;
}

/** A piece of work in progress. */
export interface Piece {
  /** Ends the work with its thread, since a call of a solver cannot be ended otherwise; nothing more is heard of it. */
  stop(): void;
}

interface Idle {
  readonly worker: Worker;
  /** The pieces of work that it has done. */
  readonly done: number;
}

/**
 * Threads that do one piece of work at a time. One that has ended its work does the next, since its code is compiled by now; after
 * some pieces another takes its place, with a heap of its own. A thread without work does not keep the process from ending.
 */
export class KeptThreads<Sent, Heard> {
  private idle: Idle | undefined;

  constructor(
    private readonly start: () => Worker,
    first?: Worker,
  ) {
    if (first !== undefined) this.keep(first, 0);
  }

  /** Gives a piece of work to the thread without work, or to a new one. */
  begin(work: Sent, { heard, failed }: Listener<Heard>): Piece {
    const { worker, done } = this.idle ?? { worker: this.start(), done: 0 };
    this.idle = undefined;
    worker.removeAllListeners("error").removeAllListeners("exit");
    worker.ref();
    let ended = false;
    const end = (): void => {
      ended = true;
      worker.removeAllListeners("message").removeAllListeners("error").removeAllListeners("exit");
    };
    const stop = (): void => {
      if (ended) return;
      end();
      // What a thread says that is being ended concerns nobody.
      worker.on("error", () => {});
      void worker.terminate();
    };
    const fail = (error: unknown): void => {
      stop();
      failed(error);
    };
    worker.on("message", (message: Heard) => {
      if (!heard(message) || ended) return;
      end();
      if (this.idle === undefined && done + 1 < mostPieces) this.keep(worker, done + 1);
      else {
        void worker.terminate();
        if (this.idle === undefined) this.keep(this.start(), 0);
      }
    });
    worker.once("error", fail);
    worker.once("exit", () => fail(new Error("the worker thread ended without a result")));
    worker.postMessage(work);
    return { stop };
  }

  private keep(worker: Worker, done: number): void {
    this.idle = { worker, done };
    worker.unref();
    // What goes wrong in a thread without work concerns nobody.
    const forget = (): void => {
      if (this.idle?.worker === worker) this.idle = undefined;
    };
    worker.on("error", forget).on("exit", forget);
  }
}
