import type { IToken, TokenType } from "chevrotain";
import type { DiagnosticCode } from "../source/codes.js";
import type { DiagnosticDetails, Diagnostics } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import * as messages from "./error-messages.js";
import * as t from "./tokens.js";

// Notation of Prolog, Datalog, SQL and C: `<-`, `<>`, `not p(X)`, `and`, 'a', `count(X)`. Each is recognised in the tokens
// of a statement before the grammar sees them, reported once, and replaced by the notation of this language, so that the
// rest of the statement is still checked and nothing is reported twice:
//
//     p(X) <- r(X, 'a') and not q(X);      four diagnostics, each with the correct notation
//     p(X) :- r(X, "a"), notin q(X);       the tokens that are parsed
//
// Only tokens that no statement can contain are replaced: `X <-1` is a comparison, and `count(X)` can be an atom.

const AGGREGATES: readonly string[] = ["count", "min", "max", "sum", "avg"];

const NEGATIONS: readonly string[] = ["not", "no", "non"];
const OPERANDS: readonly TokenType[] = [t.Name, t.Variable, t.Wildcard, t.Integer, t.StringLiteral];
const OPERATORS: readonly TokenType[] = [t.Comparison, t.Less, t.Greater, t.Plus, t.Minus, t.Multiplicative];

const FOREIGN: readonly TokenType[] = [t.SingleQuoted, t.Period, t.ForeignNot, t.ForeignAnd, t.ForeignOr];

/** Foreign comparison operators and ours; one with a foreign character is reported as an unexpected character. */
const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ["<>", "!="],
  ["/=", "!="],
  ["!==", "!="],
  ["===", "=="],
  ["=<", "<="],
  ["=>", ">="],
]);

const FOREIGN_COMPARISONS: readonly string[] = [...COMPARISONS.keys()];
const COMPARISON_STARTS: readonly TokenType[] = [t.Comparison, t.Less, t.Multiplicative];

/** Separators of head and body in other languages. */
const ARROWS: readonly string[] = ["<-", "=", "<=", "->", "-->", "if"];

export function isNegationWord(word: string): boolean {
  return NEGATIONS.includes(word.toLowerCase());
}

/** The tokens of a statement in the notation of this language; `undefined` if there is nothing left to parse. */
export function replaceForeignNotation(
  tokens: readonly IToken[],
  file: SourceFile,
  diagnostics: Diagnostics,
): IToken[] | undefined {
  return new NotationReplacement(tokens, file, diagnostics).result();
}

class NotationReplacement {
  private readonly out: IToken[] = [];
  private at = 0;
  private depth = 0;
  private inBody = false;
  /** Indexes of parentheses to leave out: `not (p(X))`. */
  private readonly dropped = new Set<number>();
  /** The kinds of notation reported so far in the statement: each is reported once. */
  private readonly reported = new Set<string>();

  constructor(
    private readonly tokens: readonly IToken[],
    private readonly file: SourceFile,
    private readonly diagnostics: Diagnostics,
  ) {}

