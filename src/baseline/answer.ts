import type { Budget } from "../faults/budget.js";
import type { Schedule } from "../faults/schedule.js";
import type { DiagnosticCode } from "../source/codes.js";

/** The answer to one check or one expectation, reduced to what can be compared. */
export interface Answer {
  readonly verdict: "holds" | "violated" | "inconclusive" | "error";
  readonly question: Question | undefined;
  /** For a violation. */
  readonly violation?: Violation;
  /** The results of `//! reach` lines, if there are any. */
  readonly reaches: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What was asked. */
export interface Question {
  /** The specification: each condition by its promise, or by itself. */
  readonly conditions: readonly AskedCondition[];
  readonly asked:
    | { readonly kind: "budget"; readonly budget: Budget }
    /** One schedule, for a `//! run` line. */
    | { readonly kind: "schedule"; readonly eot: number; readonly schedule: Schedule };
}

export interface AskedCondition {
  /** Absent if promises have no names. */
  readonly promise?: string;
  /** "pre → post" */
  readonly text: string;
}

export interface Violation {
  readonly faults: number;
  /** Whether no schedule with fewer faults violates: proved. */
  readonly smallest: boolean;
  readonly schedule: Schedule;
  /** Every minimal counterexample, if `--all` was given. */
  readonly minimal?: { readonly complete: boolean; readonly schedules: readonly MinimalSchedule[] };
}

export interface MinimalSchedule {
  readonly promise?: string;
  readonly schedule: Schedule;
}

/** One subject of a warning. */
export interface Warning {
  readonly code: DiagnosticCode;
  readonly subject: string;
}

/** The answer to an expectation. */
export interface TestAnswer extends Answer {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly met: boolean;
}
