import type { Diagnostic } from "../source/diagnostic.js";
import { positionAt } from "../source/line-index.js";
import type { PathName } from "../source/path-name.js";
import { asGiven } from "../source/path-name.js";
import type { JUnitCase } from "./junit.js";
import { plainStyle, renderDiagnostics } from "./terminal/diagnostics.js";

/**
 * An error that belongs to no expectation, as a case of its own: otherwise a run that decided nothing would look successful.
 * `suite`: used if it has no place in a file.
 */
export function junitDiagnostic(wrong: Diagnostic, suite: string, pathName: PathName = asGiven): JUnitCase {
  const { code, message } = wrong;
  const place = lineOf(wrong);
  return {
    suite: place?.file ?? suite,
    name: place === undefined ? code : `${code} at ${place.file}:${place.line}`,
    ...(place === undefined ? {} : { ...place, file: pathName(place.file) }),
    milliseconds: 0,
    result: { kind: "error", message, details: renderDiagnostics([wrong], plainStyle) },
  };
}

/** File and line, if the diagnostic has a place. */
export function lineOf({ span }: Diagnostic): { readonly file: string; readonly line: number } | undefined {
  return span === undefined ? undefined : { file: span.file.path, line: positionAt(span.file, span.start).line };
}
