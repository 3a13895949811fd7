import type { IToken, TokenType } from "chevrotain";
import { Lexer } from "chevrotain";
import type { SourceFile, Span } from "../source/source.js";
import * as t from "./tokens.js";
import type { Comment } from "./tree.js";

/** At most this many unclosed strings are reported; the rest of the file is lexed again after each. */
const MAX_UNCLOSED_STRINGS = 20;

/** Tracks offsets only. The token types are validated by a test and not at every start. */
const lexer = new Lexer([...t.tokenTypes], {
  positionTracking: "onlyOffset",
  skipValidations: true,
  ensureOptimizations: true,
});

export interface Scan {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
  /** Comments in the notation of other languages, in the order of the text. */
  readonly foreignComments: readonly Span[];
  /** Runs of characters that are part of no token, in the order of the text. */
  readonly unexpected: readonly Span[];
}

/** Tokens that cannot follow a string in a correct program. */
const NEVER_AFTER_STRING: readonly TokenType[] = [
  t.Name,
  t.NotIn,
  t.Variable,
  t.Wildcard,
  t.Integer,
  t.StringLiteral,
  t.UnclosedString,
  t.LeftParen,
];

/**
 * Splits a text into tokens. After a missing quote, text and strings are exchanged in the rest of the file. So the scanner
 * looks for the string that most likely lacks its quote, ends it with its line, and continues on the next line:
 *
 *     r("a, 1)@1;        unclosed string, reported once
 *     s("b")@1;          lexed as if nothing had happened
 */
export function scan(file: SourceFile): Scan {
  return scanPart(file, 0, file.text.length);
}

/** Scans a part of a text, as if it were the whole text. */
export function scanPart(file: SourceFile, start: number, end: number): Scan {
  const tokens: IToken[] = [];
  const comments: Comment[] = [];
  const foreignComments: Span[] = [];
  const unexpected: Span[] = [];
  const text = file.text.slice(0, end);
  let from = start;
  for (let attempt = 1; ; attempt++) {
    const piece = lexFrom(text, from);
    const culprit = attempt <= MAX_UNCLOSED_STRINGS ? unclosedString(piece.tokens) : undefined;
    const string = culprit === undefined ? undefined : piece.tokens[culprit];
    const stop = string === undefined ? text.length : string.startOffset;
    const kept = string === undefined ? piece.tokens : piece.tokens.slice(0, culprit);
    for (const token of kept) tokens.push(token);
    for (const token of piece.comments) {
      if (token.startOffset < stop)
        comments.push({ text: token.image, span: { file, start: token.startOffset, end: t.endOf(token) } });
    }
    for (const token of piece.foreignComments) {
      if (token.startOffset < stop) foreignComments.push({ file, start: token.startOffset, end: t.endOf(token) });
    }
    for (const { offset, length } of piece.errors) {
      if (offset < stop) unexpected.push({ file, start: offset, end: offset + length });
    }
    if (string === undefined) return { tokens, comments, foreignComments, unexpected };
    const line = lineOf(text, string.startOffset);
    tokens.push({
      ...string,
      tokenType: t.UnclosedString,
      tokenTypeIdx: t.UnclosedString.tokenTypeIdx ?? 0,
      image: line.code,
    });
    if (line.semicolon !== undefined)
      tokens.push({
        ...string,
        tokenType: t.Semicolon,
        tokenTypeIdx: t.Semicolon.tokenTypeIdx ?? 0,
        image: ";",
        startOffset: line.semicolon,
      });
    from = line.end;
  }
}

function lexFrom(text: string, from: number) {
  const { tokens, groups, errors } = lexer.tokenize(from === 0 ? text : text.slice(from));
  const comments = groups.comments ?? [];
  const foreignComments = groups.foreignComments ?? [];
  if (from > 0) {
    for (const token of [tokens, comments, foreignComments].flat()) token.startOffset += from;
  }
  return {
    tokens,
    comments,
    foreignComments,
    errors: errors.map(({ offset, length }) => ({ offset: offset + from, length })),
  };
}

/**
 * The index of the token that most likely lacks its closing quote, if one does. That is the first string followed by a token
 * that cannot follow one, if the number of quotes is odd or the string spans lines; otherwise the last string.
 */
function unclosedString(tokens: readonly IToken[]): number | undefined {
  const odd = t.isToken(tokens.at(-1), t.UnclosedString);
  const early = tokens.findIndex((token, i) => {
    if (!t.isToken(token, t.StringLiteral)) return false;
    const next = tokens[i + 1];
    return NEVER_AFTER_STRING.some((type) => t.isToken(next, type)) && (odd || /[\n\r]/.test(token.image));
  });
  if (early >= 0) return early;
  return odd ? tokens.length - 1 : undefined;
}

/** The rest of the line from `start` on: its end, and the offset of the `;` before the end or before a comment. */
function lineOf(text: string, start: number) {
  let end = start;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  const code = text.slice(start, end).replace(/\s*(\/\/.*)?$/, "");
  const semicolon = code.endsWith(";") ? start + code.length - 1 : undefined;
  return { end, semicolon, code: semicolon === undefined ? code : code.slice(0, -1) };
}
