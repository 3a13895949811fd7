import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { diskFiles } from "../../src/disk/disk-files.js";
import { loadProgram } from "../../src/program/load.js";
import type { Program } from "../../src/program/program.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "programs");

/** A program of the library, by its path without the ending, together with others. */
export function libraryProgram(...names: readonly string[]): Program {
  const { program, diagnostics } = loadProgram(
    names.map((name) => join(folder, `${name}.ded`)),
    diskFiles(undefined),
  );
  if (program === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return program;
}
