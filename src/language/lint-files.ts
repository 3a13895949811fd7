import type { Diagnostic, TextEdit } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { edited } from "../source/fixes.js";
import { mergedDiagnostics } from "./merged-diagnostics.js";
import { ParseCache } from "./parse-cache.js";
import { rootsAmong } from "./roots.js";
import { viewsOf } from "./views.js";

/** Every diagnostic of some files, judged as part of their programs. */
export function lintFiles(
  files: readonly string[],
  reader: FileReader,
  includeDirs: readonly string[],
): readonly Diagnostic[] {
  const surroundings = { reader, includeDirs, parses: new ParseCache() };
  const views = rootsAmong(files, surroundings).flatMap((root) => viewsOf(root, surroundings));
  return mergedDiagnostics(views, reader);
}

export interface Mended {
  /** The new texts of the files that changed, by the path under which they were read. */
  readonly texts: ReadonlyMap<string, string>;
  /** The number of changes. */
  readonly changes: number;
  /** The remaining diagnostics. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Some mistakes show only once others are fixed. Each round fixes at least one, and few texts need more than three. */
const MOST_ROUNDS = 100;

/** Makes every safe fix in these files only, until there is none left. Writes nothing. */
export function mend(files: readonly string[], reader: FileReader, includeDirs: readonly string[]): Mended {
  const own = new Set(files.map((path) => reader.resolve(path)));
  const texts = new Map<string, string>();
  const overlay: FileReader = {
    ...reader,
    read: (path) => {
      const text = texts.get(reader.resolve(path));
      return text === undefined ? reader.read(path) : { kind: "read", text };
    },
  };
  let changes = 0;
  let diagnostics = lintFiles(files, overlay, includeDirs);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const byFile = new Map<string, { readonly text: string; readonly edits: TextEdit[] }>();
    for (const edit of diagnostics.flatMap(({ fix }) => (fix?.safe === true ? fix.edits : []))) {
      const { path, text } = edit.span.file;
      const file = reader.resolve(path === "<stdin>" ? "-" : path);
      if (!own.has(file)) continue;
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, { text, edits: [edit] });
      else known.edits.push(edit);
    }
    if (byFile.size === 0) break;
    for (const [file, { text, edits }] of byFile) {
      texts.set(file, edited(text, edits));
      changes += edits.length;
    }
    diagnostics = lintFiles(files, overlay, includeDirs);
  }
  const byPath = files.flatMap((path) => {
    const text = texts.get(reader.resolve(path));
    return text === undefined ? [] : [[path, text] as const];
  });
  return { texts: new Map(byPath), changes, diagnostics };
}
