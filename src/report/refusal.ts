import type { EvaluationError } from "../execution/execution.js";
import type { Program } from "../program/program.js";
import type { Undecided } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** What is reported if a program or its options are wrong, or if evaluation fails: nothing was decided. */
export interface Refusal {
  /** As named on the command line. */
  readonly files: readonly string[];
  /** The errors, and the warnings found before them. */
  readonly diagnostics: readonly Diagnostic[];
  /** If evaluation fails; it is also among the diagnostics. */
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
