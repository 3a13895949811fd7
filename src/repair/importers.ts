import { loadTrees } from "../program/includes.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { FileReader, List } from "../source/file-reader.js";
import type { SyntaxTree } from "../syntax/tree.js";
import { programsAt } from "../testing/discovery.js";
import type { ExpectationContext, ExpectedLine } from "./expectations.js";
import { Expectations } from "./expectations.js";

/** Other programs that include an edited file: those under its folder. Their lines are run before and after the edit. */
export class Importers {
  private readonly known = new Map<string, Expectations>();

  constructor(
    private readonly named: readonly string[],
    private readonly list: List,
    private readonly context: ExpectationContext,
  ) {}

  /** The lines of other programs that are met before an edit of some files and not after it. */
  noLongerMet(edited: readonly string[], trees: readonly SyntaxTree[]): readonly ExpectedLine[] {
    const { resolve } = this.context.reader;
    const own = new Set(this.named.map((path) => resolve(path)));
    const shared = edited.filter((path) => !own.has(resolve(path)));
    const importers = shared.flatMap((path) => this.importersOf(path)).filter((path) => !own.has(resolve(path)));
    return [...new Set(importers)].flatMap((path) => this.expectationsOf(path).noLongerMet(trees));
  }

  private importersOf(path: string): readonly string[] {
    const { reader, includeDirs } = this.context;
    const { files } = programsAt([reader.folder(path)], this.list, reader);
    return files.filter((file) => includes(file, path, reader, includeDirs));
  }

  private expectationsOf(path: string): Expectations {
    const known = this.known.get(path) ?? new Expectations([path], this.context);
    this.known.set(path, known);
    return known;
  }
}

function includes(file: string, path: string, reader: FileReader, includeDirs: readonly string[]): boolean {
  const wanted = reader.resolve(path);
  if (reader.resolve(file) === wanted) return true;
  return loadTrees([file], reader, { includeDirs }, new Diagnostics()).some(
    ({ source }) => reader.resolve(source.path) === wanted,
  );
}
