import type { Fix, TextEdit } from "./diagnostic.js";
import type { Span } from "./source.js";

/** Puts `text` in the place of a part of a file; to insert it, the part is empty, and to remove it, the text. */
export function replacing(span: Span, text: string, title: string, safe: "safe" | "doubtful"): Fix {
  return { title, edits: [{ span, text }], safe: safe === "safe" };
}

/** The text of one file with edits made, the later ones first. Of edits that overlap the earlier one is made. */
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
