import { lineIndexOf, positionAt } from "../../source/line-index.js";
import type { Span } from "../../source/source.js";
import { replaceUnprintable } from "../../source/strings.js";
import { displayWidth } from "../text/width.js";

/** One line of source text, escaped for printing, and the columns to underline in it, counted from 0. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  readonly from: number;
  readonly width: number;
}

/** Longer lines are cut to a window of this many columns around the place. */
const WINDOW = 120;
/** The columns of a cut line that are shown before the place. */
const BEFORE = 40;
const TAB = "    ";

/** The first line of a span, cut and cleaned. */
export function excerptOf(span: Span): Excerpt {
  const { file } = span;
  const { text } = file;
  const { line, column } = positionAt(file, span.start);
  const { start, end: lineEnd } = lineIndexOf(file).lines[line - 1] ?? { start: 0, end: text.length };
  const place = start + column - 1;
  const spanEnd = Math.max(place, Math.min(span.end, lineEnd));
  const cut = lineEnd - start > WINDOW;
  const windowStart = wholeCharacter(text, cut ? Math.max(start, Math.min(place - BEFORE, lineEnd - WINDOW)) : start);
  const windowEnd = wholeCharacter(text, cut ? Math.min(lineEnd, windowStart + WINDOW) : lineEnd);
  const lead = windowStart > start ? "…" : "";
  const before = lead + printable(text.slice(windowStart, place));
  const marked = printable(text.slice(place, Math.min(spanEnd, windowEnd)));
  const after = printable(text.slice(Math.min(spanEnd, windowEnd), windowEnd));
  return {
    line,
    text: before + marked + after + (windowEnd < lineEnd ? "…" : ""),
    from: displayWidth(before),
    width: Math.max(1, displayWidth(marked)),
  };
}

/** `offset`, moved forward if it is between the two halves of a character. */
function wholeCharacter(text: string, offset: number): number {
  const c = text.charCodeAt(offset);
  return c >= 0xdc00 && c <= 0xdfff ? offset + 1 : offset;
}

/** Replaces tabs by spaces, and characters that would move the cursor, hide text or change its direction by visible ones. */
function printable(text: string): string {
  return replaceUnprintable(text, (c) =>
    c === "\t" ? TAB : c < " " ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : "\ufffd",
  );
}
