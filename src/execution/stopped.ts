/** Why work was stopped before it was complete. `solver`: a solver that was asked for gave no answer that can be used. */
export type StopReason = "timeout" | "max-runs" | "memory" | "interrupted" | "solver";

/**
 * The result of work that a limit or the user stopped. It is returned from room to room, never thrown between them, so that each
 * caller can add what is known by then.
 */
export interface Stopped {
  readonly kind: "stopped";
  readonly reason: StopReason;
  /** The limit that was reached, in one sentence for the user. */
  readonly detail: string;
}

export function stopped(reason: StopReason, detail: string): Stopped {
  return { kind: "stopped", reason, detail };
}

export function isStopped<T>(result: T | Stopped): result is Stopped {
  return typeof result === "object" && result !== null && "kind" in result && result.kind === "stopped";
}