  result(): IToken[] | undefined {
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (token === undefined) break;
      if (this.dropped.has(this.at)) this.at++;
      else if (this.isMisplacedAggregate()) {
        const span = this.span(token, this.tokens[this.closing(this.at + 1)]);
        this.report("aggregate", "aggregate-misplaced", messages.aggregateInBody(token.image, span));
        return undefined;
      } else if (!this.replaceAt(token)) this.keep(token);
    }
    const foreign = this.out.find((token) => FOREIGN.some((type) => t.isToken(token, type)));
    if (foreign === undefined) return this.out;
    const details = messages.unexpectedCharacter(foreign.image, this.span(foreign));
    this.diagnostics.report("unexpected-character", details);
    return undefined;
  }

  private keep(token: IToken): void {
    if (t.isToken(token, t.LeftParen)) this.depth++;
    if (t.isToken(token, t.RightParen)) this.depth--;
    if (t.isToken(token, t.Turnstile)) this.inBody = true;
    this.out.push(token);
    this.at++;
  }

  private replaceAt(token: IToken): boolean {
    return (
      this.replaceQuotes(token) ||
      this.replaceAggregate(token) ||
      this.replaceCapitals(token) ||
      this.replaceTime(token) ||
      (this.depth === 0 &&
        (this.inBody
          ? this.replaceNegation(token) || this.replaceJunction(token) || this.replaceComparison(token)
          : this.replaceArrow(token)))
    );
  }

  private replaceQuotes(token: IToken): boolean {
    if (!t.isToken(token, t.SingleQuoted)) return false;
    this.report("quotes", "unexpected-character", messages.singleQuotes(token.image, this.span(token)));
    this.replace(1, t.StringLiteral, `"${token.image.slice(1, -1)}"`);
    return true;
  }

  /** `count(X)` as an argument of the head. */
  private replaceAggregate(token: IToken): boolean {
    if (this.inBody || this.depth === 0 || !this.isAggregateCall()) return false;
    const close = this.closing(this.at + 1);
    const [only, ...others] = this.tokens.slice(this.at + 2, close);
    const over = others.length === 0 && t.isToken(only, t.Variable) ? only.image : undefined;
    const span = this.span(token, this.tokens[close]);
    this.report("aggregate", "syntax", messages.aggregateInParentheses(token.image.toLowerCase(), over, span));
    this.replace(close - this.at + 1, t.Variable, "X");
    return true;
  }

  /** `COUNT<X>` as an argument of the head. */
  private replaceCapitals(token: IToken): boolean {
    const name = token.image.toLowerCase();
    if (this.inBody || this.depth === 0 || !t.isToken(token, t.Variable) || !AGGREGATES.includes(name)) return false;
    if (!t.isToken(this.tokens[this.at + 1], t.Less)) return false;
    this.report("aggregate", "syntax", messages.aggregateInCapitals(name, this.span(token)));
    this.replace(1, t.Name, name);
    return true;
  }

  /** `@next+1`: a time is complete without arithmetic. */
  private replaceTime(at: IToken): boolean {
    if (this.depth > 0 || !t.isToken(at, t.At)) return false;
    const [time, sign, integer] = this.tokens.slice(this.at + 1, this.at + 4);
    if (!t.isToken(time, t.Name) && !t.isToken(time, t.Integer)) return false;
    if (!(t.isToken(sign, t.Plus) || t.isToken(sign, t.Minus)) || !t.isToken(integer, t.Integer)) return false;
    this.report(
      "time",
      "unknown-time",
      messages.timeArithmetic(time.image, this.text(at, integer), this.span(at, integer)),
    );
    this.out.push(at, time);
    this.at += 4;
    return true;
  }

  /** A foreign arrow after the atom of the head. */
  private replaceArrow(token: IToken): boolean {
    const previous = this.out.at(-1);
    const isTime = t.isToken(this.out.at(-2), t.At);
    if (!t.isToken(previous, t.RightParen) && !isTime) return false;
    const length = this.lengthOf(ARROWS);
    if (length === 0) return false;
    const arrow = this.text(token, this.tokens[this.at + length - 1]);
    this.report("arrow", "syntax", messages.foreignArrow(arrow, this.span(token, this.tokens[this.at + length - 1])));
    this.replace(length, t.Turnstile, arrow);
    this.inBody = true;
    return true;
  }

  private replaceNegation(token: IToken): boolean {
    const isWord = isNegationWord(token.image) && (t.isToken(token, t.Name) || t.isToken(token, t.Variable));
    if (!isWord && !t.isToken(token, t.ForeignNot)) return false;
    if (!this.startsLiteral()) return false;
    const [next, second, third] = this.tokens.slice(this.at + 1, this.at + 4);
    const inParentheses = t.isToken(next, t.LeftParen) && t.isToken(second, t.Name) && t.isToken(third, t.LeftParen);
    if (!inParentheses && !(t.isToken(next, t.Name) && t.isToken(second, t.LeftParen))) return false;
    const code = isWord ? "syntax" : "unexpected-character";
    this.report("negation", code, messages.foreignNegation(token.image, this.span(token)));
    if (inParentheses) {
      this.dropped.add(this.at + 1).add(this.closing(this.at + 1));
    }
    this.replace(1, t.NotIn, token.image);
    return true;
  }

  /** `and`, `or` and their symbols, between two literals. */
  private replaceJunction(token: IToken): boolean {
    if (!this.afterOperand()) return false;
    const word = token.image.toLowerCase();
    const isWord = t.isToken(token, t.Name) || t.isToken(token, t.Variable);
    const isAnd = t.isToken(token, t.ForeignAnd) || (isWord && word === "and");
    const isOr = t.isToken(token, t.ForeignOr) || (isWord && word === "or");
    if (!isAnd && !isOr) return false;
    const code = isWord ? "syntax" : "unexpected-character";
    const details = (isAnd ? messages.foreignAnd : messages.foreignOr)(token.image, this.span(token));
    this.report(isAnd ? "and" : "or", code, details);
    this.replace(1, t.Comma, token.image);
    return true;
  }

  private replaceComparison(token: IToken): boolean {
    if (!COMPARISON_STARTS.some((type) => t.isToken(token, type))) return false;
    const length = this.lengthOf(FOREIGN_COMPARISONS);
    const last = this.tokens[this.at + length - 1];
    const ours = length === 0 ? undefined : COMPARISONS.get(this.text(token, last));
    if (ours === undefined || !this.afterOperand()) return false;
    const span = this.span(token, last);
    this.report(ours, "syntax", messages.foreignComparison(this.text(token, last), ours, span));
    this.replace(length, t.Comparison, ours);
    return true;
  }

  /** `count(X) == 1`, `X == count(Y)` or `r(count(X))` in a body: not an atom, since it is compared or is an argument. */
  private isMisplacedAggregate(): boolean {
    if (!this.inBody || !this.isAggregateCall()) return false;
    const following = this.tokens[this.closing(this.at + 1) + 1];
    return this.depth > 0 || this.afterOperator() || OPERATORS.some((type) => t.isToken(following, type));
  }

  private isAggregateCall(): boolean {
    const token = this.tokens[this.at];
    return (
      t.isToken(this.tokens[this.at + 1], t.LeftParen) &&
      (t.isToken(token, t.Name) || t.isToken(token, t.Variable)) &&
      AGGREGATES.includes(token.image.toLowerCase())
    );
  }

  /** The index of the parenthesis that matches the one at `open`; the index of the last token if there is none. */
  private closing(open: number): number {
    let depth = 0;
    for (let i = open; i < this.tokens.length; i++) {
      const token = this.tokens[i];
      if (t.isToken(token, t.LeftParen)) depth++;
      if (t.isToken(token, t.RightParen) && --depth === 0) return i;
    }
    return this.tokens.length - 1;
  }

  private startsLiteral(): boolean {
    const previous = this.out.at(-1);
    return t.isToken(previous, t.Turnstile) || t.isToken(previous, t.Comma);
  }

  private afterOperand(): boolean {
    const previous = this.out.at(-1);
    return t.isToken(previous, t.RightParen) || OPERANDS.some((type) => t.isToken(previous, type));
  }

  private afterOperator(): boolean {
    return OPERATORS.some((type) => t.isToken(this.out.at(-1), type));
  }

  /** The number of tokens from here on, without spaces between them, that spell the longest of `words`; 0 if none does. */
  private lengthOf(words: readonly string[]): number {
    let text = "";
    let found = 0;
    for (let length = 1; length <= 3; length++) {
      const token = this.tokens[this.at + length - 1];
      const previous = this.tokens[this.at + length - 2];
      if (token === undefined || (length > 1 && previous !== undefined && t.endOf(previous) !== token.startOffset))
        break;
      if (length > 1 && OPERANDS.some((type) => t.isToken(token, type))) break;
      text += token.image;
      if (words.includes(text)) found = length;
    }
    return found;
  }

  /** Replaces the next `count` tokens by one token of another type. */
  private replace(count: number, type: TokenType, image: string): void {
    const token = this.tokens[this.at];
    if (token === undefined) return;
    this.out.push({ ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0, image });
    this.at += count;
  }

  private report(kind: string, code: DiagnosticCode, details: DiagnosticDetails): void {
    if (this.reported.has(kind)) return;
    this.reported.add(kind);
    this.diagnostics.report(code, details);
  }

  private text(first: IToken, last: IToken | undefined): string {
    return this.file.text.slice(first.startOffset, t.endOf(last ?? first));
  }

  private span(first: IToken, last?: IToken): Span {
    return { file: this.file, start: first.startOffset, end: t.endOf(last ?? first) };
  }
}
