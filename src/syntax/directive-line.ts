import type { Diagnostic } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";

/** Takes note of what is wrong with a `//!` line. */
export type Complain = (span: Span, message: string, help: string) => void;

/** A `//!` line that is being read. */
export interface Line {
  /** From `//!` to the end of the line. */
  readonly span: Span;
  /** The offset behind the word that says of what sort the line is. */
  readonly start: number;
  readonly complain: Complain;
  /** Takes over what the parser says of a part of the line. */
  add(diagnostics: readonly Diagnostic[]): void;
  /** Whether nothing has been complained of so far. */
  isClean(): boolean;
}

/** Reads a line of one sort, and complains of all that is wrong with it; what it returns counts only if nothing is. */
export type Read<T> = (line: Line) => T;
