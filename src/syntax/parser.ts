import type { IToken } from "chevrotain";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics, diagnostic } from "../source/diagnostic.js";
import { replacing } from "../source/fixes.js";
import type { SourceFile, Span } from "../source/source.js";
import { brokenStatements } from "./broken.js";
import * as messages from "./error-messages.js";
import { replaceForeignNotation } from "./foreign-notation.js";
import { Grammar } from "./grammar.js";
import type { Scan } from "./scanner.js";
import { scan, scanPart } from "./scanner.js";
import { syntaxError } from "./syntax-errors.js";
import * as t from "./tokens.js";
import type { BrokenStatement, FactStatement, IncludeStatement, Statement, SyntaxTree } from "./tree.js";

/** Deeper nesting is an error that is found before parsing, which is recursive. */
export const MAX_NESTING = 200;
/** After this many errors in one file the rest of it is not read. */
export const MAX_ERRORS = 100;

/** Shared: constructing it takes longer than parsing most programs. It keeps no state between statements. */
const grammar = new Grammar();

export interface ParseResult {
  readonly tree: SyntaxTree;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses one file. Statements are parsed one by one, each from the tokens up to its `;`, so that an error in one does not
 * affect the others. A statement with an error is among the broken ones of the tree.
 */
export function parseText(source: SourceFile): ParseResult {
  const reading = new StatementReader(source, scan(source));
  reading.readStatements();
  return {
    tree: { source, statements: reading.statements, broken: reading.broken, comments: reading.comments },
    diagnostics: atMost(MAX_ERRORS, reading.diagnostics.all),
  };
}

/** The facts of a part of a text, in order; a place that does not hold one is absent and has a diagnostic. */
export interface ParsedFacts {
  readonly facts: readonly FactStatement[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses facts separated by `|`, without `;`: the text after the keyword of a `//!` line. */
export function parseFacts(file: SourceFile, start: number, end: number): ParsedFacts {
  const scanned = scanPart(file, start, end);
  const facts: FactStatement[] = [];
  const diagnostics = new Diagnostics();
  for (let [first, from] = [0, start]; first <= scanned.tokens.length; ) {
    const bar = scanned.tokens.findIndex((token, i) => i >= first && t.isToken(token, t.ForeignOr));
    const separator = scanned.tokens[bar];
    const [last, to] = separator === undefined ? [scanned.tokens.length, end] : [bar, separator.startOffset];
    const unexpected = scanned.unexpected.filter((span) => span.start >= from && span.start < to);
    const reading = new StatementReader(file, { ...scanned, unexpected });
    reading.readFact(scanned.tokens.slice(first, last), { file, start: from, end: to });
    for (const statement of reading.statements) if (statement.kind === "fact") facts.push(statement);
    diagnostics.add(reading.diagnostics.all);
    if (separator !== undefined && separator.image !== "|")
      diagnostics.report("bad-directive", messages.doubledSeparator(spanOf(file, separator)));
    [first, from] = [last + 1, separator === undefined ? end : t.endOf(separator)];
  }
  return { facts, diagnostics: diagnostics.all };
}

function spanOf(file: SourceFile, token: IToken): Span {
  return { file, start: token.startOffset, end: t.endOf(token) };
}

function atMost(limit: number, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const last = diagnostics[limit];
  if (last?.span === undefined) return diagnostics;
  return [...diagnostics.slice(0, limit), diagnostic("too-many-errors", messages.tooManyErrors(limit, last.span))];
}

/** The parsing of one file, or of one part of a `//!` line, statement by statement. */
class StatementReader {
  readonly statements: Statement[] = [];
  readonly broken: BrokenStatement[] = [];
  readonly diagnostics = new Diagnostics();
  /** An index into `scanned.unexpected`: the entries before it belong to statements already read. */
  private nextUnexpected = 0;

  constructor(
    private readonly file: SourceFile,
    private readonly scanned: Scan,
  ) {}

  get comments() {
    return this.scanned.comments;
  }

  readStatements(): void {
    const { tokens } = this.scanned;
    this.reportForeignComments();
    let first = 0;
    let depth = 0;
    for (let i = 0; i <= tokens.length; i++) {
      const token = tokens[i];
      if (t.isToken(token, t.LeftParen)) depth++;
      if (t.isToken(token, t.RightParen)) depth--;
      const isPeriod = t.isToken(token, t.Period) && depth <= 0;
      if (token !== undefined && !isPeriod && !t.isToken(token, t.Semicolon)) continue;
      const rest = tokens.slice(first, i);
      const statements = this.statements.length;
      const errors = this.diagnostics.all.length;
      this.readStatement(rest, token);
      if (this.diagnostics.all.length > errors)
        for (const broken of brokenStatements(this.file, rest, this.statements.slice(statements)))
          this.broken.push(broken);
      if (isPeriod) this.diagnostics.report("unexpected-character", messages.statementPeriod(this.span(token)));
      first = i + 1;
      depth = 0;
      if (this.isFull()) return;
    }
  }

  /** `rest`: the tokens before the terminator, or before the end of the file if there is none. */
  private readStatement(rest: IToken[], terminator: IToken | undefined): void {
    if (this.rejectsTokens(rest, terminator?.startOffset ?? this.file.text.length)) return;
    if (rest.length === 0) {
      if (t.isToken(terminator, t.Semicolon))
        this.diagnostics.report("syntax", {
          span: this.span(terminator),
          message: "this `;` ends an empty statement",
          help: "remove it",
          fix: replacing(this.span(terminator), "", "Remove `;`", "safe"),
        });
      return;
    }
    if (t.isToken(rest[1], t.SingleQuoted) && this.rejectsIncludePath(rest)) return;
    this.readClauses(rest, terminator !== undefined);
  }

  /** Parses the single fact between two separators of a `//!` line. */
  readFact(tokens: IToken[], place: Span): void {
    if (this.rejectsTokens(tokens, place.end)) return;
    const semicolon = tokens.findIndex((token) => t.isToken(token, t.Semicolon));
    const mark = tokens[semicolon];
    if (mark !== undefined) {
      const isLast = semicolon === tokens.length - 1;
      this.diagnostics.report("bad-directive", messages.semicolonInLine(this.span(mark), isLast));
      return;
    }
    if (tokens.length === 0) {
      this.diagnostics.report("bad-directive", messages.missingFact(place));
      return;
    }
    const rest = replaceForeignNotation(tokens, this.file, this.diagnostics);
    if (rest === undefined || this.diagnostics.all.length > 0) return;
    const next = this.readClause(rest, false);
    const [statement] = this.statements;
    const following = next === undefined ? undefined : rest[next];
    if (following !== undefined) this.diagnostics.report("bad-directive", messages.secondFact(this.span(following)));
    else if (statement !== undefined && statement.kind !== "fact")
      this.diagnostics.report("bad-directive", messages.noFact(statement.kind, statement.span));
    if (this.diagnostics.all.length > 0) this.statements.length = 0;
  }

  /** Reports tokens that no statement can contain: an unexpected character, an unclosed string or comment, deep nesting. */
  private rejectsTokens(rest: readonly IToken[], end: number): boolean {
    if (this.rejectsCharacters(rest, end)) return true;
    const unclosed: IToken | undefined = rest.find(
      (token) => t.isToken(token, t.UnclosedString) || t.isToken(token, t.UnclosedComment),
    );
    if (unclosed !== undefined) {
      if (t.isToken(unclosed, t.UnclosedString))
        this.diagnostics.report("unclosed-string", messages.unclosedString(this.firstLine(unclosed)));
      else
        this.diagnostics.report(
          "unclosed-comment",
          messages.unclosedComment({ file: this.file, start: unclosed.startOffset, end: unclosed.startOffset + 2 }),
        );
      return true;
    }
    const tooDeep = tooDeeplyNested(rest);
    if (tooDeep !== undefined) {
      this.diagnostics.report("nesting-too-deep", messages.nestingTooDeep(MAX_NESTING, this.span(tooDeep)));
      return true;
    }
    return false;
  }

  /** Parses one statement, or several if a `;` is missing between them. */
  private readClauses(tokens: IToken[], terminated: boolean): void {
    const before = this.diagnostics.all.length;
    let rest = replaceForeignNotation(tokens, this.file, this.diagnostics) ?? [];
    const hasReplacements = this.diagnostics.all.length > before;
    while (rest.length > 0 && !this.isFull()) {
      const next = this.readClause(rest, hasReplacements);
      if (next === undefined) return;
      const last = rest[next - 1];
      const following = rest[next];
      if (last !== undefined && (following !== undefined || !terminated)) {
        const span = { file: this.file, start: t.endOf(last), end: t.endOf(last) };
        const details = messages.missingSemicolon(span, following === undefined ? undefined : this.span(following));
        this.diagnostics.report("missing-semicolon", details);
      }
      rest = rest.slice(next);
    }
  }

  /** Parses the statement at the start of `tokens`. Returns the number of its tokens, or `undefined` if it does not parse. */
  private readClause(tokens: IToken[], hasReplacements: boolean): number | undefined {
    const [first, path] = tokens;
    if (first?.image === "include" && t.isToken(path, t.StringLiteral)) return this.readInclude(first, path, tokens);
    const before = this.diagnostics.all.length;
    const { statement, error } = grammar.parseClause(this.file, tokens, this.diagnostics);
    const stop = error === undefined ? tokens.length : tokens.indexOf(error.token);
    const complete = error === undefined || (statement !== undefined && startsStatement(tokens, stop, this.file.text));
    if (error !== undefined && !complete) {
      const { code, details } = syntaxError(error, this.file, tokens);
      this.diagnostics.report(code, details);
    }
    if (!complete) return undefined;
    if (statement !== undefined && !hasReplacements && this.diagnostics.all.length === before)
      this.statements.push(statement);
    return stop;
  }

  private readInclude(keyword: IToken, path: IToken, tokens: readonly IToken[]): number | undefined {
    const extra = tokens[2];
    if (extra !== undefined && !startsStatement(tokens, 2, this.file.text)) {
      this.diagnostics.report("syntax", {
        span: this.span(extra),
        message: `expected \`;\` after the path, found \`${extra.image}\``,
        help: "write one `include` for each file",
      });
      return undefined;
    }
    const statement: IncludeStatement = {
      kind: "include",
      path: t.unquote(path.image),
      pathSpan: this.span(path),
      span: this.span(keyword, path),
    };
    this.statements.push(statement);
    return 2;
  }

  /** Reports the first unexpected character before `end`; the statement is then given up. */
  private rejectsCharacters(tokens: readonly IToken[], end: number): boolean {
    const span = this.scanned.unexpected[this.nextUnexpected];
    if (span === undefined || span.start >= end) return false;
    while ((this.scanned.unexpected[this.nextUnexpected]?.start ?? end) < end) this.nextUnexpected++;
    if (this.rejectsIncludePath(tokens)) return true;
    const { text } = this.file;
    const isDecimal = /^\d\.\d/.test(text.slice(span.start - 1, span.end + 1));
    this.diagnostics.report(
      "unexpected-character",
      isDecimal ? messages.decimalPoint(span) : messages.unexpectedCharacter(text.slice(span.start, span.end), span),
    );
    return true;
  }

  /** `include a.ded;` or `include 'a.ded';` */
  private rejectsIncludePath([first, second, ...others]: readonly IToken[]): boolean {
    if (first?.image !== "include" || second === undefined) return false;
    if (t.isToken(second, t.StringLiteral) || t.isToken(second, t.LeftParen)) return false;
    this.diagnostics.report("syntax", messages.includeWithoutPath(this.span(second, others.at(-1) ?? second)));
    return true;
  }

  /** One diagnostic for each notation, however many comments use it. */
  private reportForeignComments(): void {
    const byMarker = new Map<string, Span[]>();
    for (const span of this.scanned.foreignComments) {
      const marker = this.file.text[span.start] === "-" ? "--" : (this.file.text[span.start] ?? "");
      const place = { ...span, end: span.start + marker.length };
      const places = byMarker.get(marker);
      if (places === undefined) byMarker.set(marker, [place]);
      else places.push(place);
    }
    for (const [marker, places] of byMarker) {
      const [first] = places;
      if (first !== undefined) this.diagnostics.report("syntax", messages.foreignComment(marker, places.length, first));
    }
  }

  private isFull(): boolean {
    return this.diagnostics.all.length > MAX_ERRORS;
  }

  private firstLine(token: IToken): Span {
    const length = /^[^\n\r]*/.exec(token.image)?.[0].length ?? 0;
    return { file: this.file, start: token.startOffset, end: token.startOffset + length };
  }

  private span(first: IToken | undefined, last: IToken | undefined = first): Span {
    return { file: this.file, start: first?.startOffset ?? 0, end: last === undefined ? 0 : t.endOf(last) };
  }
}

function tooDeeplyNested(tokens: readonly IToken[]): IToken | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (t.isToken(token, t.LeftParen) && ++depth > MAX_NESTING) return token;
    if (t.isToken(token, t.RightParen)) depth--;
  }
  return undefined;
}

/**
 * Whether a new statement starts at index `at`, after a complete one (so a `;` is missing), and not another literal (so a `,`
 * is missing). An atom with a time can be either: at the start of a line it counts as a statement.
 */
function startsStatement(tokens: readonly IToken[], at: number, text: string): boolean {
  const name = tokens[at];
  const second = tokens[at + 1];
  if (!t.isToken(name, t.Name)) return false;
  if (name.image === "include" && t.isToken(second, t.StringLiteral)) return true;
  if (!t.isToken(second, t.LeftParen)) return false;
  let close = at + 2;
  for (let depth = 1; close < tokens.length; close++) {
    if (t.isToken(tokens[close], t.LeftParen)) depth++;
    if (t.isToken(tokens[close], t.RightParen) && --depth === 0) break;
  }
  const mark = tokens[close + 1];
  if (t.isToken(mark, t.Turnstile)) return true;
  if (!t.isToken(mark, t.At)) return false;
  const afterFact = !tokens.slice(0, at).some((token) => t.isToken(token, t.Turnstile));
  const previous = tokens[at - 1];
  const newLine = previous !== undefined && /[\n\r]/.test(text.slice(t.endOf(previous), name.startOffset));
  return afterFact || newLine || t.isToken(tokens[close + 2], t.Name);
}
