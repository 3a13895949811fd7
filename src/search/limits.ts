import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { Known } from "./verdict.js";

/** What bounds a search. */
export interface Limits {
  /** The most concrete executions; unbounded if absent. */
  readonly maxRuns?: number | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  /** Milliseconds from any fixed moment; the machine's monotonic clock by default. */
  readonly now?: (() => number) | undefined;
  /** Polled between units of work. */
  readonly interrupted?: (() => boolean) | undefined;
}

/** Watches the limits of one search, and its clock. */
export class Watch {
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

  /** Whether the time is up, or the user has had enough. */
  poll(): Stopped | undefined {
    const { timeout, interrupted } = this.limits;
    if (timeout !== undefined && this.elapsed > timeout * 1000)
      return stopped("timeout", `the time limit of ${timeout} s was reached`);
    if (interrupted?.() === true) return stopped("interrupted", "the search was interrupted");
    return undefined;
  }

  /** Whether one more execution is not allowed. */
  refusesRun(known: Known): Stopped | undefined {
    const { maxRuns } = this.limits;
    const end = this.poll();
    if (end !== undefined || maxRuns === undefined || known.executions < maxRuns) return end;
    return stopped("max-runs", `the limit of ${maxRuns} executions was reached`);
  }
}
