import { LINE_BREAK, printStatement } from "./printer-statements.js";
import type { Comment, Statement, SyntaxTree } from "./tree.js";

type Item =
  | { readonly kind: "statement"; readonly statement: Statement }
  | { readonly kind: "comment"; readonly comment: Comment };

/**
 * The canonical text of a file. Precondition: it parsed without errors, since statements that did not parse are not in the
 * tree. One statement a line, except that facts which shared a line still do if they fit; at most one empty line between
 * statements; comments keep their place. A statement with a comment inside is printed as written. Idempotent.
 */
export function printTree({ source, statements, comments }: SyntaxTree): string {
  const inside = new Set(commentsInside(statements, comments));
  const outside = comments.filter((comment) => !inside.has(comment));
  const withComments = new Set([...inside].map((comment) => statementAround(statements, comment)));

  let output = "";
  let lineStart = 0;
  let previous: Item | undefined;
  let previousEnd = 0;
  for (const item of inOrder(statements, outside)) {
    const span = item.kind === "statement" ? item.statement.span : item.comment.span;
    const text =
      item.kind === "comment"
        ? asWritten(item.comment.text)
        : withComments.has(item.statement)
          ? `${source.text.slice(span.start, span.end)};`
          : printStatement(item.statement);
    const breaks = source.text.slice(previousEnd, span.start).match(/\r\n|\n|\r/g)?.length ?? 0;
    const separator =
      previous === undefined
        ? ""
        : breaks > 1
          ? "\n\n"
          : breaks === 1 || !staysOnLine(previous, item, output.length - lineStart + text.length)
            ? "\n"
            : " ";
    output += separator + text;
    if (separator !== " ") lineStart = output.length - text.length;
    previous = item;
    previousEnd = span.end;
  }
  return output === "" ? "" : `${output}\n`;
}

/** Whether two items from one line of the source may share a line of the output. A line comment ends its line. */
function staysOnLine(before: Item, item: Item, columns: number): boolean {
  if (before.kind === "comment") return !before.comment.text.startsWith("//");
  if (item.kind === "comment") return true;
  return before.statement.kind === "fact" && item.statement.kind === "fact" && columns < LINE_BREAK;
}

function asWritten(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "");
}

function inOrder(statements: readonly Statement[], comments: readonly Comment[]): readonly Item[] {
  const items: Item[] = [];
  let next = 0;
  const takeComments = (before: number): void => {
    for (
      let comment = comments[next];
      comment !== undefined && comment.span.start < before;
      comment = comments[++next]
    ) {
      items.push({ kind: "comment", comment });
    }
  };
  for (const statement of statements) {
    takeComments(statement.span.start);
    items.push({ kind: "statement", statement });
  }
  takeComments(Number.POSITIVE_INFINITY);
  return items;
}

function commentsInside(statements: readonly Statement[], comments: readonly Comment[]): readonly Comment[] {
  return comments.filter((comment) => statementAround(statements, comment) !== undefined);
}

/** The statement that encloses a comment, if any. */
function statementAround(statements: readonly Statement[], { span }: Comment): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.span.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const candidate = statements[low - 1];
  return candidate !== undefined && span.start < candidate.span.end ? candidate : undefined;
}
