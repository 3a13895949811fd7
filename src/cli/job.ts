import type { Fault } from "../faults/schedule.js";
import type { StrategyName } from "../search/verdict.js";
import type { Terminal } from "./terminal.js";

/** What the command line asked for, as values: it crosses to the worker thread, so it holds nothing but data. */
export type Job = CheckJob | RunJob | BreakJob | SweepJob | TestJob;

export type Format = "pretty" | "json" | "github";

/** Where a program comes from and within which bounds it is looked at; absent: the library's default. */
export interface Parameters {
  readonly eot?: number;
  readonly eff?: number;
  readonly crashes?: number;
  readonly nodes?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly maxTuples?: number;
}

export interface SearchParameters extends Parameters {
  readonly strategy?: StrategyName;
  readonly seed?: number;
  readonly maxRuns?: number;
  readonly timeout?: number;
}

interface Common {
  readonly files: readonly string[];
  readonly includeDirs: readonly string[];
  readonly format: Format;
  readonly quiet: boolean;
  readonly terminal: Terminal;
}

export interface CheckJob extends Common {
  readonly kind: "check";
  readonly parameters: SearchParameters;
  readonly all: boolean;
  readonly strict: boolean;
  readonly pin: boolean;
  /** Tell more of the verdict. */
  readonly verbose: boolean;
  /** Measure how far a program that holds is from failing. */
  readonly margin: boolean;
  readonly reports: readonly string[];
  readonly dimacs?: string;
}

export interface RunJob extends Common {
  readonly kind: "run";
  readonly parameters: Parameters;
  readonly timeout?: number;
  readonly faults: readonly Fault[];
  /** `all`: every instant; `eot`: the end of time. */
  readonly tables?: number | "eot";
  readonly why?: string;
  readonly whyNot?: string;
}

export interface BreakJob extends Common {
  readonly kind: "break";
  readonly parameters: SearchParameters;
  readonly tuple: string;
  readonly appear: boolean;
  readonly dimacs?: string;
}

/** A range as it is written: `4..12`, `..`, or one number. */
export interface OpenRange {
  readonly from?: number;
  readonly to?: number;
}

export interface SweepJob extends Common {
  readonly kind: "sweep";
  readonly parameters: Omit<SearchParameters, "eot" | "eff" | "crashes" | "timeout">;
  /** With `eot`, `eff` or several numbers of crashes: the frontier over these budgets. */
  readonly eot?: OpenRange;
  readonly eff?: OpenRange;
  readonly crashes?: OpenRange;
  readonly maxEot?: number;
  readonly patience?: number;
  readonly timeout?: number;
}

export type Reporter = "default" | "json" | "junit";

export interface TestJob {
  readonly kind: "test";
  readonly paths: readonly string[];
  readonly includeDirs: readonly string[];
  readonly reporter: Reporter;
  readonly reports: readonly string[];
  readonly bail: boolean;
  readonly filter?: string;
  readonly jobs?: number;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly terminal: Terminal;
}
