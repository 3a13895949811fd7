import type { InputDeclaration, NamesDeclaration } from "./declaration.js";
import type { Line, LineReader } from "./directive-line.js";
import { parseFacts } from "./parser.js";
import { scanPart } from "./scanner.js";
import * as t from "./tokens.js";
import type { Name } from "./tree.js";

/** Parses names of relations, separated by commas. */
export function readNames(kind: NamesDeclaration["kind"]): LineReader<NamesDeclaration> {
  return (line) => {
    const { file, end } = line.span;
    const { tokens, unexpected } = scanPart(file, line.start, end);
    const names: Name[] = [];
    const example = `write \`//! ${kind} a, b\``;
    const stray = unexpected[0];
    if (stray !== undefined) line.report(stray, "this is not the name of a relation", example);
    for (const [i, token] of tokens.entries()) {
      if (!line.isClean()) break;
      const span = { file, start: token.startOffset, end: t.endOf(token) };
      if (i % 2 === 1) {
        if (!t.isToken(token, t.Comma)) line.report(span, "names are separated by commas", example);
      } else if (t.isToken(token, t.Name)) names.push({ text: token.image, span });
      else
        line.report(
          span,
          t.isToken(token, t.Comma) ? "a name is missing here" : `\`${token.image}\` is not the name of a relation`,
          "relation names start with a lower-case letter",
        );
    }
    if (line.isClean() && tokens.length % 2 === 0)
      line.report(
        line.span,
        tokens.length === 0 ? `this line names no relation` : "a name is missing at the end",
        example,
      );
    return { kind, names, span: line.span };
  };
}

export const readMaybe: LineReader<InputDeclaration> = (line) => {
  const input = readFacts("maybe", line);
  const [, second] = input.facts;
  if (second !== undefined)
    line.report(
      second.span,
      "`maybe` takes one fact",
      "write a `//! maybe` line for each; if exactly one of them is to be present, write `//! one-of`",
    );
  return input;
};

export const readOneOf: LineReader<InputDeclaration> = (line) => readFacts("one-of", line);

function readFacts(kind: InputDeclaration["kind"], line: Line): InputDeclaration {
  const { facts, diagnostics } = parseFacts(line.span.file, line.start, line.span.end);
  line.add(diagnostics);
  return { kind, facts, span: line.span };
}
