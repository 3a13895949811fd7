import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { positionAt } from "../source/line-index.js";
import type { Expectation } from "../syntax/directives.js";
import { parseDirectives } from "../syntax/directives.js";
import { parseText } from "../syntax/parser.js";

/** What a path is, to someone who looks for programs. */
export type Listing =
  | { readonly kind: "file" }
  /** Names, in any order. */
  | { readonly kind: "folder"; readonly entries: readonly string[] }
  | { readonly kind: "missing" };

/** Lists folders; the counterpart of FileReader for discovery. */
export type List = (path: string) => Listing;

/** One `//!` line of a file. */
export interface TestCase {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The name that the line gives itself, or what it says. */
  readonly name: string;
  readonly expectation: Expectation;
}

/** A file that holds expectations, or that cannot be read or has a `//!` line that is wrong. */
export interface TestFile {
  readonly path: string;
  readonly cases: readonly TestCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A reader that asks for every file once, however often it is read. */
export function readingOnce(reader: FileReader): FileReader {
  const results = new Map<string, ReturnType<FileReader["read"]>>();
  return {
    ...reader,
    read: (path) => {
      const known = results.get(path) ?? reader.read(path);
      results.set(path, known);
      return known;
    },
  };
}

/** The programs at these paths: files as they are named, folders searched for `.ded` files, in the order of their names. */
export function programsAt(
  paths: readonly string[],
  list: List,
  reader: FileReader,
): { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const visit = (path: string, named: boolean): void => {
    const listing = list(path);
    if (listing.kind === "missing" && named)
      diagnostics.push(diagnostic("file-missing", { message: `there is no file or folder ${path}` }));
    if (listing.kind === "folder") {
      const resolved = reader.resolve(path);
      if (seen.has(resolved)) return;
      seen.add(resolved);
      for (const name of [...listing.entries].sort((a, b) => (a < b ? -1 : 1))) {
        if (!name.startsWith(".") && name !== "node_modules") visit(reader.join(path, name), false);
      }
    }
    if (listing.kind === "file" && (named || path.endsWith(".ded")) && !seen.has(reader.resolve(path))) {
      seen.add(reader.resolve(path));
      files.push(path);
    }
  };
  for (const path of paths) visit(path, true);
  return { files, diagnostics };
}

/** The expectations of one file. */
export function expectationsIn(path: string, reader: FileReader): TestFile {
  const result = reader.read(path);
  switch (result.kind) {
    case "missing":
      return { path, cases: [], diagnostics: [diagnostic("file-missing", { message: `there is no file ${path}` })] };
    case "unreadable":
      return {
        path,
        cases: [],
        diagnostics: [diagnostic("file-unreadable", { message: `${path} cannot be read: ${result.reason}` })],
      };
    case "read": {
      if (!result.text.includes("//!")) return { path, cases: [], diagnostics: [] };
      const { tree } = parseText({ path, text: result.text });
      const { expectations, diagnostics } = parseDirectives(tree);
      return { path, cases: expectations.map((e) => testCase(path, e)), diagnostics };
    }
    default: {
      const never: never = result;
      return never;
    }
  }
}

function testCase(file: string, expectation: Expectation): TestCase {
  const { span, name } = expectation;
  const said = span.file.text
    .slice(span.start, span.end)
    .replace(/^\/\/!\s*/, "")
    .replace(/\s*\bexpect=\S+/, "")
    .replace(/\s*\bfaults=\S+/, "");
  return { file, line: positionAt(span.file, span.start).line, name: name ?? said, expectation };
}
