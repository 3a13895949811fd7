import type { CustomPatternMatcherReturn, IToken, TokenType } from "chevrotain";
import { createToken, Lexer } from "chevrotain";
import { closingQuote, unescapeString } from "../source/strings.js";

// Start characters and `line_breaks` are declared, so that chevrotain need not analyse the regular expressions when the
// lexer is created. Lines are not counted while lexing: places are offsets.

const LOWER_CASE = [..."abcdefghijklmnopqrstuvwxyz"];
const UPPER_CASE = LOWER_CASE.map((c) => c.toUpperCase());
const DIGITS = [..."0123456789"];
// Everything that `\s` matches, including the byte-order mark and the no-break spaces of pasted text.
const SPACES = [
  ..."\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff",
  ..."\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
];

function createPattern(name: string, pattern: RegExp, startChars: readonly string[], group?: string): TokenType {
  return createToken({
    name,
    pattern,
    start_chars_hint: [...startChars],
    line_breaks: false,
    ...(group === undefined ? {} : { group }),
  });
}

/** Names of relations and aggregates, and `next`, `async` and `include`, which are keywords by position only. */
export const Name = createPattern("Name", /[a-z][A-Za-z0-9_]*/, LOWER_CASE);
export const NotIn = createToken({ name: "NotIn", pattern: "notin", longer_alt: Name });
export const Variable = createPattern("Variable", /[A-Z][A-Za-z0-9_]*|_[A-Za-z0-9_]+/, [...UPPER_CASE, "_"]);
export const Wildcard = createToken({ name: "Wildcard", pattern: "_" });
export const Integer = createPattern("Integer", /[0-9]+/, DIGITS);

export const Turnstile = createToken({ name: "Turnstile", pattern: ":-" });
export const Semicolon = createToken({ name: "Semicolon", pattern: ";" });
export const Comma = createToken({ name: "Comma", pattern: "," });
export const LeftParen = createToken({ name: "LeftParen", pattern: "(" });
export const RightParen = createToken({ name: "RightParen", pattern: ")" });
export const At = createToken({ name: "At", pattern: "@" });

/** The comparison operators except `<` and `>`, which also enclose the variable of an aggregate; and `=`, which is reported. */
export const Comparison = createPattern("Comparison", /[=!<>]=|=/, ["=", "!", "<", ">"]);
export const Less = createToken({ name: "Less", pattern: "<" });
export const Greater = createToken({ name: "Greater", pattern: ">" });

export const Plus = createToken({ name: "Plus", pattern: "+" });
export const Minus = createToken({ name: "Minus", pattern: "-" });
/** `*`, `/` and `%`. */
export const Multiplicative = createPattern("Multiplicative", /[*/%]/, ["*", "/", "%"]);

// Strings and block comments are scanned by hand: they may be as long as the file, and a regular expression with
// alternatives inside a repetition recurses once per character.

const QUOTE = 34;

function endOfBlockComment(text: string, start: number): number {
  const close = text.indexOf("*/", start + 2);
  return close < 0 ? -1 : close + 2;
}

function matched(text: string, start: number, end: number): CustomPatternMatcherReturn {
  return [text.slice(start, end)];
}

export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: (text: string, offset: number): CustomPatternMatcherReturn | null => {
    if (text.charCodeAt(offset) !== QUOTE) return null;
    const close = closingQuote(text, offset);
    return close < 0 ? null : matched(text, offset, close + 1);
  },
  start_chars_hint: ['"'],
  line_breaks: true,
});

/** From an opening quote that is never closed to the end of the file. */
export const UnclosedString = createToken({
  name: "UnclosedString",
  pattern: (text: string, offset: number): CustomPatternMatcherReturn | null =>
    text.charCodeAt(offset) === QUOTE ? matched(text, offset, text.length) : null,
  start_chars_hint: ['"'],
  line_breaks: true,
});

const LineComment = createPattern("LineComment", /\/\/[^\n\r]*/, ["/"], "comments");

const BlockComment = createToken({
  name: "BlockComment",
  pattern: (text: string, offset: number): CustomPatternMatcherReturn | null => {
    if (!text.startsWith("/*", offset)) return null;
    const end = endOfBlockComment(text, offset);
    return end < 0 ? null : matched(text, offset, end);
  },
  start_chars_hint: ["/"],
  line_breaks: true,
  group: "comments",
});

