import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { AskSolver } from "../solving/external-solver.js";
import type { Known, Progress } from "./verdict.js";

/** The limits of a search. */
export interface Limits {
  /** The limit on executions; unlimited if absent. */
  readonly maxRuns?: number | undefined;
  /** In seconds. */
  readonly timeout?: number | undefined;
  /** Milliseconds from any fixed moment; the machine's monotonic clock by default. */
  readonly now?: (() => number) | undefined;
  /** Polled between units of work; `true` stops the search. */
  readonly interrupted?: (() => boolean) | undefined;
}

export interface SearchOptions extends Limits {
  readonly all: boolean;
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  readonly onDimacs: ((text: string) => void) | undefined;
  /** Asks a solver outside of this process, instead of the one that is built in. */
  readonly solver: AskSolver | undefined;
}

/** The watchdog of one search: polls its limits and keeps its clock. */
export class Watchdog {
  readonly now: () => number;
  private readonly start: number;

  constructor(private readonly limits: Limits) {
    this.now = limits.now ?? (() => performance.now());
    this.start = this.now();
  }

  /** Milliseconds since the search began. */
  get elapsed(): number {
    return this.now() - this.start;
  }

  /** The time limit or the interruption, if one has occurred. */
  poll(): Stopped | undefined {
    const { timeout, interrupted } = this.limits;
    if (timeout !== undefined && this.elapsed > timeout * 1000)
      return stopped("timeout", `the time limit of ${timeout} s was reached`);
    if (interrupted?.() === true) return stopped("interrupted", "the search was interrupted");
    return undefined;
  }

  /** The same, or the limit on executions if it does not allow one more. */
  refusesRun(known: Known): Stopped | undefined {
    const { maxRuns } = this.limits;
    const end = this.poll();
    if (end !== undefined || maxRuns === undefined || known.executions < maxRuns) return end;
    return stopped("max-runs", `the limit of ${maxRuns} executions was reached`);
  }
}
