import type { IToken, TokenType } from "chevrotain";
import type { DiagnosticCode } from "../source/codes.js";
import type { DiagnosticDetails, Diagnostics } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import * as complaints from "./complaints.js";
import * as t from "./tokens.js";

// People bring notation along from Prolog, Datalog, SQL and C: `<-`, `<>`, `not p(X)`, `and`, 'a', `count(X)`. Each is
// recognised in the tokens of a statement, before the grammar sees them, complained about once and replaced by what was
// meant. So the rest of the statement is still judged, and nothing is complained about twice:
//
//     p(X) <- r(X, 'a') and not q(X);      three complaints, each with its spelling here
//     p(X) :- r(X, "a"), notin q(X);       what is parsed
//
// Only what no statement can hold is replaced: `X <-1` is a comparison, and `count(X)` may be an atom.

const AGGREGATES: readonly string[] = ["count", "min", "max", "sum", "avg"];
const NEGATIONS: readonly string[] = ["not", "no", "non"];
const OPERANDS: readonly TokenType[] = [t.Name, t.Variable, t.Wildcard, t.Integer, t.StringLiteral];
const OPERATORS: readonly TokenType[] = [t.Comparison, t.Less, t.Greater, t.Plus, t.Minus, t.Multiplicative];

const FOREIGN: readonly TokenType[] = [t.SingleQuoted, t.Period, t.ForeignNot, t.ForeignAnd, t.ForeignOr];

/** Comparisons that are spelled otherwise here; those that hold a foreign character are complained about as such. */
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

/** What separates head and body elsewhere. */
const ARROWS: readonly string[] = ["<-", "=", "<=", "->", "-->", "if"];

export function isNegationWord(word: string): boolean {
  return NEGATIONS.includes(word.toLowerCase());
}

/** The tokens of a statement in the notation of this language; undefined if the complaint leaves nothing to judge. */
export function mendForeignNotation(
  tokens: readonly IToken[],
  file: SourceFile,
  diagnostics: Diagnostics,
): IToken[] | undefined {
  return new Mending(tokens, file, diagnostics).mended();
}

class Mending {
  private readonly out: IToken[] = [];
  private at = 0;
  private depth = 0;
  private inBody = false;
  /** The parentheses that go with what they enclosed: `not (p(X))`. */
  private readonly dropped = new Set<number>();
  /** Each kind is complained about once in a statement. */
  private readonly told = new Set<string>();

  constructor(
    private readonly tokens: readonly IToken[],
    private readonly file: SourceFile,
    private readonly diagnostics: Diagnostics,
  ) {}

