import type { Counted } from "../search/strict.js";
import type { Counterexample } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { TestCase } from "./discovery.js";

/** What an expectation came to: data that can cross to another thread. */
export interface TestResult {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** `wrong`: the program is, and nothing was decided. */
  readonly kind: "passed" | "failed" | "wrong";
  readonly expected: {
    readonly outcome: TestCase["expectation"]["expect"];
    readonly faults?: number;
    /** It holds because nothing is put to the test, and that is meant. */
    readonly vacuous?: true;
  };
  readonly actual: Actual;
  /** Of the program and, if it holds, of adequacy; without those that make it hollow. */
  readonly warnings: readonly Diagnostic[];
  /** With `strict`: what counts against it, though it is met. Empty if nothing does. */
  readonly strict?: readonly Counted[];
  /** Of the `//!` line, for a command that runs the same. */
  readonly parameters: {
    readonly eot?: number;
    readonly nodes?: readonly string[];
    readonly pre?: string;
    readonly post?: string;
    readonly never?: string;
  };
  /** All the files of the program. */
  readonly files: readonly string[];
  /** Where else included files were looked for. */
  readonly includeDirs: readonly string[];
  readonly executions: number;
  readonly milliseconds: number;
}

export type Actual =
  | {
      readonly kind: "holds";
      /** Why it says nothing: what is promised, or what befalls the program, is nothing. Empty if it was earned. */
      readonly hollow: readonly Diagnostic[];
    }
  | {
      readonly kind: "violated";
      readonly schedule: Counterexample["schedule"];
      readonly smallest: boolean;
      readonly missing: readonly string[];
      /** What must never be there, each with the first instant at which it is. */
      readonly present: readonly string[];
      /** Another schedule makes the program fail in evaluation. */
      readonly error?: Diagnostic;
    }
  | { readonly kind: "inconclusive"; readonly detail: string; readonly interrupted: boolean }
  /** The program is refused, or fails in evaluation. */
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** Programs and `//!` lines that are wrong. */
  readonly wrong: number;
  /** Not every expectation was run: a failure with `bail`, or an interruption. */
  readonly cutShort: boolean;
}
