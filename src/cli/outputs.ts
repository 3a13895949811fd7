import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { visible } from "../source/strings.js";
import type { Common } from "./job.js";

/** A file that an option asks for. */
export interface Output {
  readonly option: "--report" | "--dimacs" | "--proof";
  readonly path: string;
}

/** The files that a job writes, except the one that `--pin` appends to. */
export function outputsOf({ reports, dimacs, proof }: Pick<Common, "reports" | "dimacs" | "proof">): readonly Output[] {
  return [
    ...reports.map((path) => ({ option: "--report" as const, path })),
    ...(dimacs === undefined ? [] : [{ option: "--dimacs" as const, path: dimacs }]),
    ...(proof === undefined
      ? []
      : ["", ".cnf", ".json"].map((ending) => ({ option: "--proof" as const, path: proof + ending }))),
  ];
}

/** Outputs that would replace a file of the program, or each other. A device may be named several times. */
export function outputConflicts(
  outputs: readonly Output[],
  sources: readonly string[],
  reader: FileReader,
  baselines: readonly string[] = [],
): readonly Diagnostic[] {
  const taken = new Map<string, string>([
    ...sources.map((path) => [reader.resolve(path), "is a file of the program, which it would replace"] as const),
    ...baselines.map(
      (path) => [reader.resolve(path), "is the file that --baseline compares with, which it would replace"] as const,
    ),
  ]);
  return outputs.flatMap(({ option, path }) => {
    if (path.startsWith("/dev/")) return [];
    const place = reader.resolve(path);
    const problem = taken.get(place);
    taken.set(place, "is named twice");
    return problem === undefined
      ? []
      : [diagnostic("bad-option", { message: `${option} ${path}: this ${problem}`, help: "name another file" })];
  });
}

/** A line for standard error. */
export function notWritten(path: string, why = ""): string {
  return `ldfi: ${visible(path)} was not written${why}\n`;
}

/** A file that could not be written, for commands that list what is wrong with files. */
export function unwritable(path: string, why: string): Diagnostic {
  return diagnostic("file-unreadable", { message: `${path} could not be written: ${why}` });
}
