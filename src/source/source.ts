/** A program text and the name under which it is reported. */
export interface SourceFile {
  /** As shown to the user: the path as given or as found by an include; `<stdin>` for standard input. */
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets, `start` ≤ `end`, in one file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** What was written there, on one line. */
export function onOneLine({ file, start, end }: Span): string {
  return file.text.slice(start, end).replace(/\s+/g, " ");
}
