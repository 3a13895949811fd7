/** A program text and the name it is reported under. */
export interface SourceFile {
  /** As shown to the user: the path as given or resolved, `<stdin>` for standard input. */
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets, `start` ≤ `end`, in one file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A place as people count it: both from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. Lines end at `\n`, `\r\n` or a lone `\r`. Offsets past the end mean the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const { text } = file;
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: end - lineStart + 1 };
}

/** The text of the line that holds `offset`, without its line end, and the offset at which it starts. */
export function lineAt(file: SourceFile, offset: number): { readonly text: string; readonly start: number } {
  const { text } = file;
  const at = Math.max(0, Math.min(offset, text.length));
  let start = at;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r") start--;
  let end = at;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return { text: text.slice(start, end), start };
}

/** `file:line:column`, as it stands in messages. */
export function formatPlace(span: Span): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${span.file.path}:${line}:${column}`;
}
