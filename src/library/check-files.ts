import { diskFiles } from "../disk/disk-files.js";
import { adviceOn } from "../program/lint/index.js";
import { loadProgram } from "../program/load.js";
import { check, prepare } from "../search/check.js";
import { evaluationDiagnostic } from "../search/evaluation-diagnostic.js";
import { countedByStrict } from "../search/strict.js";
import type { CheckFilesOptions, FilesChecked } from "./checked.js";
import { checkFilesShapes, wrongArguments, wrongOptions } from "./options.js";
import { someTexts } from "./shapes.js";

/**
 * Checks the program in some files and their includes: `ldfi check FILE…` as a function. Problems with the files, the program or the
 * options are in the answer; nothing is thrown, and nothing is printed.
 */
export function checkFiles(paths: string | readonly string[], options: CheckFilesOptions = {}): FilesChecked {
  const files = typeof paths === "string" ? [paths] : paths;
  const wrong = [
    ...wrongArguments({ paths: [files, someTexts] }),
    ...wrongOptions("checkFiles", options, checkFilesShapes),
  ];
  if (wrong.length > 0)
    return { kind: "refused", files, options, diagnostics: wrong.map(({ diagnostic }) => diagnostic) };
  const { reader = diskFiles(), includeDirs = [] } = options;
  const { program, diagnostics: read } = loadProgram(files, reader, { includeDirs });
  if (program === undefined) return { kind: "refused", files, options, diagnostics: read };
  const { setting, diagnostics: prepared } = prepare(program, options);
  const diagnostics = [...read, ...adviceOn(program, options), ...prepared];
  if (setting === undefined) return { kind: "refused", files, options, diagnostics };
  const result = check(setting, options);
  return result.kind === "error"
    ? {
        ...result,
        program,
        files,
        options,
        diagnostics: [...diagnostics, evaluationDiagnostic(program, result.error, result.undecided)],
      }
    : {
        ...result,
        program,
        files,
        options,
        diagnostics,
        ...(options.strict === true ? { strict: countedByStrict(result.verdict, diagnostics) } : {}),
      };
}
