import type { Fix, TextEdit } from "./diagnostic.js";
import type { SourceFile, Span } from "./source.js";

/** Replaces a part of a file by `text`; either may be empty. */
export function replacing(span: Span, text: string, title: string, safe: "safe" | "doubtful"): Fix {
  return { title, edits: [{ span, text }], safe: safe === "safe" };
}

/** The change between two texts of a file, without their common prefix and suffix. None if they are equal. */
export function leastEdit(file: SourceFile, after: string): readonly TextEdit[] {
  const { text: before } = file;
  if (after === before) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let [end, endAfter] = [before.length, after.length];
  while (end > start && endAfter > start && before[end - 1] === after[endAfter - 1])
    [end, endAfter] = [end - 1, endAfter - 1];
  return [{ span: { file, start, end }, text: after.slice(start, endAfter) }];
}

/** The text of one file after the edits. Of edits that overlap, only the earlier one is made. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let done = "";
  let at = 0;
  for (const { span, text: replacement } of inOrder) {
    if (span.start < at) continue;
    done += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return done + text.slice(at);
}
