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
  /** The bounds that are the same in every budget. */
  readonly bounds: Bounds;
  /** The arguments of `ldfi check` besides the parameters. */
  readonly options: readonly string[];
  /** The time limit in seconds. */
  readonly timeout?: number;
}

/** The data of all reports of a sweep. */
export interface SweepReport extends Common {
  readonly result: SweepResult;
}

/** The data of all reports of a frontier. */
export interface FrontierReport extends Common {
  readonly result: FrontierResult;
}

/** The budget of a step, without its nodes. */
export function budgetOf({ bounds }: Common, { eot, eff, crashes }: Parameters): Budget {
  return budget([], eot, eff, { ...bounds, crashes });
}

/** The command that checks one budget. */
export function checkCommandOf({ files, options }: Common, { eot, eff, crashes }: Parameters): string {
  const bounds = ["--eot", eot, "--eff", eff, ...(crashes === 0 ? [] : ["--crashes", crashes])].map(String);
  return shellCommand(["ldfi", "check", ...files.map(fileWord), ...bounds, ...options]);
}
