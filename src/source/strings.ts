/*
 * How strings are written. In programs: four escapes (`\"`, `\\`, `\n`, `\t`), any other character as it is. In options, `//!` lines
 * and all output: also `\u{1b}`, so that output is printable and can be given back as input.
 */

/**
 * Control characters, unpaired surrogates, directional marks, zero-width characters, line and paragraph separators, the
 * byte-order mark: they move the cursor, break the line, reorder or hide text, or do not survive copying.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const everyUnprintable = new RegExp(unprintable, "gu");

const QUOTE = 34;
const BACKSLASH = 92;

export function isPrintable(text: string): boolean {
  return !unprintable.test(text);
}

/** The text with every unprintable character replaced. */
export function replaceUnprintable(text: string, replace: (character: string) => string): string {
  return text.replace(everyUnprintable, replace);
}

/** The text with every unprintable character escaped: safe on one line of a terminal. */
export function visible(text: string): string {
  return replaceUnprintable(text, escapeOf);
}

/** The same, but line breaks stay. */
export function visibleLines(text: string): string {
  return replaceUnprintable(text, (c) => (c === "\n" ? c : escapeOf(c)));
}

/** The string literal of a program. */
export function stringLiteral(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** The string in double quotes, safe on one line of a terminal. */
export function quoteString(text: string): string {
  return `"${visible(text.replace(/["\\]/g, "\\$&"))}"`;
}

/** A value as a program writes it, safe on one line of a terminal. */
export function formatValue(value: string | number): string {
  return typeof value === "number" ? String(value) : quoteString(value);
}

/** The value of a string literal, given without its quotes: `\"`, `\\`, `\n` and `\t` are escapes, other backslashes stand for themselves. */
export function unescapeString(inner: string): string {
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(["\\nt])/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));
}

/** The inverse of `quoteString`, given the text between the quotes. */
export function unescapeQuoted(inner: string): string {
  return unescapeString(unescapeCodePoints(inner));
}

/** Replaces the escapes `\u{1b}` by their characters: from the notation of output to that of programs. */
export function unescapeCodePoints(text: string): string {
  return text.replace(/\\(?:u\{([0-9A-Fa-f]{1,6})\}|[\s\S])/g, (all, hex?: string) => {
    const code = hex === undefined ? Infinity : Number.parseInt(hex, 16);
    if (code === QUOTE || code === BACKSLASH) return `\\${String.fromCodePoint(code)}`;
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** The offset of the quote that closes the string opened at `start`, or -1. */
export function closingQuote(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i;
    if (c === BACKSLASH) i++;
  }
  return -1;
}

function escapeOf(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
