import type { Diagnostic } from "../source/diagnostic.js";
import { positionAt } from "../source/line-index.js";
import type { PathName } from "../source/path-name.js";
import { asGiven } from "../source/path-name.js";
import { count } from "../wording/numbers.js";
import type { Envelope } from "./json/envelope.js";
import { formatVersion } from "./json/envelope.js";
import type { JsonObject } from "./json/json.js";
import { diagnosticJson } from "./json/values.js";
import { diagnosticResult, sarifRun } from "./sarif-log.js";

/** The diagnostics of some files, and what was fixed. */
export interface LintReport {
  /** The programs that were read, as they were found. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Present with `--fix`. */
  readonly mended?: { readonly changes: number; readonly files: readonly string[] };
}

export function lintDocument({ files, diagnostics, mended }: LintReport, envelope: Envelope): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    files,
    ...(mended === undefined ? {} : { mended: { changes: mended.changes, files: mended.files } }),
    diagnostics: diagnostics.map((d) => ({ ...diagnosticJson(d), ...fixJson(d) })),
  };
}

function fixJson({ fix }: Diagnostic): JsonObject {
  if (fix === undefined) return {};
  const edits = fix.edits.map(({ span, text }) => {
    const start = positionAt(span.file, span.start);
    const end = positionAt(span.file, span.end);
    return {
      file: span.file.path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      text,
    };
  });
  return { fix: { title: fix.title, safe: fix.safe, edits } };
}

export function lintSarif({ diagnostics }: LintReport, version: string, pathName: PathName = asGiven): JsonObject {
  return sarifRun(
    diagnostics.map((d) => diagnosticResult(d, pathName)),
    true,
    version,
  );
}

/** The numbers of errors and warnings, in one line. */
export function lintSummary({ files, diagnostics, mended }: LintReport): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const found = [
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ].join(" and ");
  const done =
    mended === undefined || mended.changes === 0
      ? ""
      : `${count(mended.changes, "change")} made in ${count(mended.files.length, "file")}; `;
  if (found === "") return `${done}nothing${done === "" ? "" : " else"} to report in ${count(files.length, "file")}`;
  return `${done}${found} in ${count(files.length, "file")}`;
}
