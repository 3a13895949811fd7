import type { InputDeclaration, NamesDeclaration } from "./declaration.js";
import type { Line, Read } from "./directive-line.js";
import { parseFacts } from "./parser.js";
import { scanPart } from "./scanner.js";
import * as t from "./tokens.js";
import type { Name } from "./tree.js";

/** Reads the names of relations, parted by commas. */
export function readNames(kind: NamesDeclaration["kind"]): Read<NamesDeclaration> {
  return (line) => {
    const { file, end } = line.span;
    const { tokens, unexpected } = scanPart(file, line.start, end);
    const names: Name[] = [];
    const example = `write \`//! ${kind} a, b\``;
    const stray = unexpected[0];
    if (stray !== undefined) line.complain(stray, "this is no name of a relation", example);
    for (const [i, token] of tokens.entries()) {
      if (!line.isClean()) break;
      const span = { file, start: token.startOffset, end: t.endOf(token) };
      if (i % 2 === 1) {
        if (!t.isToken(token, t.Comma)) line.complain(span, "names are parted by commas", example);
      } else if (t.isToken(token, t.Name)) names.push({ text: token.image, span });
      else
        line.complain(
          span,
          t.isToken(token, t.Comma) ? "a name is missing here" : `\`${token.image}\` is no name of a relation`,
          "relation names start with a lower-case letter",
        );
    }
    if (line.isClean() && tokens.length % 2 === 0)
      line.complain(
        line.span,
        tokens.length === 0 ? `this line names no relation` : "a name is missing at the end",
        example,
      );
    return { kind, names, span: line.span };
  };
}

export const readMaybe: Read<InputDeclaration> = (line) => {
  const input = readFacts("maybe", line);
  const [, second] = input.facts;
  if (second !== undefined)
    line.complain(
      second.span,
      "`maybe` is of one fact, which is there or not",
      "write a line for each; or, if exactly one of them is there, `//! one-of`",
    );
  return input;
};

export const readOneOf: Read<InputDeclaration> = (line) => readFacts("one-of", line);

function readFacts(kind: InputDeclaration["kind"], line: Line): InputDeclaration {
  const { facts, diagnostics } = parseFacts(line.span.file, line.start, line.span.end);
  line.add(diagnostics);
  return { kind, facts, span: line.span };
}
