import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { Complain, Line, Read } from "./directive-line.js";
import { readCheck, readRun } from "./expectation-lines.js";
import type { Comment, SyntaxTree } from "./tree.js";

/** Every sort of `//!` line, by its word. */
const sorts = { check: readCheck, run: readRun } as const satisfies Readonly<Record<string, Read<unknown>>>;

/** What a `//!` line says, told apart by `kind`. */
export type Directive = ReturnType<(typeof sorts)[keyof typeof sorts]>;

export interface DirectivesResult {
  /** In the order of the text; a line about which there is a complaint is absent. */
  readonly directives: readonly Directive[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the comments of a file that start with `//!`. Such a line that does not parse is an error. */
export function parseDirectives(tree: SyntaxTree): DirectivesResult {
  const diagnostics = new Diagnostics();
  const directives: Directive[] = [];
  for (const comment of tree.comments) {
    if (!comment.text.startsWith("//!")) continue;
    const before = diagnostics.all.length;
    const isClean = (): boolean => diagnostics.all.length === before;
    const directive = parseDirective(comment, isClean, (span, message, help) =>
      diagnostics.report("bad-expectation", { span, message, help }),
    );
    if (directive !== undefined && isClean()) directives.push(directive);
  }
  return {
    directives,
    diagnostics: [...diagnostics.all].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
  };
}

function parseDirective({ text, span }: Comment, isClean: () => boolean, complain: Complain): Directive | undefined {
  const [before = "", word = ""] = /^\/\/!\s*(\S*)/.exec(text) ?? [];
  const line: Line = {
    span: { ...span, end: span.start + text.trimEnd().length },
    start: span.start + before.length,
    complain,
    isClean,
  };
  if (isSort(word)) return sorts[word](line);
  complain(
    line.span,
    word === "" ? "a `//!` line says what to check" : `\`${word}\` is no kind of expectation`,
    "write `//! check …` or `//! run …`; a comment for people starts with `//` alone",
  );
  return undefined;
}

function isSort(word: string): word is keyof typeof sorts {
  return Object.hasOwn(sorts, word);
}
