import type { Severity } from "../../source/codes.js";
import type { Diagnostic, RelatedPlace } from "../../source/diagnostic.js";
import { positionAt } from "../../source/line-index.js";
import type { Span } from "../../source/source.js";
import { visible } from "../../source/strings.js";
import { excerptOf } from "./source-frame.js";

/** How to colour; an instance of chalk is one. */
export interface DiagnosticStyle {
  readonly bold: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** No colour. */
export const plainStyle: DiagnosticStyle = { bold: same, red: same, yellow: same, cyan: same, dim: same };

function same(text: string): string {
  return text;
}

/** The most related places that are shown. */
const MAX_RELATED = 12;

/**
 * Diagnostics as text, in the order given, with an empty line between them and no line end after the last:
 *
 *     error[fact-without-time] log.ded:1:8: this fact does not say when `r` holds
 *       1 | r("a");
 *         |       ^
 *       help: a fact holds at one instant: add `@1` before the `;`
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], style: DiagnosticStyle = plainStyle): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, style)).join("\n\n");
}

/** How many codes the last line names. */
const MAX_NAMED = 3;

/**
 * Diagnostics as a command prints them. The last line names the command that explains their codes:
 *
 *     explained by: ldfi explain fact-without-time
 */
export function renderReport(diagnostics: readonly Diagnostic[], style: DiagnosticStyle = plainStyle): string {
  if (diagnostics.length === 0) return "";
  return `${renderDiagnostics(diagnostics, style)}\n\n${style.dim(explained(diagnostics))}\n`;
}

function explained(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  const named = codes.slice(0, MAX_NAMED).map((code) => `ldfi explain ${code}`);
  return `explained by: ${[...named, ...(codes.length > named.length ? ["…"] : [])].join("; ")}`;
}

function renderDiagnostic(diagnostic: Diagnostic, style: DiagnosticStyle): string {
  const { code, severity, span, message, help, related } = diagnostic;
  const shown = related.slice(0, MAX_RELATED);
  const spans = [span, ...shown.map((place) => place.span)].flatMap((s) => (s === undefined ? [] : [s]));
  const gutter = Math.max(0, ...spans.map((s) => String(positionAt(s.file, s.start).line).length));
  const paint = painterOf(severity, style);

  const place = span === undefined ? ":" : ` ${placeOf(span)}:`;
  const output = [`${paint(style.bold(`${severity}[${code}]`))}${place} ${style.bold(visible(message))}`];
  if (span !== undefined) output.push(...frame(span, "^", paint, gutter, style));
  if (help !== undefined) output.push(`  ${style.cyan("help:")} ${visible(help)}`);
  for (const other of shown) output.push(...relatedPlace(other, gutter, style));
  if (related.length > shown.length) output.push(`  … and ${related.length - shown.length} more places`);
  return output.join("\n");
}

function painterOf(severity: Severity, style: DiagnosticStyle): (text: string) => string {
  return severity === "error" ? style.red : style.yellow;
}

function relatedPlace({ span, message }: RelatedPlace, gutter: number, style: DiagnosticStyle): readonly string[] {
  return [`  ${placeOf(span)}: ${visible(message)}`, ...frame(span, "-", style.cyan, gutter, style)];
}

/** The source line, and under it the marks. */
function frame(
  span: Span,
  mark: string,
  paint: (text: string) => string,
  gutter: number,
  style: DiagnosticStyle,
): readonly string[] {
  const { line, text, from, width } = excerptOf(span);
  return [
    `  ${style.dim(`${String(line).padStart(gutter)} |`)} ${text}`.trimEnd(),
    `  ${style.dim(`${" ".repeat(gutter)} |`)} ${" ".repeat(from)}${paint(mark.repeat(width))}`,
  ];
}

function placeOf(span: Span): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${visible(span.file.path)}:${line}:${column}`;
}
