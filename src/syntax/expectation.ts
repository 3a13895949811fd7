import type { NumericBound } from "../faults/bounds.js";
import type { Fault } from "../faults/kinds.js";
import type { Span } from "../source/source.js";

/** What a `//!` line says a check or a run comes to. */
export type ExpectedOutcome = "holds" | "violated" | "inconclusive" | "error";

interface Common {
  readonly expect: ExpectedOutcome;
  /** Absent fields have the defaults of the command line. */
  readonly eot?: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  /** Files that are part of the program as if they were included by the file of the line. */
  readonly with: readonly string[];
  readonly name?: string;
  /** From `//!` to the end of the line. */
  readonly span: Span;
  /** Where each key that was given stands, with its value. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** `//! check …`: the verdict over a budget. */
export interface CheckExpectation extends Common, Readonly<Partial<Record<NumericBound, number>>> {
  readonly kind: "check";
  readonly eff?: number;
  /** Nodes that no fault befalls. */
  readonly spare?: readonly string[];
  /** The number of faults of the smallest counterexample; only with `expect=violated`. */
  readonly faults?: number;
}

/** `//! run …`: the outcome under one schedule. */
export interface RunExpectation extends Common {
  readonly kind: "run";
  /** As written: not sorted, repetitions kept. */
  readonly schedule: readonly Fault[];
}

export type Expectation = CheckExpectation | RunExpectation;
