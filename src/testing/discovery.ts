import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { FileReader, List } from "../source/file-reader.js";
import { positionAt } from "../source/line-index.js";
import { missingHelp, missingProgram } from "../source/meant-program.js";
import { parseDirectives } from "../syntax/directives.js";
import type { Expectation } from "../syntax/expectation.js";
import { parseText } from "../syntax/parser.js";

/** One expectation of a file. */
export interface TestCase {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Its `name=`, or the text of the line. */
  readonly name: string;
  readonly expectation: Expectation;
}

/** A file with its expectations, and diagnostics if it cannot be read or a `//!` line is wrong. */
export interface TestFile {
  readonly path: string;
  readonly cases: readonly TestCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A reader that caches the result of every read. */
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

/** The programs found under some paths. */
export interface Found {
  /** Without repetitions. */
  readonly files: readonly string[];
  /** The paths that were given, except those that are missing or cannot be read. */
  readonly lookedAt: readonly LookedAt[];
  /** Paths that are missing or cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A path that was given, with the programs under it. */
export interface LookedAt {
  readonly path: string;
  /** Including programs that were also found under an earlier path. */
  readonly programs: readonly string[];
  /** The number of files without the extension of programs. */
  readonly passedOver: number;
}

/**
 * The programs at these paths: files that are given, and the `.ded` files of folders, in the order of their names. Names that start
 * with a `.`, and `node_modules`, are skipped.
 */
export function programsAt(paths: readonly string[], list: List, reader: FileReader): Found {
  return new Discovery(list, reader).found(paths);
}

class Discovery {
  private readonly diagnostics: Diagnostic[] = [];
  /** By resolved path: the path under which the file was first found. */
  private readonly files = new Map<string, string>();
  private readonly reported = new Set<string>();

  constructor(
    private readonly list: List,
    private readonly reader: FileReader,
  ) {}

  found(paths: readonly string[]): Found {
    const lookedAt = paths
      .map((path) => this.lookAt(path))
      .filter(({ path }) => !this.reported.has(this.reader.resolve(path)));
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
          // A missing entry of a folder is a broken link.
          if (isProgram)
            this.reportOnce("file-missing", path, `there is no file or folder ${path}`, missingHelp(path, this.reader));
          return;
        case "unreadable":
          this.reportOnce("file-unreadable", path, `${path} cannot be read: ${listing.reason}`);
          return;
        case "folder":
          // Links can form a cycle.
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

  private reportOnce(code: "file-missing" | "file-unreadable", path: string, message: string, help?: string): void {
    const resolved = this.reader.resolve(path);
    if (this.reported.has(resolved)) return;
    this.reported.add(resolved);
    this.diagnostics.push(diagnostic(code, { message, help }));
  }
}

/** The expectations of one file. */
export function expectationsIn(path: string, reader: FileReader): TestFile {
  const result = reader.read(path);
  switch (result.kind) {
    case "missing":
      return { path, cases: [], diagnostics: [diagnostic("file-missing", missingProgram(path, reader))] };
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
