import type { DiagnosticCode } from "../source/codes.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import { replacing } from "../source/fixes.js";
import { nearest } from "../source/nearest.js";
import type { Declaration } from "./declaration.js";
import { readMaybe, readNames, readOneOf } from "./declaration-lines.js";
import type { Line, LineReader } from "./directive-line.js";
import type { Expectation } from "./expectation.js";
import { readCheck, readRun } from "./expectation-lines.js";
import { readPromise } from "./promise-lines.js";
import { readReach } from "./reach-lines.js";
import type { Comment, SyntaxTree } from "./tree.js";

/*
 * Comments that start with `//!`. Expectations (`check`, `run`) say what to check and are read by `testing/`; declarations are part
 * of the program and are read with it. A line that does not parse is an error.
 */

type LineReaders<T> = Readonly<Record<string, LineReader<T>>>;

const expectations: LineReaders<Expectation> = { check: readCheck, run: readRun };

const declarations: LineReaders<Declaration> = {
  durable: readNames("durable"),
  forgets: readNames("forgets"),
  observer: readNames("observer"),
  everywhere: readNames("everywhere"),
  maybe: readMaybe,
  "one-of": readOneOf,
  promise: readPromise,
  reach: readReach,
};

const words = [...Object.keys(expectations), ...Object.keys(declarations)];

export interface DirectivesResult<T> {
  /** In the order of the text, without lines that have an error. */
  readonly directives: readonly T[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the expectations of a file. A line with an unknown keyword is reported here, unless it is nearer to a declaration. */
export function parseDirectives(tree: SyntaxTree): DirectivesResult<Expectation> {
  return readLines(tree, expectations, "bad-expectation", (word, line) => {
    if (meantDeclaration(word) !== undefined) return;
    line.report(
      line.span,
      word === "" ? "this `//!` line does not say what to check" : `\`${word}\` is not a kind of expectation`,
      "write `//! check …` or `//! run …`; an ordinary comment starts with `//` alone",
    );
  });
}

/** Parses the declarations of a file, and reports lines whose keyword is misspelt. */
export function parseDeclarations(tree: SyntaxTree): DirectivesResult<Declaration> {
  return readLines(tree, declarations, "bad-directive", (word, line) => {
    const meant = meantDeclaration(word);
    if (meant === undefined) return;
    const [before = "", letters = ""] = /^\/\/!\s*([A-Za-z_-]+)/.exec(line.span.file.text.slice(line.span.start)) ?? [];
    const end = line.span.start + before.length;
    const place = { ...line.span, start: end - letters.length, end };
    line.report(
      place,
      letters === meant ? `a space is missing after \`${meant}\`` : `\`${letters}\` is not a kind of \`//!\` line`,
      letters === meant ? `write \`//! ${meant} …\`` : `did you mean \`//! ${meant} …\`?`,
      replacing(place, letters === meant ? `${meant} ` : meant, `Write \`//! ${meant} \``, "doubtful"),
    );
  });
}

/** The declaration keyword with which a word begins, or which it most likely misspells. */
function meantDeclaration(word: string): string | undefined {
  const [letters = ""] = /^[A-Za-z_-]*/.exec(word) ?? [];
  const meant = words.includes(letters) ? letters : nearest(letters, words);
  return meant !== undefined && meant in declarations ? meant : undefined;
}

function readLines<T>(
  tree: SyntaxTree,
  sorts: LineReaders<T>,
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
      report: (where, message, help, fix) => diagnostics.report(code, { span: where, message, help, fix }),
      add: (others) => diagnostics.add(others),
      isClean: () => diagnostics.all.length === errors,
    },
  };
}