  mended(): IToken[] | undefined {
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (token === undefined) break;
      if (this.dropped.has(this.at)) this.at++;
      else if (this.isMisplacedAggregate()) {
        const span = this.span(token, this.tokens[this.closing(this.at + 1)]);
        this.tell("aggregate", "aggregate-misplaced", complaints.aggregateInBody(token.image, span));
        return undefined;
      } else if (!this.mend(token)) this.keep(token);
    }
    const foreign = this.out.find((token) => FOREIGN.some((type) => t.isToken(token, type)));
    if (foreign === undefined) return this.out;
    const complaint = complaints.unexpectedCharacter(foreign.image, this.span(foreign));
    this.diagnostics.report("unexpected-character", complaint);
    return undefined;
  }

  private keep(token: IToken): void {
    if (t.isToken(token, t.LeftParen)) this.depth++;
    if (t.isToken(token, t.RightParen)) this.depth--;
    if (t.isToken(token, t.Turnstile)) this.inBody = true;
    this.out.push(token);
    this.at++;
  }

  private mend(token: IToken): boolean {
    return (
      this.mendQuotes(token) ||
      this.mendAggregate(token) ||
      this.mendTime(token) ||
      (this.depth === 0 &&
        (this.inBody
          ? this.mendNegation(token) || this.mendJunction(token) || this.mendComparison(token)
          : this.mendArrow(token)))
    );
  }

  private mendQuotes(token: IToken): boolean {
    if (!t.isToken(token, t.SingleQuoted)) return false;
    this.tell("quotes", "unexpected-character", complaints.singleQuotes(token.image, this.span(token)));
    this.replace(1, t.StringLiteral, `"${token.image.slice(1, -1)}"`);
    return true;
  }

  /** `count(X)` as an argument of the head. */
  private mendAggregate(token: IToken): boolean {
    if (this.inBody || this.depth === 0 || !this.isAggregateCall()) return false;
    const close = this.closing(this.at + 1);
    const [only, ...others] = this.tokens.slice(this.at + 2, close);
    const over = others.length === 0 && t.isToken(only, t.Variable) ? only.image : undefined;
    const span = this.span(token, this.tokens[close]);
    this.tell("aggregate", "syntax", complaints.aggregateInParentheses(token.image.toLowerCase(), over, span));
    this.replace(close - this.at + 1, t.Variable, "X");
    return true;
  }

  /** `@next+1`: a time is complete without arithmetic. */
  private mendTime(at: IToken): boolean {
    if (this.depth > 0 || !t.isToken(at, t.At)) return false;
    const [time, sign, integer] = this.tokens.slice(this.at + 1, this.at + 4);
    if (!t.isToken(time, t.Name) && !t.isToken(time, t.Integer)) return false;
    if (!(t.isToken(sign, t.Plus) || t.isToken(sign, t.Minus)) || !t.isToken(integer, t.Integer)) return false;
    this.tell(
      "time",
      "unknown-time",
      complaints.timeArithmetic(time.image, this.text(at, integer), this.span(at, integer)),
    );
    this.out.push(at, time);
    this.at += 4;
    return true;
  }

  /** What stands for `:-` after the atom of the head. */
  private mendArrow(token: IToken): boolean {
    const previous = this.out.at(-1);
    const isTime = t.isToken(this.out.at(-2), t.At);
    if (!t.isToken(previous, t.RightParen) && !isTime) return false;
    const length = this.lengthOf(ARROWS);
    if (length === 0) return false;
    const arrow = this.text(token, this.tokens[this.at + length - 1]);
    this.tell("arrow", "syntax", complaints.foreignArrow(arrow, this.span(token, this.tokens[this.at + length - 1])));
    this.replace(length, t.Turnstile, arrow);
    this.inBody = true;
    return true;
  }

  private mendNegation(token: IToken): boolean {
    const isWord = isNegationWord(token.image) && (t.isToken(token, t.Name) || t.isToken(token, t.Variable));
    if (!isWord && !t.isToken(token, t.ForeignNot)) return false;
    if (!this.startsLiteral()) return false;
    const [next, second, third] = this.tokens.slice(this.at + 1, this.at + 4);
    const inParentheses = t.isToken(next, t.LeftParen) && t.isToken(second, t.Name) && t.isToken(third, t.LeftParen);
    if (!inParentheses && !(t.isToken(next, t.Name) && t.isToken(second, t.LeftParen))) return false;
    const code = isWord ? "syntax" : "unexpected-character";
    this.tell("negation", code, complaints.foreignNegation(token.image, this.span(token)));
    if (inParentheses) {
      this.dropped.add(this.at + 1).add(this.closing(this.at + 1));
    }
    this.replace(1, t.NotIn, token.image);
    return true;
  }

  /** `and`, `or` and their signs, between two literals. */
  private mendJunction(token: IToken): boolean {
    if (!this.afterOperand()) return false;
    const word = token.image.toLowerCase();
    const isWord = t.isToken(token, t.Name) || t.isToken(token, t.Variable);
    const isAnd = t.isToken(token, t.ForeignAnd) || (isWord && word === "and");
    const isOr = t.isToken(token, t.ForeignOr) || (isWord && word === "or");
    if (!isAnd && !isOr) return false;
    const code = isWord ? "syntax" : "unexpected-character";
    const complaint = (isAnd ? complaints.foreignAnd : complaints.foreignOr)(token.image, this.span(token));
    this.tell(isAnd ? "and" : "or", code, complaint);
    this.replace(1, t.Comma, token.image);
    return true;
  }

  private mendComparison(token: IToken): boolean {
    if (!COMPARISON_STARTS.some((type) => t.isToken(token, type))) return false;
    const length = this.lengthOf(FOREIGN_COMPARISONS);
    const last = this.tokens[this.at + length - 1];
    const ours = length === 0 ? undefined : COMPARISONS.get(this.text(token, last));
    if (ours === undefined || !this.afterOperand()) return false;
    const span = this.span(token, last);
    this.tell(ours, "syntax", complaints.foreignComparison(this.text(token, last), ours, span));
    this.replace(length, t.Comparison, ours);
    return true;
  }

  /** `count(X) == 1`, `X == count(Y)` or `r(count(X))` in a body: no atom, since it is compared or is an argument. */
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

  /** The index of the parenthesis that closes the one at `open`; that of the last token if none does. */
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

  /** How many of the tokens from here on, without a space between them, spell the longest of `words`; 0 if none does. */
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

  /** One token of another type in the place of the next `count`. */
  private replace(count: number, type: TokenType, image: string): void {
    const token = this.tokens[this.at];
    if (token === undefined) return;
    this.out.push({ ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0, image });
    this.at += count;
  }

  private tell(kind: string, code: DiagnosticCode, complaint: DiagnosticDetails): void {
    if (this.told.has(kind)) return;
    this.told.add(kind);
    this.diagnostics.report(code, complaint);
  }

  private text(first: IToken, last: IToken | undefined): string {
    return this.file.text.slice(first.startOffset, t.endOf(last ?? first));
  }

  private span(first: IToken, last?: IToken): Span {
    return { file: this.file, start: first.startOffset, end: t.endOf(last ?? first) };
  }
}
