import { diagnostic } from "../../source/diagnostic.js";
import type { Diagnostic } from "../../source/diagnostic.js";
import type { FileReader } from "../../source/file-reader.js";

/** A file that an option asks for. */
export interface Output {
  readonly option: "--report" | "--dimacs";
  readonly path: string;
}

/** Outputs that would replace a file of the program, or each other. Devices and pipes have room for many. */
export function outputConflicts(outputs: readonly Output[], sources: readonly string[], reader: FileReader): readonly Diagnostic[] {
  const taken = new Map(sources.map((path) => [reader.resolve(path), "is a file of the program, which it would replace"]));
  return outputs.flatMap(({ option, path }) => {
    if (path.startsWith("/dev/")) return [];
    const place = reader.resolve(path);
    const problem = taken.get(place);
    taken.set(place, "is asked for twice");
    return problem === undefined ? [] : [diagnostic("bad-option", { message: `${option} ${path}: this ${problem}`, help: "name another file" })];
  });
}
