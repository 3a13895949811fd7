import type { Bounds, Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import type { Program } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { FrontierResult } from "../search/frontier.js";
import type { Parameters } from "../search/step.js";
import type { SweepResult } from "../search/sweep.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { fileWord, shellCommand } from "../source/shell.js";

interface Common {
  readonly program: Program;
  /** As named on the command line. */
  readonly files: readonly string[];
  readonly specification: Specification;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the kinds of fault that stay as they are from budget to budget. */
  readonly bounds: Bounds;
  /** The words of the command line of `ldfi check` that are needed besides the parameters. */
  readonly options: readonly string[];
  /** Seconds that it was allowed to take. */
  readonly timeout?: number;
}

/** Everything that the reports of a sweep are made from. */
export interface SweepReport extends Common {
  readonly result: SweepResult;
}

/** Everything that the reports of a frontier are made from. */
export interface FrontierReport extends Common {
  readonly result: FrontierResult;
}

/** The budget of a step, without its nodes. */
export function budgetOf({ bounds }: Common, { eot, eff, crashes }: Parameters): Budget {
  return budget([], eot, eff, { ...bounds, crashes });
}

/** The command that asks for one budget alone. */
export function checkCommandOf({ files, options }: Common, { eot, eff, crashes }: Parameters): string {
  const bounds = ["--eot", eot, "--eff", eff, ...(crashes === 0 ? [] : ["--crashes", crashes])].map(String);
  return shellCommand(["ldfi", "check", ...files.map(fileWord), ...bounds, ...options]);
}
