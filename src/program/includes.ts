import type { Diagnostics } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { meantPath, missingProgram } from "../source/meant-program.js";
import type { SourceFile } from "../source/source.js";
import type { ParseResult } from "../syntax/parser.js";
import { parseText } from "../syntax/parser.js";
import type { IncludeStatement, SyntaxTree } from "../syntax/tree.js";

export interface LoadOptions {
  /** Further folders in which included files are looked for. */
  readonly includeDirs?: readonly string[];
  /** In place of the parser: for a caller that keeps trees. */
  readonly parse?: (source: SourceFile) => ParseResult;
}

type Found =
  | { readonly kind: "found"; readonly path: string; readonly text: string }
  | { readonly kind: "known" }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "missing"; readonly tried: readonly string[] };

/**
 * Reads and parses the named files and the files that they include, each once: in the order of the names, each followed by
 * its includes, depth first.
 */
export function loadTrees(
  paths: readonly string[],
  reader: FileReader,
  options: LoadOptions,
  diagnostics: Diagnostics,
): readonly SyntaxTree[] {
  const loader = new Loader(paths, reader, options, diagnostics);
  for (const path of paths) loader.loadNamed(path);
  return loader.trees;
}

class Loader {
  readonly trees: SyntaxTree[] = [];
  /** The resolved paths of the files that were read. */
  private readonly seen = new Set<string>();
  private readonly folders: readonly string[];
  private readonly parse: (source: SourceFile) => ParseResult;

  constructor(
    paths: readonly string[],
    private readonly reader: FileReader,
    options: LoadOptions,
    private readonly diagnostics: Diagnostics,
  ) {
    this.parse = options.parse ?? parseText;
    this.folders = [...paths.map((path) => reader.folder(path)), ...(options.includeDirs ?? [])];
  }

  loadNamed(path: string): void {
    const found = this.find([path]);
    switch (found.kind) {
      case "known":
        return;
      case "missing":
        this.diagnostics.report("file-missing", missingProgram(path, this.reader));
        return;
      case "unreadable":
        this.diagnostics.report("file-unreadable", { message: `${path} cannot be read: ${found.reason}` });
        return;
      case "found":
        this.parseWithIncludes(found.path, found.text);
    }
  }

  /** Depth first, without recursion: a chain of includes can be as long as there are files. */
  private parseWithIncludes(path: string, text: string): void {
    const pending: { readonly include: IncludeStatement; readonly from: string }[] = [];
    const parse = (name: string, content: string): void => {
      const { tree, diagnostics } = this.parse({ path: name === "-" ? "<stdin>" : name, text: content });
      this.trees.push(tree);
      this.diagnostics.add(diagnostics);
      const includes = tree.statements.filter((statement) => statement.kind === "include");
      for (const include of includes.reverse()) pending.push({ include, from: name });
    };
    parse(path, text);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const found = this.findIncluded(next.include, next.from);
      if (found.kind === "found") parse(found.path, found.text);
      else this.reportFailure(next.include, found);
    }
  }

  private findIncluded(include: IncludeStatement, from: string): Found {
    const folders = [this.reader.folder(from), ...this.folders];
    return this.find([...new Set(folders.map((folder) => this.reader.join(folder, include.path)))]);
  }

  /** The first candidate that can be read. One that exists but cannot be read is returned only if no other can. */
  private find(candidates: readonly string[]): Found {
    let unreadable: Found | undefined;
    const tried = new Set<string>();
    for (const path of candidates) {
      const resolved = this.reader.resolve(path);
      if (tried.has(resolved)) continue;
      tried.add(resolved);
      if (this.seen.has(resolved)) return { kind: "known" };
      const result = this.reader.read(path);
      switch (result.kind) {
        case "read":
          this.seen.add(resolved);
          return { kind: "found", path, text: result.text };
        case "unreadable":
          unreadable ??= { kind: "unreadable", path, reason: result.reason };
          break;
        case "missing":
      }
    }
    return unreadable ?? { kind: "missing", tried: [...tried] };
  }

  private reportFailure(include: IncludeStatement, found: Found): void {
    const span = include.pathSpan;
    if (found.kind === "missing") {
      const [meant] = found.tried.flatMap((path) => meantPath(include.path, path, this.reader) ?? []);
      const tried = `tried ${found.tried.join(", ")}`;
      this.diagnostics.report("include-missing", {
        span,
        message: `cannot find "${include.path}"`,
        help:
          meant === undefined
            ? `${tried}; \`--include-dir\` adds a folder to look in`
            : `did you mean "${meant}"? (${tried})`,
      });
    }
    if (found.kind === "unreadable") {
      this.diagnostics.report("file-unreadable", { span, message: `${found.path} cannot be read: ${found.reason}` });
    }
  }
}
