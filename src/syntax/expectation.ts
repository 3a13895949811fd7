import type { NumericBound } from "../faults/bounds.js";
import type { Fault } from "../faults/kinds.js";
import type { Span } from "../source/source.js";

/** The outcome that a `//!` line expects of a check or a run. */
export type ExpectedOutcome = "holds" | "violated" | "inconclusive" | "error";

interface Common {
  readonly expect: ExpectedOutcome;
  /** Absent fields have the defaults of the command line. */
  readonly eot?: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly never?: string;
  /** The promises that are checked, by name; absent: all. */
  readonly promise?: readonly string[];
  /** Files that belong to the program as if the file of the line included them. */
  readonly with: readonly string[];
  readonly name?: string;
  /** It holds because nothing is put to the test, and that is meant; only with `expect=holds`. */
  readonly vacuous?: true;
  /** From `//!` to the end of the line. */
  readonly span: Span;
  /** The span of each key that was given, with its value. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** `//! check …`: the verdict over a budget. */
export interface CheckExpectation extends Common, Readonly<Partial<Record<NumericBound, number>>> {
  readonly kind: "check";
  readonly eff?: number;
  /** Nodes that are spared: no fault but a cut involves them. */
  readonly spare?: readonly string[];
  /** The number of faults of the smallest counterexample; only with `expect=violated`. */
  readonly faults?: number;
}

/** `//! run …`: the outcome under one schedule. */
export interface RunExpectation extends Common {
  readonly kind: "run";
  /** As written: not sorted, repetitions kept. */
  readonly schedule: readonly Fault[];
  /** Facts that lines of inputs offer, as they are written. */
  readonly inputs: readonly string[];
}

export type Expectation = CheckExpectation | RunExpectation;
