/** Why work ended before its time. */
export type StopReason = "timeout" | "max-runs" | "memory" | "interrupted";

/**
 * What ended work before its time: a limit, or the user. A value that whoever noticed it hands to whoever asked for the work, who adds
 * what is known by then.
 */
export interface Stopped {
  readonly kind: "stopped";
  readonly reason: StopReason;
  /** What ran out, in one sentence fit for a user. */
  readonly detail: string;
}

export function stopped(reason: StopReason, detail: string): Stopped {
  return { kind: "stopped", reason, detail };
}

export function isStopped<T>(result: T | Stopped): result is Stopped {
  return typeof result === "object" && result !== null && "kind" in result && result.kind === "stopped";
}
