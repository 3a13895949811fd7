import type { ChildProcess } from "node:child_process";

/** Sends a signal to a process that leads a group, and to everything that it started. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing is left of the group.
  }
}
