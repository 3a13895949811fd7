import type { Program } from "../program/program.js";
import type { picturedRuns } from "../repair/pictured.js";
import type { RepairResult } from "../repair/result.js";
import type { Diagnostic } from "../source/diagnostic.js";

/** The data of all reports of one repair. */
export interface RepairReport {
  readonly program: Program;
  /** As named on the command line. */
  readonly files: readonly string[];
  readonly result: RepairResult;
  readonly diagnostics: readonly Diagnostic[];
  /** The counterexample on the program and on each repair, for reports that draw them. */
  readonly pictures?: ReturnType<typeof picturedRuns>;
  /** The number of the repair that was written to its files, from 1. */
  readonly written?: number;
}
