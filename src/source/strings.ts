/*
 * How strings are written: in programs, in options, in `//!` lines, and in everything that is printed. One notation,
 * so that what is printed can be given back.
 */

/**
 * What would move the cursor, end the line, hide or turn around the text beside it, or get lost on the way:
 * control characters, line separators, marks of direction, characters without width, halves of characters.
 */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;
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
  return replaceUnprintable(text, escape);
}

/** Fit for a terminal; line breaks stay. */
export function visibleLines(text: string): string {
  return replaceUnprintable(text, (c) => (c === "\n" ? c : escape(c)));
}

/** In double quotes, for any string. */
export function quoteString(text: string): string {
  return `"${visible(text.replace(/["\\]/g, "\\$&"))}"`;
}

/** What stood between the quotes: `\"`, `\\`, `\n`, `\t` and `\u{1b}` are escapes, other backslashes stand for themselves. */
export function unescapeString(inner: string): string {
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(?:(["\\])|(n)|(t)|u\{([0-9A-Fa-f]{1,6})\})/g, (all, itself?: string, n?: string, t?: string, hex = "") => {
    if (itself !== undefined) return itself;
    if (n !== undefined) return "\n";
    if (t !== undefined) return "\t";
    const code = Number.parseInt(hex, 16);
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

function escape(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
