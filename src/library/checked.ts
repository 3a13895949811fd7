import type { EvaluationError, Execution } from "../execution/execution.js";
import type { Program } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { CheckOptions } from "../search/check.js";
import type { Limits } from "../search/limits.js";
import type { Counted } from "../search/strict.js";
import type { AdequacyWarning, Undecided, Verdict } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";

/** The options of `checkFiles`: those of a check, and how to read files. */
export interface CheckFilesOptions extends CheckOptions {
  /** Further folders to search for included files. */
  readonly includeDirs?: readonly string[] | undefined;
  /** How files are read; by default from the disk. */
  readonly reader?: FileReader | undefined;
  /** Whether the warnings that `ldfi check --strict` counts fail a verdict that holds: see `passes`. */
  readonly strict?: boolean | undefined;
}

/** The options of `replayFiles`. */
export interface ReplayFilesOptions
  extends Limits,
    Pick<
      CheckFilesOptions,
      "eot" | "nodes" | "pre" | "post" | "never" | "promise" | "maxTuples" | "includeDirs" | "reader"
    > {
  /** Facts that `maybe` and `one-of` lines offer, as written; other lines have their defaults. */
  readonly inputs?: readonly string[] | undefined;
}

interface Answered {
  /** The files as named. */
  readonly files: readonly string[];
  /** The options of the check. */
  readonly options: CheckFilesOptions;
  /** Errors and warnings, of the files and of the options. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The program was checked. */
export interface FilesDecided extends Answered {
  readonly kind: "verdict";
  readonly program: Program;
  readonly verdict: Verdict;
  /** With `strict`: the warnings that count, if the verdict is `holds`. Empty if there are none. */
  readonly strict?: readonly Counted[];
}

/** Evaluation of the program fails under some schedule, and no schedule that was tried violates. The error is also among the diagnostics. */
export interface FilesFailed extends Answered {
  readonly kind: "error";
  readonly program: Program;
  readonly error: EvaluationError;
  /** The limit that ended the search, if one did. */
  readonly undecided?: Undecided;
}

/** The files or the options are wrong: nothing was decided. At least one diagnostic is an error. */
export interface FilesRefused extends Answered {
  readonly kind: "refused";
}

/** The program was run under the given faults, and keeps its specification. */
export interface FilesSurvived extends Answered {
  readonly kind: "survives";
  readonly program: Program;
  readonly specification: Specification;
  readonly run: Execution;
  /** The run without faults, with the same inputs. */
  readonly failureFree: Execution;
  /** Reasons why "kept" may say less than it seems to. */
  readonly warnings: readonly AdequacyWarning[];
}

/** A limit ended the run. */
export interface FilesStopped extends Answered {
  readonly kind: "stopped";
  readonly detail: string;
}

/** The answer of `replayFiles`. If the specification is broken, it is a `violated` verdict whose counterexample has the given faults. */
export type FilesReplayed = FilesDecided | FilesSurvived | FilesStopped | FilesFailed | FilesRefused;

/** The answer of `checkFiles`. It contains executions, which are not plain data: `verdictDocument` converts it to plain data. */
export type FilesChecked = FilesDecided | FilesFailed | FilesRefused;

/** Whether the answer is a pass, like the exit status 0 of `ldfi check`: it holds, and with `strict` no warning counts. */
export function passes(checked: FilesChecked): boolean {
  return checked.kind === "verdict" && checked.verdict.kind === "holds" && (checked.strict ?? []).length === 0;
}
