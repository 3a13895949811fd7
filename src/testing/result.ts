import type { BudgetFields } from "../faults/budget-fields.js";
import type { Schedule } from "../faults/schedule.js";
import type { NamedSpecification } from "../program/named-specification.js";
import type { Counted } from "../search/strict.js";
import type { Counterexample } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { TestCase } from "./discovery.js";

/** The result of an expectation, as data that can be sent to another thread. */
export interface TestResult {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** `wrong`: the program has an error, and nothing was decided. */
  readonly kind: "passed" | "failed" | "wrong";
  readonly expected: {
    readonly outcome: TestCase["expectation"]["expect"];
    readonly faults?: number;
    /** A hollow `holds` is expected. */
    readonly vacuous?: true;
    /** It is expected of one schedule, by a `//! run` line. */
    readonly ofOneRun?: true;
  };
  readonly actual: Actual;
  /** The question; absent if the program, an option or the line is wrong. */
  readonly question?: {
    readonly specification: NamedSpecification;
    readonly budget: BudgetFields;
    readonly eot: number;
    /** For a `//! run` line: the only schedule that is run. */
    readonly schedule?: Schedule;
  };
  /** The warnings of the program and, if it holds, of adequacy, without those that make it hollow. */
  readonly warnings: readonly Diagnostic[];
  /** With `strict`: the warnings that count against an expectation that is met. */
  readonly strict?: readonly Counted[];
  /** The parameters of the `//!` line, for a command that repeats it. */
  readonly parameters: {
    readonly eot?: number;
    readonly nodes?: readonly string[];
    readonly pre?: string;
    readonly post?: string;
    readonly never?: string;
    readonly promise?: readonly string[];
  };
  /** All files of the program that were named. */
  readonly files: readonly string[];
  /** Further folders in which included files were looked for. */
  readonly includeDirs: readonly string[];
  readonly executions: number;
  /** The answer is from the cache. */
  readonly cached?: true;
  readonly milliseconds: number;
}

export type Actual =
  | {
      readonly kind: "holds";
      /** The warnings that make it hollow: nothing is promised, or no fault has an effect. */
      readonly hollow: readonly Diagnostic[];
      /** The `reach` lines that no schedule reaches. */
      readonly unreached: readonly Diagnostic[];
    }
  | {
      readonly kind: "violated";
      readonly schedule: Counterexample["schedule"];
      readonly smallest: boolean;
      readonly missing: readonly string[];
      /** The excluded tuples that are present, each with its first instant. */
      readonly present: readonly string[];
      /** Under another schedule evaluation fails. */
      readonly error?: Diagnostic;
    }
  | { readonly kind: "inconclusive"; readonly detail: string; readonly interrupted: boolean }
  /** The program is refused, or its evaluation fails. */
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** Programs and `//!` lines with errors. */
  readonly wrong: number;
  /** Whether some expectations were not run, because of `bail` or an interruption. */
  readonly cutShort: boolean;
}
