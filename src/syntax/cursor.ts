import type { IToken } from "chevrotain";
import type { Span } from "../source/source.js";
import { scanPart } from "./scanner.js";
import * as t from "./tokens.js";
import type { SyntaxTree } from "./tree.js";

/** The atom whose parentheses are open at a place. */
export interface Call {
  readonly relation: string;
  /** Of the name. */
  readonly span: Span;
  /** The number of commas before the place. */
  readonly argument: number;
}

/** What can be written at a place, as far as the text before it says. */
export interface Cursor {
  readonly kind:
    | "comment"
    | "string"
    /** Where a statement begins. */
    | "statement"
    /** Where a literal of a body begins. */
    | "literal"
    /** Inside the parentheses of an atom. */
    | "argument"
    /** After `@`. */
    | "time"
    /** After `include`. */
    | "path"
    /** Anywhere else: an operand of a comparison, a place for punctuation. */
    | "other";
  readonly inHead: boolean;
  readonly call?: Call;
  /** What has been written of the word or string at the place, up to it. */
  readonly prefix: Span;
  /** Where the statement begins; the place itself if none has begun. */
  readonly statement: number;
}

/** Reads the statement up to a place. The rest of the text does not matter. */
export function cursorAt(tree: SyntaxTree, offset: number): Cursor {
  const file = tree.source;
  const here: Span = { file, start: offset, end: offset };
  const comment = tree.comments.find(({ span, text }) => offset > span.start && offset < span.end + lineLength(text));
  if (comment !== undefined)
    return { kind: "comment", inHead: false, prefix: { ...here, start: comment.span.start }, statement: offset };
  const start = statementStart(tree, offset);
  const { tokens } = scanPart(file, start, offset);
  const last = tokens.at(-1);
  const inHead = !tokens.some((token) => t.isToken(token, t.Turnstile));
  const call = openCall(tree, tokens);
  const statement = tokens[0]?.startOffset ?? offset;
  const place = { inHead, statement, ...(call === undefined ? {} : { call }) };
  if (t.isToken(last, t.UnclosedString)) {
    const isPath = tokens.length === 2 && tokens[0]?.image === "include";
    return { ...place, kind: isPath ? "path" : "string", prefix: { ...here, start: last.startOffset + 1 } };
  }
  const isWord = last !== undefined && t.endOf(last) === offset && /^\w/.test(last.image);
  const before = isWord ? tokens.slice(0, -1) : tokens;
  const prefix = isWord ? { ...here, start: last.startOffset } : here;
  return { ...place, kind: kindAfter(before, call), prefix };
}

/** A line comment goes on up to the end of its line, and a cursor there is in it. */
function lineLength(text: string): number {
  return text.startsWith("//") ? 1 : 0;
}

function kindAfter(before: readonly IToken[], call: Call | undefined): Cursor["kind"] {
  const last = before.at(-1);
  if (t.isToken(last, t.At)) return "time";
  if (call !== undefined) return "argument";
  if (last === undefined) return "statement";
  if (last.image === "include" && before.length === 1) return "path";
  return [t.Turnstile, t.Comma, t.NotIn].some((type) => t.isToken(last, type)) ? "literal" : "other";
}

/** The start of the statement in which a place lies, or the place after the last `;` before it. */
function statementStart({ source, statements, broken }: SyntaxTree, offset: number): number {
  let start = 0;
  for (const { span } of [...statements, ...broken]) {
    if (span.start >= offset) continue;
    const gap = span.end >= offset ? -1 : source.text.slice(span.end, offset).indexOf(";");
    start = Math.max(start, gap === -1 ? span.start : span.end + gap + 1);
  }
  return start;
}

function openCall({ source }: SyntaxTree, tokens: readonly IToken[]): Call | undefined {
  let depth = 0;
  let argument = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (t.isToken(token, t.RightParen)) depth++;
    if (t.isToken(token, t.Comma) && depth === 0) argument++;
    if (t.isToken(token, t.Turnstile) && depth === 0) return undefined;
    if (!t.isToken(token, t.LeftParen) || depth-- > 0) continue;
    const name = tokens[i - 1];
    // A parenthesis of arithmetic: the atom is further out.
    depth = 0;
    if (t.isToken(name, t.Name))
      return {
        relation: name.image,
        span: { file: source, start: name.startOffset, end: t.endOf(name) },
        argument,
      };
    argument = 0;
  }
  return undefined;
}
