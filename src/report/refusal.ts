import type { EvaluationError } from "../execution/execution.js";
import type { Program } from "../program/program.js";
import type { Undecided } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** What is reported where a program or its options are wrong, or the program fails in evaluation: nothing was decided. */
export interface Refusal {
  /** As named on the command line. */
  readonly files: readonly string[];
  /** The errors, and the warnings that were found on the way. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of a program that fails in evaluation. It is among the diagnostics. */
  readonly failure?: {
    readonly program: Program;
    readonly error: EvaluationError;
    readonly undecided?: Undecided;
  };
}

/** The refusal in one sentence: its first error. */
export function refusalSentence({ diagnostics }: Refusal): string {
  const [first, ...more] = diagnostics.filter(({ severity }) => severity === "error");
  if (first === undefined) return "nothing was decided";
  return more.length === 0 ? first.message : `${first.message}; and ${more.length} more`;
}
