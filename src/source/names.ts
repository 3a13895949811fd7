import { readRange } from "./ranges.js";
import { closingQuote, isPrintable, quoteString, unescapeQuoted } from "./strings.js";

/*
 * Lists of names in options and `//!` lines: `a,b,"c, d"`. Invariant: parseNames(formatNames(names)) is `names`, whatever
 * characters they contain.
 */

/** The bare name if it is read back unchanged and cannot be mistaken for an option; otherwise the name in double quotes. */
export function formatName(name: string): string {
  const bare = isPrintable(name) && !/[",]|\.\.|^\s|\s$|^-|^$/.test(name);
  return bare ? name : quoteString(name);
}

export function formatNames(names: readonly string[], separator = ","): string {
  return names.map(formatName).join(separator);
}

export type ParsedNames =
  | { readonly kind: "names"; readonly names: readonly string[] }
  /** A name is missing; the empty name is written `""`. */
  | { readonly kind: "empty" }
  | { readonly kind: "malformed" };

/** Reads `a, "b, c", d`: white space around names is ignored, inside quotes it is kept. */
export function parseNames(text: string): ParsedNames {
  const names: string[] = [];
  for (let at = 0; ; at++) {
    at = afterSpaces(text, at);
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close === -1) return { kind: "malformed" };
      names.push(unescapeQuoted(text.slice(at + 1, close)));
      at = afterSpaces(text, close + 1);
      if (at < text.length && text[at] !== ",") return { kind: "malformed" };
    } else {
      const comma = text.indexOf(",", at);
      const end = comma === -1 ? text.length : comma;
      const name = text.slice(at, end).trimEnd();
      if (name.includes('"')) return { kind: "malformed" };
      if (name === "") return { kind: "empty" };
      names.push(name);
      at = end;
    }
    if (at >= text.length) return { kind: "names", names };
  }
}

function afterSpaces(text: string, start: number): number {
  const space = /\s*/y;
  space.lastIndex = start;
  return start + (space.exec(text)?.[0].length ?? 0);
}

/** At most this many names of one range. */
const MOST_NAMES = 100_000;

/** Reads a list of nodes, in which `n1..n5` outside quotes is a range. */
export function parseNodes(text: string): ParsedNames {
  const pieces: string[] = [];
  for (const piece of text.split(/("(?:[^"\\]|\\.)*")/)) {
    if (piece.startsWith('"')) {
      pieces.push(piece);
      continue;
    }
    for (const [i, word] of piece.split(",").entries()) {
      const [from = "", to, more] = word.trim().split("..");
      const range = to === undefined || more !== undefined ? undefined : readRange(from, to);
      const isRange = range?.kind === "range" && range.count <= MOST_NAMES && to !== "";
      if (to !== undefined && !isRange) return { kind: "malformed" };
      const names = isRange ? Array.from({ length: range.count }, (_, at) => String(range.valueAt(at))) : [word];
      pieces.push(`${i === 0 ? "" : ","}${names.join(",")}`);
    }
  }
  return parseNames(pieces.join(""));
}

/** By code unit, independent of the locale. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lexicographic, name by name. */
export function compareNameLists(a: readonly string[], b: readonly string[]): number {
  for (const [i, name] of a.entries()) {
    const other = b[i];
    const order = other === undefined ? 1 : compareNames(name, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