/** From a `/*` that is never closed to the end of the file. */
export const UnclosedComment = createToken({
  name: "UnclosedComment",
  pattern: (text: string, offset: number): CustomPatternMatcherReturn | null =>
    text.startsWith("/*", offset) ? matched(text, offset, text.length) : null,
  start_chars_hint: ["/"],
  line_breaks: true,
});

// Notation of other languages, recognised so that the diagnostic can give the notation of this one; the grammar accepts
// none of it. Invariant: no pattern matches within a correct program.

/** `#`, `%` or `--` and the rest of the line. */
const ForeignComment = createToken({
  name: "ForeignComment",
  pattern: (text: string, offset: number, before: IToken[]): CustomPatternMatcherReturn | null => {
    if (!startsForeignComment(text, offset, before)) return null;
    LINE.lastIndex = offset;
    return matched(text, offset, offset + (LINE.exec(text)?.[0].length ?? 1));
  },
  start_chars_hint: ["#", "%", "-"],
  line_breaks: false,
  group: "foreignComments",
});

const LINE = /[^\n\r]*/y;
/** After an operand, `% 2` and `-- 2` can be arithmetic; followed by a lower-case word, or by two words, they cannot. */
const FOREIGN_PROSE = /(?:%|--)[-% \t]*(?:[a-z]|[A-Z]\w*[ \t]+[A-Za-z])/y;

/**
 * `%` and `--` are operators in `X % 2` and `X --1`. They start a comment where no operator is possible: at the start of a
 * statement, after `,`, `;` or `:-`, after a time, and where the text that follows cannot be an operand.
 */
function startsForeignComment(text: string, offset: number, before: readonly IToken[]): boolean {
  const first = text[offset];
  if (first === "#") return true;
  if (first !== "%" && (first !== "-" || text[offset + 1] !== "-" || text[offset - 1] === "<")) return false;
  const previous = before.at(-1);
  if (previous === undefined) return true;
  if (isToken(previous, Integer) || isToken(previous, Name)) {
    if (isToken(before.at(-2), At)) return true;
  } else if ([Semicolon, Comma, Turnstile, Period].some((type) => isToken(previous, type))) return true;
  FOREIGN_PROSE.lastIndex = offset;
  return FOREIGN_PROSE.test(text);
}

/** A string in single quotes, on one line. */
export const SingleQuoted = createPattern("SingleQuoted", /'[^'\n\r]*'/, ["'"]);
/** Between the ends of a range. */
export const DotDot = createToken({ name: "DotDot", pattern: ".." });

/** A `.` at the end of a statement; inside a number or a path it is an unexpected character. */
export const Period = createPattern("Period", /\.(?![^\s%#/]|\/[^/])/, ["."]);
export const ForeignNot = createPattern("ForeignNot", /!(?!=)|\\\+|~/, ["!", "\\", "~"]);
export const ForeignAnd = createPattern("ForeignAnd", /&&?/, ["&"]);
export const ForeignOr = createPattern("ForeignOr", /\|\|?/, ["|"]);

const WhiteSpace = createPattern("WhiteSpace", /\s+/, SPACES, Lexer.SKIPPED);

/** In the order in which the lexer tries them. */
export const tokenTypes: readonly TokenType[] = [
  WhiteSpace,
  NotIn,
  Name,
  Variable,
  Wildcard,
  Integer,
  StringLiteral,
  UnclosedString,
  LineComment,
  BlockComment,
  UnclosedComment,
  ForeignComment,
  SingleQuoted,
  DotDot,
  Period,
  ForeignNot,
  ForeignAnd,
  ForeignOr,
  Comma,
  LeftParen,
  RightParen,
  Semicolon,
  Turnstile,
  At,
  Comparison,
  Less,
  Greater,
  Plus,
  Minus,
  Multiplicative,
];

/** The end offset of a token; chevrotain tracks only the start. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** A token that is not `undefined`. The brand exists for the type checker only: without it, a failed test would narrow to `never`. */
export type Present = IToken & { readonly present: true };

export function isToken(token: IToken | undefined, type: TokenType): token is Present {
  return token !== undefined && token.tokenTypeIdx === type.tokenTypeIdx;
}

/** The value of a string literal. */
export function unquote(image: string): string {
  return unescapeString(image.slice(1, -1));
}
