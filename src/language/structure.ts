import { positionAt } from "../source/line-index.js";
import type { Span } from "../source/source.js";
import type { Expression, SyntaxTree } from "../syntax/tree.js";
import { defines, expressionsOf, occurrencesIn, statementAt } from "./occurrences.js";

/* The shape of one text: its outline, what can be folded, what encloses what. */

export interface OutlineEntry {
  readonly name: string;
  readonly kind: "fact" | "rule";
  /** The text beside the name: the time of the head, and what it reads. */
  readonly detail: string;
  /** The statement. */
  readonly span: Span;
  /** The name. */
  readonly nameSpan: Span;
}

/** The facts and rules, in the order of the text. */
export function outlineOf(tree: SyntaxTree): readonly OutlineEntry[] {
  const { text } = tree.source;
  return occurrencesIn(tree)
    .filter(defines)
    .map(({ name, role, span, statement }) => {
      const whole = statement?.span ?? span;
      const rest = text.slice(span.end, whole.end).replace(/\s+/g, " ");
      const detail = rest.length > 60 ? `${rest.slice(0, 59)}…` : rest;
      return { name, kind: role === "fact" ? "fact" : "rule", detail, span: whole, nameSpan: span };
    });
}

/** Lines from 1, both included. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly kind: "comment" | "region";
}

/** Rules of several lines, and comments of several lines. */
export function foldsOf({ source, statements, broken, comments }: SyntaxTree): readonly Fold[] {
  const line = (offset: number): number => positionAt(source, offset).line;
  const folds: Fold[] = [];
  const add = (from: number, to: number, kind: Fold["kind"]): void => {
    if (to > from) folds.push({ from, to, kind });
  };
  for (const { span } of [...statements, ...broken]) add(line(span.start), line(span.end), "region");
  let first: number | undefined;
  let last = -1;
  for (const { span } of comments) {
    const [from, to] = [line(span.start), line(span.end)];
    const isAlone = /^\s*$/.test(source.text.slice(source.text.lastIndexOf("\n", span.start - 1) + 1, span.start));
    if (first !== undefined && (!isAlone || from > last + 1)) {
      add(first, last, "comment");
      first = undefined;
    }
    if (isAlone) first ??= from;
    last = to;
  }
  if (first !== undefined) add(first, last, "comment");
  return folds.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** What encloses a place, from the innermost out to the whole text. */
export function enclosing(tree: SyntaxTree, offset: number): readonly Span[] {
  const { source } = tree;
  const around = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const spans: Span[] = [{ file: source, start: 0, end: source.text.length }];
  const statement = statementAt(tree, offset);
  const comment = tree.comments.find(({ span }) => around(span));
  if (comment !== undefined) spans.push(comment.span);
  if (statement !== undefined) {
    spans.push(statement.span);
    if (statement.kind === "rule") {
      const [first] = statement.body;
      if (first !== undefined) spans.push({ ...first.span, end: statement.span.end });
      spans.push(statement.head.span, ...statement.body.map(({ span }) => span));
    }
    if (statement.kind === "broken") spans.push(...statement.atoms.map(({ span }) => span));
    spans.push(...expressionsOf(statement).map((part: Expression) => part.span));
    spans.push(
      ...occurrencesIn(tree)
        .filter((o) => o.statement === statement)
        .map(({ span }) => span),
    );
  }
  const found = spans.filter(around).sort((a, b) => a.end - a.start - (b.end - b.start));
  // Each must lie within the next.
  const nested: Span[] = [];
  for (const span of found) {
    const inner = nested.at(-1);
    if (inner === undefined || (span.start <= inner.start && inner.end <= span.end && size(span) > size(inner)))
      nested.push(span);
  }
  return nested;
}

function size({ start, end }: Span): number {
  return end - start;
}
