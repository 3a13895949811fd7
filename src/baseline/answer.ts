import type { Budget } from "../faults/budget.js";
import type { Schedule } from "../faults/schedule.js";
import type { DiagnosticCode } from "../source/codes.js";

/** What one check, or one expectation, came to: as much of it as can be compared with another time. */
export interface Answer {
  readonly verdict: "holds" | "violated" | "inconclusive" | "error";
  readonly question: Question | undefined;
  /** Of a violation. */
  readonly violation?: Violation;
  /** What `//! reach` lines name, where something was found of them. */
  readonly reaches: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What was asked. */
export interface Question {
  /** What has to hold: each condition by its promise, or by itself. */
  readonly conditions: readonly AskedCondition[];
  readonly asked:
    | { readonly kind: "budget"; readonly budget: Budget }
    /** One schedule, of a `//! run` line. */
    | { readonly kind: "schedule"; readonly eot: number; readonly schedule: Schedule };
}

export interface AskedCondition {
  /** Absent where promises have no names. */
  readonly promise?: string;
  /** "pre → post" */
  readonly text: string;
}

export interface Violation {
  readonly faults: number;
  /** Whether no schedule with fewer faults violates: proved. */
  readonly smallest: boolean;
  readonly schedule: Schedule;
  /** Every minimal counterexample, where they were asked for. */
  readonly minimal?: { readonly complete: boolean; readonly schedules: readonly MinimalSchedule[] };
}

export interface MinimalSchedule {
  readonly promise?: string;
  readonly schedule: Schedule;
}

/** One thing that is warned of. */
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
