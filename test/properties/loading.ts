import { setUp } from "../../src/execution/setup.js";
import { loadProgram } from "../../src/program/load.js";
import { inferNodes } from "../../src/program/nodes.js";
import type { Program } from "../../src/program/program.js";
import type { FileReader } from "../../src/source/file-reader.js";
import { parseText } from "../../src/syntax/parser.js";
import type { SyntaxTree } from "../../src/syntax/tree.js";

/** The tree of a text that has no syntax errors. */
export function parse(text: string): SyntaxTree {
  const { tree, diagnostics } = parseText({ path: "program.ded", text });
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(`${first.message} in\n${text}`);
  return tree;
}

export type Loaded = { readonly program: Program } | { readonly refused: string };

/** The program of a text, or why there is none. */
export function loadText(text: string): Loaded {
  return loadFiles(new Map([["program.ded", text]]), ["program.ded"]);
}

/** The program of files held in memory. */
export function loadFiles(files: ReadonlyMap<string, string>, named: readonly string[]): Loaded {
  const { program, diagnostics } = loadProgram(named, readerOf(files));
  if (program !== undefined) return { program };
  const errors = diagnostics.filter((d) => d.severity === "error");
  return { refused: errors.map((d) => `${d.code}: ${d.message}`).join("; ") };
}

/** Files in one folder: a name is a path, with or without `./`. */
export function readerOf(files: ReadonlyMap<string, string>): FileReader {
  const plain = (path: string): string => path.replace(/^(\.\/)+/, "");
  return {
    read: (path) => {
      const text = files.get(plain(path));
      return text === undefined ? { kind: "missing" } : { kind: "read", text };
    },
    resolve: plain,
    folder: () => ".",
    join: (_, child) => plain(child),
  };
}

export function inferredNodes(program: Program, eot: number): readonly string[] {
  const ready = setUp(program, eot);
  if (ready.kind === "error") throw new Error(ready.error.kind);
  return inferNodes(ready.program, eot);
}
