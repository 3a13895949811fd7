import type { Diagnostic, Fix } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";

/** Reports an error in a `//!` line. */
export type ReportError = (span: Span, message: string, help: string, fix?: Fix) => void;

/** A `//!` line that is being parsed. */
export interface Line {
  /** From `//!` to the end of the line. */
  readonly span: Span;
  /** The offset after the keyword. */
  readonly start: number;
  readonly report: ReportError;
  /** Adds the parser's diagnostics for a part of the line. */
  add(diagnostics: readonly Diagnostic[]): void;
  /** Whether no error has been reported so far. */
  isClean(): boolean;
}

/** Parses a line with one keyword and reports all errors in it. The result counts only if the line is clean afterwards. */
export type LineReader<T> = (line: Line) => T;
