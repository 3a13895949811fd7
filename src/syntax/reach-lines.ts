import type { IToken } from "chevrotain";
import { boundRows } from "../faults/bounds.js";
import { nearest } from "../source/nearest.js";
import type { SourceFile, Span } from "../source/source.js";
import type { ReachBounds, ReachDeclaration, ReachPattern } from "./declaration.js";
import { scanFields } from "./directive-fields.js";
import type { Line, LineReader } from "./directive-line.js";
import { bound, integerFrom } from "./directive-values.js";
import { scanPart } from "./scanner.js";
import * as t from "./tokens.js";
import type { Expression, Name } from "./tree.js";

const example = 'write for example `//! reach leader("b", _) eot=8 crashes=1`';

/** Parses a pattern and the least budget: `leader("b", _) eot=16 crashes=1`. */
export const readReach: LineReader<ReachDeclaration> = (line) => {
  const { pattern, end } = readPattern(line);
  const bounds = line.isClean() ? readBounds(line, end) : {};
  return { kind: "reach", pattern, bounds, span: line.span };
};

function readBounds(line: Line, start: number): ReachBounds {
  const found: Partial<Record<keyof ReachBounds, number>> = {};
  const keys = ["eot", ...boundRows.map(({ key }) => key)];
  for (const field of scanFields(line.span.file, start, line.span.end, line.report)) {
    const { text, span } = field.key;
    const row = boundRows.find(({ key }) => key === text);
    if (row === undefined && text !== "eot") {
      const meant = nearest(text, keys);
      line.report(
        span,
        text === "eff" ? "`eff` is no part of a `reach` line" : `\`${text}\` is not a bound of a budget`,
        meant === undefined || text === "eff"
          ? `the bounds are ${keys.join(", ")}: the line is judged by checks that allow at least as much`
          : `did you mean \`${meant}\`?`,
      );
      continue;
    }
    const key = row?.bound ?? "eot";
    if (found[key] !== undefined) line.report(span, `\`${text}\` is given twice`, "keep one of them");
    const value = (row === undefined ? integerFrom(1) : bound(row))(field, line.report);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

/** The pattern, and the offset after it. */
function readPattern(line: Line): { readonly pattern: ReachPattern; readonly end: number } {
  const { file } = line.span;
  const { tokens } = scanPart(file, line.start, line.span.end);
  const [first, second] = tokens;
  const none: Name = { text: "", span: line.span };
  if (!t.isToken(first, t.Name)) {
    line.report(
      first === undefined ? line.span : spanOf(file, first),
      first === undefined
        ? "this line does not say what is to be reached"
        : `\`${first.image}\` is not the name of a relation`,
      example,
    );
    return { pattern: { kind: "name", name: none }, end: line.span.end };
  }
  const relation: Name = { text: first.image, span: spanOf(file, first) };
  if (!t.isToken(second, t.LeftParen) || second.startOffset !== t.endOf(first))
    return { pattern: { kind: "name", name: relation }, end: t.endOf(first) };
  const args: Expression[] = [];
  let at = 2;
  for (;;) {
    const read = readArgument(file, tokens, at);
    if (read === undefined) {
      const wrong = tokens[at];
      line.report(
        wrong === undefined ? line.span : spanOf(file, wrong),
        wrong === undefined ? "the pattern is not closed" : `\`${wrong.image}\` is neither a constant nor \`_\``,
        "a pattern has constants, and `_` for any value",
      );
      break;
    }
    args.push(read.argument);
    at += read.tokens;
    const separator = tokens[at++];
    if (t.isToken(separator, t.RightParen)) break;
    if (t.isToken(separator, t.Comma)) continue;
    line.report(
      separator === undefined ? line.span : spanOf(file, separator),
      separator === undefined ? "the pattern is not closed" : `expected \`,\` or \`)\`, found \`${separator.image}\``,
      "a pattern has constants, and `_` for any value",
    );
    break;
  }
  const last = tokens[at - 1];
  const end = last === undefined ? line.span.end : t.endOf(last);
  return { pattern: { kind: "atom", atom: { relation, args, span: { ...relation.span, end } } }, end };
}

function readArgument(
  file: SourceFile,
  tokens: readonly IToken[],
  at: number,
): { readonly argument: Expression; readonly tokens: number } | undefined {
  const [token, next] = tokens.slice(at, at + 2);
  if (t.isToken(token, t.Wildcard)) return { argument: { kind: "wildcard", span: spanOf(file, token) }, tokens: 1 };
  if (t.isToken(token, t.StringLiteral))
    return { argument: { kind: "string", value: t.unquote(token.image), span: spanOf(file, token) }, tokens: 1 };
  const digits = t.isToken(token, t.Minus) ? next : token;
  if (token === undefined || !t.isToken(digits, t.Integer)) return undefined;
  const value = Number(digits.image) * (digits === token ? 1 : -1);
  if (!Number.isSafeInteger(value)) return undefined;
  const span: Span = { ...spanOf(file, token), end: t.endOf(digits) };
  return { argument: { kind: "integer", value: value + 0, span }, tokens: digits === token ? 1 : 2 };
}

function spanOf(file: SourceFile, token: IToken): Span {
  return { file, start: token.startOffset, end: t.endOf(token) };
}
