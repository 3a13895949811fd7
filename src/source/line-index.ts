import type { SourceFile, Span } from "./source.js";

/** A place by line and column, both from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A line without its line terminator: half-open offsets. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * The lines of one text. A line ends at `\n`, `\r\n` or a lone `\r`; after the last terminator comes one more line, which
 * may be empty. A position is found by binary search.
 */
export class LineIndex {
  readonly lines: readonly Line[];

  constructor(private readonly text: string) {
    const lines: Line[] = [];
    let start = 0;
    for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) {
      lines.push({ start, end: index });
      start = index + lineEnd.length;
    }
    lines.push({ start, end: text.length });
    this.lines = lines;
  }

  /** The line and column of an offset, which is clamped to the text. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.line(middle).start <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - this.line(low).start + 1 };
  }

  private line(index: number): Line {
    const line = this.lines[index];
    if (line === undefined) throw new RangeError(`no line ${index + 1}`);
    return line;
  }
}

/** Filled on first use. A source file never changes, so entries stay valid. */
const indexes = new WeakMap<SourceFile, LineIndex>();

export function lineIndexOf(file: SourceFile): LineIndex {
  let index = indexes.get(file);
  if (index === undefined) {
    index = new LineIndex(file.text);
    indexes.set(file, index);
  }
  return index;
}

/** The line and column of an offset of a file. */
export function positionAt(file: SourceFile, offset: number): Position {
  return lineIndexOf(file).positionAt(offset);
}

/** `file:line:column`, as messages print it. */
export function formatPlace(span: Span): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${span.file.path}:${line}:${column}`;
}
