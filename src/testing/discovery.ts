import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { positionAt } from "../source/line-index.js";
import { parseDirectives } from "../syntax/directives.js";
import type { Expectation } from "../syntax/expectation.js";
import { parseText } from "../syntax/parser.js";

/** What a path is, to someone who looks for programs. */
export type Listing =
  | { readonly kind: "file" }
  /** Names, in any order. */
  | { readonly kind: "folder"; readonly entries: readonly string[] }
  | { readonly kind: "missing" }
  /** It is there, but what it is or holds cannot be seen. */
  | { readonly kind: "unreadable"; readonly reason: string };

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

/** What was found under some paths. */
export interface Found {
  /** Each once. */
  readonly files: readonly string[];
  /** The paths that were named, but for those that are missing or cannot be read. */
  readonly lookedAt: readonly LookedAt[];
  /** What is missing or cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A path that was named, and what is there. */
export interface LookedAt {
  readonly path: string;
  /** Those also that another path led to before. */
  readonly programs: readonly string[];
  /** How many files there are no programs by their names. */
  readonly passedOver: number;
}

/**
 * The programs at these paths: files as they are named, folders searched for `.ded` files, in the order of their names.
 * Names that start with a `.`, and `node_modules`, are passed over.
 */
export function programsAt(paths: readonly string[], list: List, reader: FileReader): Found {
  return new Discovery(list, reader).found(paths);
}

class Discovery {
  private readonly diagnostics: Diagnostic[] = [];
  /** By resolved path, as they were first met. */
  private readonly files = new Map<string, string>();
  private readonly complained = new Set<string>();

  constructor(
    private readonly list: List,
    private readonly reader: FileReader,
  ) {}

  found(paths: readonly string[]): Found {
    const lookedAt = paths
      .map((path) => this.lookAt(path))
      .filter(({ path }) => !this.complained.has(this.reader.resolve(path)));
    return { files: [...this.files.values()], lookedAt, diagnostics: this.diagnostics };
  }

  private lookAt(named: string): LookedAt {
    const { resolve, join } = this.reader;
    const programs = new Set<string>();
    const folders = new Set<string>();
    let passedOver = 0;
    const visit = (path: string): void => {
      const listing = this.list(path);
      const isProgram = path === named || path.endsWith(".ded");
      switch (listing.kind) {
        case "missing":
          // A name in a folder that leads nowhere is a broken link.
          if (isProgram) this.complain("file-missing", path, `there is no file or folder ${path}`);
          return;
        case "unreadable":
          this.complain("file-unreadable", path, `${path} cannot be read: ${listing.reason}`);
          return;
        case "folder":
          // Links may go in a circle.
          if (folders.has(resolve(path))) return;
          folders.add(resolve(path));
          for (const name of [...listing.entries].sort((a, b) => (a < b ? -1 : 1))) {
            if (!name.startsWith(".") && name !== "node_modules") visit(join(path, name));
          }
          return;
        case "file":
          if (isProgram) programs.add(this.known(path));
          else passedOver++;
          return;
        default:
          listing satisfies never;
      }
    };
    visit(named);
    return { path: named, programs: [...programs], passedOver };
  }

  private known(path: string): string {
    const resolved = this.reader.resolve(path);
    const known = this.files.get(resolved) ?? path;
    this.files.set(resolved, known);
    return known;
  }

  private complain(code: "file-missing" | "file-unreadable", path: string, message: string): void {
    const resolved = this.reader.resolve(path);
    if (this.complained.has(resolved)) return;
    this.complained.add(resolved);
    this.diagnostics.push(diagnostic(code, { message }));
  }
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
      const { directives, diagnostics } = parseDirectives(tree);
      return { path, cases: directives.map((e) => testCase(path, e)), diagnostics };
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
