import type { Diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import type { Span } from "../source/source.js";
import type { View } from "./views.js";

/**
 * The diagnostics of the files of some programs, each once. An error is reported if one program has it; advice only if every
 * program that reads the file has it, since what one program does not use, another may. In the order of the programs, and of the
 * text within each file.
 */
export function mergedDiagnostics(
  views: readonly View[],
  { resolve }: Pick<FileReader, "resolve">,
): readonly Diagnostic[] {
  const readers = new Map<string, number>();
  const found = new Map<string, { readonly diagnostic: Diagnostic; readonly file: string; times: number }>();
  for (const { trees, program, expectation, diagnostics } of views) {
    // A program with errors has no advice, so it is ignored here.
    if (program !== undefined)
      for (const file of filesOf(trees, resolve)) readers.set(file, (readers.get(file) ?? 0) + 1);
    const seen = new Set<string>();
    for (const diagnostic of diagnostics) {
      const { code, span, message } = diagnostic;
      const file = span === undefined ? "" : resolve(span.file.path);
      const key = [code, file, span?.start, span?.end, message].join("\0");
      if (seen.has(key)) continue;
      seen.add(key);
      const known = found.get(key);
      // A diagnostic at the line that asks for this program is about this program only.
      const weight = expectation !== undefined && isWithin(span, expectation.span) ? Infinity : 1;
      if (known === undefined) found.set(key, { diagnostic, file, times: weight });
      else known.times += weight;
    }
  }
  const kept = [...found.values()].filter(
    ({ diagnostic, file, times }) => diagnostic.severity === "error" || times >= (readers.get(file) ?? 0),
  );
  return inTextOrder(
    kept.map(({ diagnostic }) => diagnostic),
    resolve,
  );
}

function isWithin(inner: Span | undefined, outer: Span): boolean {
  return inner !== undefined && inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

function filesOf(trees: View["trees"], resolve: FileReader["resolve"]): ReadonlySet<string> {
  return new Set(trees.map(({ source }) => resolve(source.path)));
}

/** Files in the order of their first diagnostic; those without a place first. */
function inTextOrder(diagnostics: readonly Diagnostic[], resolve: FileReader["resolve"]): readonly Diagnostic[] {
  const order = new Map<string, number>();
  const placeOf = ({ span }: Diagnostic): number => {
    if (span === undefined) return -1;
    const file = resolve(span.file.path);
    const known = order.get(file) ?? order.size;
    order.set(file, known);
    return known;
  };
  const placed = diagnostics.map((diagnostic) => ({ diagnostic, file: placeOf(diagnostic) }));
  placed.sort((a, b) => a.file - b.file || (a.diagnostic.span?.start ?? 0) - (b.diagnostic.span?.start ?? 0));
  return placed.map(({ diagnostic }) => diagnostic);
}
