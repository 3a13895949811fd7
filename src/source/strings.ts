/*
 * How strings are written. In programs: with four escapes, any other character as it is. In options, `//!` lines and everything
 * that is printed: with one escape more, `\u{1b}`, so that what is printed is fit for a terminal and can be given back.
 */

/**
 * What would move the cursor, end the line, hide or turn around the text beside it, or get lost on the way:
 * control characters, line separators, marks of direction, characters without width, halves of characters.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const everyUnprintable = new RegExp(unprintable, "gu");

const QUOTE = 34;
const BACKSLASH = 92;

export function isPrintable(text: string): boolean {
  return !unprintable.test(text);
}

/** The text with another for every character that cannot be printed. */
export function replaceUnprintable(text: string, replace: (character: string) => string): string {
  return text.replace(everyUnprintable, replace);
}

/** Fit for one line of a terminal. */
export function visible(text: string): string {
  return replaceUnprintable(text, escapeOf);
}

/** Fit for a terminal; line breaks stay. */
export function visibleLines(text: string): string {
  return replaceUnprintable(text, (c) => (c === "\n" ? c : escapeOf(c)));
}

/** As a program has it. */
export function stringLiteral(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** In double quotes, for any string, fit for one line of a terminal. */
export function quoteString(text: string): string {
  return `"${visible(text.replace(/["\\]/g, "\\$&"))}"`;
}

/** A value as it is written in a program, fit for one line of a terminal. */
export function formatValue(value: string | number): string {
  return typeof value === "number" ? String(value) : quoteString(value);
}

/** What stood between the quotes in a program: `\"`, `\\`, `\n` and `\t` are escapes, other backslashes stand for themselves. */
export function unescapeString(inner: string): string {
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(["\\nt])/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));
}

/** What `quoteString` put between the quotes. */
export function unescapeQuoted(inner: string): string {
  return unescapeString(codePointsRead(inner));
}

/** The text with its escapes `\u{1b}` replaced by the characters: from what is printed to what a program has. */
export function codePointsRead(text: string): string {
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
