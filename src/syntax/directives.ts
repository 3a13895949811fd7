import type { DiagnosticCode } from "../source/codes.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { Declaration } from "./declaration.js";
import { readMaybe, readNames, readOneOf } from "./declaration-lines.js";
import type { Line, Read } from "./directive-line.js";
import type { Expectation } from "./expectation.js";
import { readCheck, readRun } from "./expectation-lines.js";
import type { Comment, SyntaxTree } from "./tree.js";

/*
 * The comments that start with `//!`. Some say what to check, and are read by what runs expectations; the others are part of the program,
 * and are read with it. A line that does not parse is an error, and no comment.
 */

type Sorts<T> = Readonly<Record<string, Read<T>>>;

const expectations: Sorts<Expectation> = { check: readCheck, run: readRun };

const declarations: Sorts<Declaration> = {
  durable: readNames("durable"),
  forgets: readNames("forgets"),
  observer: readNames("observer"),
  maybe: readMaybe,
  "one-of": readOneOf,
};

const words = [...Object.keys(expectations), ...Object.keys(declarations)];

export interface DirectivesResult<T> {
  /** In the order of the text; a line about which there is a complaint is absent. */
  readonly directives: readonly T[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the lines of a file that say what to check; one that begins with no known word is taken for such a line. */
export function parseDirectives(tree: SyntaxTree): DirectivesResult<Expectation> {
  return readLines(tree, expectations, "bad-expectation", (word, line) => {
    if (meantDeclaration(word) !== undefined) return;
    line.complain(
      line.span,
      word === "" ? "a `//!` line says what to check" : `\`${word}\` is no kind of expectation`,
      "write `//! check …` or `//! run …`; a comment for people starts with `//` alone",
    );
  });
}

/** Reads the lines of a file that are part of the program, and complains of one that seems meant to be. */
export function parseDeclarations(tree: SyntaxTree): DirectivesResult<Declaration> {
  return readLines(tree, declarations, "bad-directive", (word, line) => {
    const meant = meantDeclaration(word);
    if (meant === undefined) return;
    const [before = "", letters = ""] = /^\/\/!\s*([A-Za-z_-]+)/.exec(line.span.file.text.slice(line.span.start)) ?? [];
    const end = line.span.start + before.length;
    line.complain(
      { ...line.span, start: end - letters.length, end },
      letters === meant ? `a space is missing after \`${meant}\`` : `\`${letters}\` is no kind of \`//!\` line`,
      letters === meant ? `write \`//! ${meant} …\`` : `did you mean \`//! ${meant} …\`?`,
    );
  });
}

/** The word of a declaration that another one begins with, or is a slip for. */
function meantDeclaration(word: string): string | undefined {
  const [letters = ""] = /^[A-Za-z_-]*/.exec(word) ?? [];
  const meant = words.includes(letters) ? letters : nearest(letters, words);
  return meant !== undefined && meant in declarations ? meant : undefined;
}

function readLines<T>(
  tree: SyntaxTree,
  sorts: Sorts<T>,
  code: DiagnosticCode,
  unknown: (word: string, line: Line) => void,
): DirectivesResult<T> {
  const diagnostics = new Diagnostics();
  const directives: T[] = [];
  for (const comment of tree.comments) {
    if (!comment.text.startsWith("//!")) continue;
    const { word, line } = lineOf(comment, code, diagnostics);
    const read = Object.hasOwn(sorts, word) ? sorts[word] : undefined;
    if (read !== undefined) {
      const directive = read(line);
      if (line.isClean()) directives.push(directive);
    } else if (!words.includes(word)) unknown(word, line);
  }
  return {
    directives,
    diagnostics: [...diagnostics.all].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
  };
}

function lineOf({ text, span }: Comment, code: DiagnosticCode, diagnostics: Diagnostics): { word: string; line: Line } {
  const [before = "", word = ""] = /^\/\/!\s*(\S*)/.exec(text) ?? [];
  const errors = diagnostics.all.length;
  return {
    word,
    line: {
      span: { ...span, end: span.start + text.trimEnd().length },
      start: span.start + before.length,
      complain: (where, message, help) => diagnostics.report(code, { span: where, message, help }),
      add: (others) => diagnostics.add(others),
      isClean: () => diagnostics.all.length === errors,
    },
  };
}
