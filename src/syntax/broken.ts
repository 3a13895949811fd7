import type { IToken } from "chevrotain";
import type { SourceFile, Span } from "../source/source.js";
import * as t from "./tokens.js";
import type { BrokenAtom, BrokenStatement, Statement, Variable } from "./tree.js";

/*
 * What can be read of a statement that does not parse: relations, the arguments so far, variables. While someone types
 *
 *     log(Y, P)@async :- bcast(X, P), node(X,
 *
 * this is a head and two atoms, the second of them open, with an argument and an empty one.
 */

/** The runs of tokens that belong to none of the statements, each as a broken statement. */
export function brokenStatements(
  file: SourceFile,
  tokens: readonly IToken[],
  parsed: readonly Statement[],
): readonly BrokenStatement[] {
  const broken: BrokenStatement[] = [];
  let run: IToken[] = [];
  const close = (): void => {
    if (run.length > 0) broken.push(brokenStatement(file, run));
    run = [];
  };
  for (const token of tokens) {
    const isParsed = parsed.some(({ span }) => token.startOffset >= span.start && token.startOffset < span.end);
    if (isParsed) close();
    else run.push(token);
  }
  close();
  return broken;
}

function brokenStatement(file: SourceFile, tokens: readonly IToken[]): BrokenStatement {
  const start = tokens[0]?.startOffset ?? 0;
  const last = tokens.at(-1);
  const end = last === undefined ? start : t.endOf(last);
  const atoms: BrokenAtom[] = [];
  const variables: Variable[] = [];
  let inBody = false;
  for (const [i, token] of tokens.entries()) {
    const span: Span = { file, start: token.startOffset, end: t.endOf(token) };
    if (t.isToken(token, t.Turnstile)) inBody = true;
    if (t.isToken(token, t.Variable)) variables.push({ kind: "variable", name: token.image, span });
    if (!t.isToken(token, t.Name) || !t.isToken(tokens[i + 1], t.LeftParen)) continue;
    const negated = t.isToken(tokens[i - 1], t.NotIn);
    const role = negated ? "negated" : inBody ? "positive" : "head";
    atoms.push({ relation: { text: token.image, span }, role, ...argumentsFrom(file, tokens, i + 1, end) });
  }
  return { kind: "broken", atoms, variables, span: { file, start, end } };
}

/** The arguments after the `(` at `open`. They end at the `)` that closes it, or where a body begins. */
function argumentsFrom(
  file: SourceFile,
  tokens: readonly IToken[],
  open: number,
  end: number,
): Pick<BrokenAtom, "args" | "span" | "closed"> {
  const first = tokens[open];
  const name = tokens[open - 1];
  const start = name?.startOffset ?? 0;
  const args: Span[] = [];
  let from = first === undefined ? end : t.endOf(first);
  const add = (to: number): void => {
    args.push(trimmed(file, from, to));
  };
  let depth = 1;
  for (let i = open + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || t.isToken(token, t.Turnstile)) {
      add(token?.startOffset ?? end);
      return { args, span: { file, start, end: token?.startOffset ?? end }, closed: false };
    }
    if (t.isToken(token, t.LeftParen)) depth++;
    if (t.isToken(token, t.RightParen) && --depth === 0) {
      add(token.startOffset);
      return { args, span: { file, start, end: t.endOf(token) }, closed: true };
    }
    if (t.isToken(token, t.Comma) && depth === 1) {
      add(token.startOffset);
      from = t.endOf(token);
    }
  }
  add(end);
  return { args, span: { file, start, end }, closed: false };
}

function trimmed(file: SourceFile, from: number, to: number): Span {
  const text = file.text.slice(from, to);
  const start = from + text.length - text.trimStart().length;
  return { file, start, end: Math.max(start, from + text.trimEnd().length) };
}
