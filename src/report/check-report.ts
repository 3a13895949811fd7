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

/** Everything that the reports of one check are made from. */
export interface CheckReport {
  readonly program: Program;
  /** As named on the command line. */
  readonly files: readonly string[];
  readonly verdict: Verdict;
  /** Warnings of the program and of the options. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where a report has to do without further runs. */
  readonly evidence?: Evidence;
  /** With `--strict`: what counts against a verdict that holds. Empty if nothing does. */
  readonly strict?: readonly Counted[];
  /** The command of the solver that was asked instead of the one that is built in. */
  readonly solver?: string;
  /** Of a violation. */
  readonly replay?: Replay;
  /** Whether more was asked for: what each fault of a violation is for, and the tables at the end of time. */
  readonly verbose?: boolean;
  /** The probability that the promise is broken, where rates of faults were given. */
  readonly risk?: Risk;
  /** Of what holds, where it was asked for. */
  readonly margin?: Margin;
  /** With `--baseline`: what has changed since another time. */
  readonly comparison?: Comparison;
  /** What was asked of a single tuple instead of the specification: `ldfi break`. */
  readonly question?: Question;
}

export interface Question {
  /** As written. */
  readonly tuple: string;
  readonly appear: boolean;
}

/** Whether a report is one of success: what every format and the exit status go by. With a baseline only a regression is none. */
export function isGreen({ verdict, strict = [], comparison }: CheckReport): boolean {
  if (comparison !== undefined) return verdict.kind !== "inconclusive" && regressionsOf(comparison).length === 0;
  return verdict.kind === "holds" && strict.length === 0;
}
