import type { Known, StopReason } from "./verdict.js";

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

/** What ended a search before its time, and that in a sentence. */
export interface Stop {
  readonly kind: "stopped";
  readonly reason: StopReason;
  readonly detail: string;
}

/** Thrown where a limit ends a search. */
export class Stopped extends Error implements Stop {
  readonly kind = "stopped";

  constructor(
    readonly reason: StopReason,
    readonly detail: string,
  ) {
    super(detail);
  }
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

  /** Throws `Stopped` when the time is up or the user has had enough. */
  poll(): void {
    const { timeout, interrupted } = this.limits;
    if (timeout !== undefined && this.elapsed > timeout * 1000) {
      throw new Stopped("timeout", `the time limit of ${timeout} s was reached`);
    }
    if (interrupted?.() === true) throw new Stopped("interrupted", "the search was interrupted");
  }

  /** Throws `Stopped` if one more execution is not allowed. */
  admitRun(known: Known): void {
    this.poll();
    const { maxRuns } = this.limits;
    if (maxRuns !== undefined && known.executions >= maxRuns) {
      throw new Stopped("max-runs", `the limit of ${maxRuns} executions was reached`);
    }
  }
}
