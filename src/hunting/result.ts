import type { Stopped } from "../execution/stopped.js";
import type { CallId, Observation } from "./call.js";
import type { HuntFaults } from "./fault.js";
import type { Reach } from "./knowledge.js";

/** A set of faults under which the scenario fails each time. */
export interface HuntFinding {
  readonly faults: HuntFaults;
  /** Whether each set without one of its faults was run, and none of them fails. */
  readonly smallest: boolean;
  readonly failing: Observation;
  /** A good run that differs from it by few faults, and its faults. */
  readonly nearest: { readonly faults: HuntFaults; readonly observation: Observation };
  /** Other sets at the same calls that fail in the same way. */
  readonly alike: readonly HuntFaults[];
  /** How many runs with these faults failed, all of them. */
  readonly confirmed: number;
}

/** A set under which some runs failed and some did not. */
export interface SometimesFailing {
  readonly faults: HuntFaults;
  readonly failed: number;
  readonly runs: number;
  readonly failing: Observation;
}

/** What keeps the loss of one call from doing harm. */
export interface Cover {
  readonly faults: HuntFaults;
  readonly call: CallId;
  readonly outcome: string;
  /** Calls that came only when this one was disturbed. */
  readonly instead: readonly CallId[];
}

/** What is known of a hunt at its end, whatever ended it. */
export interface HuntFacts {
  readonly budget: number;
  readonly kinds: readonly string[];
  readonly reach: Reach;
  /** Runs of the scenario, clean ones included. */
  readonly runs: number;
  /** Different fault sets among them. */
  readonly ran: number;
  /** Fault sets over the calls seen. */
  readonly sets: number;
  readonly calls: ReadonlyMap<CallId, string>;
  /** Calls that come or not by chance. */
  readonly unstable: readonly CallId[];
  /** Services that answered in two ways under the same circumstances. */
  readonly contradictions: readonly string[];
  /** Sets with a fault that was asked for and not injected. */
  readonly notInjected: readonly HuntFaults[];
  /** Seen but never disturbed, because their service is spared. */
  readonly spared: readonly CallId[];
  /** Seen in traces, where nothing could be injected. */
  readonly outOfReach: readonly CallId[];
  readonly sometimes: readonly SometimesFailing[];
  /** Clean runs that failed between others. */
  readonly cleanFailures: number;
  /** Runs of which not everything was heard. */
  readonly incomplete: number;
  readonly covers: readonly Cover[];
  readonly clean: Observation | undefined;
}

export type HuntVerdict =
  /** A run without faults fails. */
  | { readonly kind: "unfit"; readonly observation: Observation }
  | {
      readonly kind: "violated";
      /** Smallest first. */
      readonly findings: readonly [HuntFinding, ...HuntFinding[]];
      /** Whether the rest of the budget was searched too. */
      readonly complete: boolean;
    }
  /** Every set was run or follows; `plain` if nothing unstable stands against it. */
  | { readonly kind: "covered"; readonly plain: boolean }
  /** No finding, but some sets fail now and then. */
  | { readonly kind: "sometimes" }
  | { readonly kind: "inconclusive"; readonly stopped: Stopped };

export interface HuntResult {
  readonly verdict: HuntVerdict;
  readonly facts: HuntFacts;
}
