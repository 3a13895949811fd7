import type { Diagnostic as ProtocolDiagnostic } from "vscode-languageserver";
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { Blamed } from "../language/checking.js";
import type { DiagnosticCode } from "../source/codes.js";
import type { Diagnostic } from "../source/diagnostic.js";
import type { SourceFile } from "../source/source.js";
import { rangeOf, uriOf } from "./conversion.js";

/** Unused code is shown faded. */
const unused: readonly DiagnosticCode[] = ["single-use-variable", "unread-relation"];

export function protocolDiagnostic({
  code,
  severity,
  span,
  message,
  help,
  related,
  fix,
}: Diagnostic): ProtocolDiagnostic {
  const range =
    span === undefined ? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } : rangeOf(span);
  return {
    range,
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: "ldfi",
    message: help === undefined ? message : `${message}\n${help}`,
    ...(unused.includes(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((place) => ({
            location: { uri: uriOf(place.span.file.path), range: rangeOf(place.span) },
            message: place.message,
          })),
        }),
    ...(fix === undefined ? {} : { data: { fix: fix.title } }),
  };
}

/** A rule that a counterexample depends on. */
export function blameDiagnostic({ start, end, text }: Blamed, file: SourceFile): ProtocolDiagnostic {
  return {
    range: rangeOf({ file, start: Math.min(start, file.text.length), end: Math.min(end, file.text.length) }),
    severity: DiagnosticSeverity.Information,
    code: "violated",
    source: "ldfi",
    message: text,
  };
}
