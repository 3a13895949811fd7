import type { EvaluationError, Execution } from "../execution/execution.js";
import type { Program } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { CheckOptions } from "../search/check.js";
import type { Limits } from "../search/limits.js";
import type { Counted } from "../search/strict.js";
import type { AdequacyWarning, Undecided, Verdict } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";

/** The options of `checkFiles`: those of a check, and where the files come from. */
export interface CheckFilesOptions extends CheckOptions {
  /** Further folders in which included files are looked for. */
  readonly includeDirs?: readonly string[] | undefined;
  /** How files are seen; the disk by default. */
  readonly reader?: FileReader | undefined;
  /** Whether what `ldfi check --strict` counts fails a verdict that holds: see `passes`. */
  readonly strict?: boolean | undefined;
}

/** The options of `replayFiles`. */
export interface ReplayFilesOptions
  extends Limits,
    Pick<
      CheckFilesOptions,
      "eot" | "nodes" | "pre" | "post" | "never" | "promise" | "maxTuples" | "includeDirs" | "reader"
    > {
  /** Facts that lines of inputs offer, as they are written; the defaults of those lines otherwise. */
  readonly inputs?: readonly string[] | undefined;
}

interface Answered {
  /** As they were named. */
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
  /** With `strict`: what counts against a verdict that holds. Empty if nothing does. */
  readonly strict?: readonly Counted[];
}

/** Evaluation of the program fails under some schedule, and none that was looked at violates. The error is among the diagnostics too. */
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

/** The program was run under the faults that were given, and keeps its specification. */
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

/** What `replayFiles` answers: a specification that is broken is a `violated` verdict, whose counterexample has the faults that were given. */
export type FilesReplayed = FilesDecided | FilesSurvived | FilesStopped | FilesFailed | FilesRefused;

/** What `checkFiles` answers. It holds executions, which are not plain data: `verdictDocument` makes plain data of it. */
export type FilesChecked = FilesDecided | FilesFailed | FilesRefused;

/** Whether the answer is a pass, as the exit status 0 of `ldfi check` is: it holds, and with `strict` nothing counts against it. */
export function passes(checked: FilesChecked): boolean {
  return checked.kind === "verdict" && checked.verdict.kind === "holds" && (checked.strict ?? []).length === 0;
}
