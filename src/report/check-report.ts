import type { Comparison } from "../baseline/finding.js";
import { regressionsOf } from "../baseline/finding.js";
import type { Evidence } from "../evidence/evidence.js";
import type { Replay } from "../evidence/replay.js";
import type { Program } from "../program/program.js";
import type { Risk } from "../risk/risk.js";
import type { Margin } from "../search/margin.js";
import type { Counted } from "../search/strict.js";
import type { Verdict } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** The data of all reports of one check. */
export interface CheckReport {
  readonly program: Program;
  /** As named on the command line. */
  readonly files: readonly string[];
  readonly verdict: Verdict;
  /** Warnings of the program and of the options. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent if a report must be made without further runs. */
  readonly evidence?: Evidence;
  /** With `--strict`: the warnings that count, if the verdict is `holds`. Empty if there are none. */
  readonly strict?: readonly Counted[];
  /** The command of the solver that replaced the built-in one. */
  readonly solver?: string;
  /** The file of the solver's proof, which was checked. */
  readonly proof?: string;
  /** For a violation. */
  readonly replay?: Replay;
  /** With `--verbose`: what each fault of a violation is needed for, and the tables at the end of time. */
  readonly verbose?: boolean;
  /** The probability that the promise is broken, if rates of faults were given. */
  readonly risk?: Risk;
  /** With `--margin`, if the verdict is `holds`. */
  readonly margin?: Margin;
  /** With `--baseline`: what changed since the earlier report. */
  readonly comparison?: Comparison;
  /** The question about a single tuple instead of the specification: `ldfi break`. */
  readonly question?: Question;
}

export interface Question {
  /** As written. */
  readonly tuple: string;
  readonly appear: boolean;
}

/** Whether a report is a success, for every format and the exit status. With a baseline only a regression is a failure. */
export function isGreen({ verdict, strict = [], comparison }: CheckReport): boolean {
  if (comparison !== undefined) return verdict.kind !== "inconclusive" && regressionsOf(comparison).length === 0;
  return verdict.kind === "holds" && strict.length === 0;
}
