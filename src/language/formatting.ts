import type { TextEdit } from "../source/diagnostic.js";
import { leastEdit } from "../source/fixes.js";
import type { Span } from "../source/source.js";
import { formatSource } from "../syntax/format.js";
import { printStatement } from "../syntax/printer-statements.js";
import type { SyntaxTree } from "../syntax/tree.js";

/** The change that brings a text into the canonical form, if one is needed. A text with errors is not changed. */
export function formattingOf({ source }: SyntaxTree): readonly TextEdit[] {
  const formatted = formatSource(source);
  return formatted.kind === "refused" ? [] : leastEdit(source, formatted.text);
}

/** The changes that bring the statements of a part of a text into the canonical form, whatever errors there are elsewhere. */
export function rangeFormattingOf(tree: SyntaxTree, { start, end }: Pick<Span, "start" | "end">): readonly TextEdit[] {
  const { source, statements, comments } = tree;
  return statements.flatMap((statement) => {
    const { span } = statement;
    if (span.end < start || span.start > end) return [];
    if (comments.some((comment) => comment.span.start >= span.start && comment.span.end <= span.end)) return [];
    const text = printStatement(statement).replace(/;$/, "");
    return text === source.text.slice(span.start, span.end) ? [] : [{ span, text }];
  });
}
