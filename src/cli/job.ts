import type { Rate } from "../faults/rates.js";
import type { Options } from "./options/table.js";
import type { Terminal } from "./terminal.js";

/*
 * What a command line asks for, as values: a job crosses to the worker thread, so it holds nothing but data. Here is what
 * jobs have in common; what one command needs besides is declared in its file in commands/.
 */

export type Format = "pretty" | "json" | "github";

/** What every job has. */
export interface Common {
  readonly includeDirs: readonly string[];
  readonly quiet: boolean;
  readonly terminal: Terminal;
  /** Seconds. */
  readonly timeout?: number;
  /** Files to write besides the result; the ending of a name says the format. */
  readonly reports: readonly string[];
  /** Where the question goes, as a CNF file. */
  readonly dimacs?: string;
  /** Where the proof of what holds goes; the formula and a manifest go beside it. */
  readonly proof?: string;
}

/** Ends with results line by line: the expectations of `test`. */
export interface ResultsJob extends Common {
  readonly kind: string;
  readonly reporter: Reporter;
}

export type Reporter = "default" | "json" | "junit";

/** Neither decides anything nor has results: what is not done by the time it is cut off is not done. */
export interface TextJob extends Common {
  readonly kind: string;
}

/** Asks something of one program. */
export interface ProgramJob extends Common {
  readonly kind: string;
  /** As named on the command line; `-` is standard input. */
  readonly files: readonly string[];
  readonly format: Format;
  /** What may happen, and what is checked; absent: the library's default. */
  readonly parameters: Pick<Parameters, "eot" | "maxTuples" | "pre" | "post" | "never" | "nodes">;
}

/** The options that go to the library as they are. */
export type Parameters = Options<"check", "budget" | "bounds" | "specification" | "search" | "limits">;

/** Asks for a schedule of faults: `check` and `break`. */
export interface SearchJob extends ProgramJob {
  readonly kind: "check" | "break";
  readonly parameters: Parameters;
  /** Warnings of adequacy fail. */
  readonly strict: boolean;
  /** Show more of the verdict. */
  readonly verbose: boolean;
  /** A solver outside of this process, as a command. */
  readonly solver?: string;
  /** The rates of faults, of which the probability of a violation is computed. */
  readonly rates?: readonly Rate[];
  /** A file of more of them, read first. */
  readonly ratesFile?: string;
  /** The report of another time with which the answer is compared. */
  readonly baseline?: string;
  /** Measure how far a program that holds is from failing. */
  readonly margin: boolean;
}
