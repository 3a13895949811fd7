import type { EvaluationError } from "../execution/execution.js";
import type { Program } from "../program/program.js";
import type { CheckOptions } from "../search/check.js";
import type { Counted } from "../search/strict.js";
import type { Undecided, Verdict } from "../search/verdict.js";
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

/** What `checkFiles` answers. It holds executions, which are not plain data: `verdictDocument` makes plain data of it. */
export type FilesChecked = FilesDecided | FilesFailed | FilesRefused;

/** Whether the answer is a pass, as the exit status 0 of `ldfi check` is: it holds, and with `strict` nothing counts against it. */
export function passes(checked: FilesChecked): boolean {
  return checked.kind === "verdict" && checked.verdict.kind === "holds" && (checked.strict ?? []).length === 0;
}
