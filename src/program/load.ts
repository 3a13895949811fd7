import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { buildProgram } from "./build.js";
import type { LoadOptions } from "./includes.js";
import { loadTrees } from "./includes.js";
import type { Program } from "./program.js";

export { buildProgram } from "./build.js";

export interface LoadResult {
  /** Present exactly if no diagnostic is an error. */
  readonly program?: Program;
  /** The files that were read, in the order of reading. */
  readonly trees: readonly SyntaxTree[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files at `paths` and the files that they include, and builds one program from them. */
export function loadProgram(paths: readonly string[], reader: FileReader, options: LoadOptions = {}): LoadResult {
  const diagnostics = new Diagnostics();
  const trees = loadTrees(paths, reader, options, diagnostics);
  return { trees, ...buildProgram(trees, diagnostics.all) };
}
