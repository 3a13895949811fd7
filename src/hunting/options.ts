import type { Stopped } from "../execution/stopped.js";
import type { CallId, Observation } from "./call.js";
import type { CallFaultKind, HuntFaults } from "./fault.js";
import type { Reach } from "./knowledge.js";
import type { HuntResult } from "./result.js";

export interface HuntOptions {
  readonly kinds: readonly CallFaultKind[];
  /** Whether whole services are taken down, and as what each of their calls then counts. */
  readonly down: CallFaultKind | undefined;
  readonly budget: number;
  readonly spare: readonly string[];
  readonly reach: Reach;
  /** Every finding, not only the first. */
  readonly all: boolean;
  /** Clean runs before the first fault. */
  readonly calibration: number;
  /** Runs of a set that touches a call which comes by chance. */
  readonly repeat: number;
  readonly maxRuns: number;
  /** What ends the hunt early, polled between runs. */
  readonly poll: () => Stopped | undefined;
  /** Just this set, after calibration. */
  readonly only?: HuntFaults;
  readonly onRun: (event: RunEvent, soFar: () => HuntResult) => void;
}

/** A run that ended. */
export interface RunEvent {
  readonly number: number;
  readonly faults: HuntFaults;
  readonly purpose: "calibrate" | "search" | "confirm" | "clean" | "smaller" | "repeat";
  readonly observation: Observation;
  /** Calls seen for the first time. */
  readonly newCalls: readonly CallId[];
}

/** The kinds of a hunt as reports list them. */
export function textsOfKinds({ kinds, down }: Pick<HuntOptions, "kinds" | "down">): readonly string[] {
  return [...kinds, ...(down === undefined ? [] : [down])].map(({ text }) => text);
}
