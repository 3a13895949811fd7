import type { Position, TextEdit as ProtocolEdit, Range } from "vscode-languageserver";
import type { TextEdit } from "../source/diagnostic.js";
import { lineIndexOf, positionAt } from "../source/line-index.js";
import type { SourceFile, Span } from "../source/source.js";

/* Places and names of files in the protocol: lines and columns from 0, in UTF-16 code units; `file:` URIs. */

export function rangeOf({ file, start, end }: Span): Range {
  return { start: positionOf(file, start), end: positionOf(file, end) };
}

export function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = positionAt(file, offset);
  return { line: line - 1, character: column - 1 };
}

/** The offset of a position; one past the end of a line, or of the text, is at that end. */
export function offsetAt(file: SourceFile, { line, character }: Position): number {
  const { lines } = lineIndexOf(file);
  const found = lines[line];
  if (found === undefined) return file.text.length;
  return Math.min(found.start + character, found.end);
}

export function editOf({ span, text }: TextEdit): ProtocolEdit {
  return { range: rangeOf(span), newText: text };
}

/** The path of a `file:` URI; any other URI is its own path, which cannot be read from the disk. */
export function pathOf(uri: string): string {
  if (!uri.startsWith("file://")) return uri;
  const path = decodeURIComponent(uri.slice("file://".length).replace(/^[^/]*/, ""));
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

export function uriOf(path: string): string {
  if (/^[a-z][a-z0-9+.-]+:/.test(path)) return path;
  const escaped = path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return `file://${escaped.startsWith("/") ? "" : "/"}${escaped}`;
}

/** A path as an include in `from` would name it. */
export function relativePath(from: string, to: string): string {
  const source = from.split("/").slice(0, -1);
  const target = to.split("/");
  let common = 0;
  while (common < source.length && common < target.length - 1 && source[common] === target[common]) common++;
  return [...source.slice(common).map(() => ".."), ...target.slice(common)].join("/");
}
