import type { Rate } from "../faults/rates.js";
import type { Options } from "./options/table.js";
import type { Terminal } from "./terminal.js";

/*
 * A parsed command line. A job is sent to the worker thread, so it is plain data. This file has what jobs have in common; each
 * command's file in commands/ declares the rest.
 */

export type Format = "pretty" | "json" | "github";

/** What every job has. */
export interface Common {
  readonly includeDirs: readonly string[];
  readonly quiet: boolean;
  readonly terminal: Terminal;
  /** Seconds. */
  readonly timeout?: number;
  /** Reports to write besides the result; the extension of a name decides the format. */
  readonly reports: readonly string[];
  /** The CNF file to write the formula to. */
  readonly dimacs?: string;
  /** The file to write a proof to; the formula and a manifest are written beside it. */
  readonly proof?: string;
}

/** Ends with results line by line: the expectations of `test`. */
export interface ResultsJob extends Common {
  readonly kind: string;
  readonly reporter: Reporter;
}

export type Reporter = "default" | "json" | "junit";

/** Decides nothing: if it is cut off, it has no partial result. */
export interface TextJob extends Common {
  readonly kind: string;
}

/** Asks something of one program. */
export interface ProgramJob extends Common {
  readonly kind: string;
  /** As named on the command line; `-` is standard input. */
  readonly files: readonly string[];
  readonly format: Format;
  /** The budget and the specification; absent: the library's defaults. */
  readonly parameters: Pick<Parameters, "eot" | "maxTuples" | "pre" | "post" | "never" | "nodes">;
}

/** The options that are passed to the library unchanged. */
export type Parameters = Options<"check", "budget" | "bounds" | "specification" | "search" | "limits">;

/** Searches for a schedule of faults: `check` and `break`. */
export interface SearchJob extends ProgramJob {
  readonly kind: "check" | "break";
  readonly parameters: Parameters;
  /** Warnings of adequacy fail. */
  readonly strict: boolean;
  /** Show more of the verdict. */
  readonly verbose: boolean;
  /** A solver outside of this process, as a command. */
  readonly solver?: string;
  /** The rates of faults, from which the probability of a violation is computed. */
  readonly rates?: readonly Rate[];
  /** A file of further rates, read first. */
  readonly ratesFile?: string;
  /** An earlier report with which the answer is compared. */
  readonly baseline?: string;
  /** Measure how far a program that holds is from failing. */
  readonly margin: boolean;
}
