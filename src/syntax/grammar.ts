import type { IRecognitionException, IToken } from "chevrotain";
import { EmbeddedActionsParser } from "chevrotain";
import type { Diagnostics } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import { aggregateOf, isAggregate } from "./aggregate-syntax.js";
import * as messages from "./error-messages.js";
import { arithmeticOf, comparisonOf } from "./operators.js";
import { expectedTokenMessages } from "./syntax-errors.js";
import * as t from "./tokens.js";
import type * as tree from "./tree.js";

/** More operators in one expression are an error: the tree is left-deep, and later stages walk it recursively. */
const MAX_OPERATORS = 1000;

const MAX_UNQUOTED = 10;

export interface ParsedClause {
  readonly statement: tree.FactStatement | tree.RuleStatement | undefined;
  readonly error: IRecognitionException | undefined;
}

/**
 * The grammar of one statement other than `include`, without its `;`. Some common mistakes are accepted (`=`, an unquoted
 * word, empty parentheses) and reported, so that the diagnostic can give the correct notation.
 */
export class Grammar extends EmbeddedActionsParser {
  private file: SourceFile = { path: "", text: "" };
  private diagnostics: Diagnostics | undefined;
  private operators = 0;
  /** Whether the expression is an argument of an atom, and not a side of a comparison. */
  private inArguments = false;
  /** The unquoted words of the statement that were reported: each once, and at most `MAX_UNQUOTED`. */
  private unquotedWords: readonly string[] = [];

  constructor(options: { readonly skipValidations: boolean } = { skipValidations: true }) {
    super([...t.tokenTypes], {
      maxLookahead: 2,
      recoveryEnabled: false,
      errorMessageProvider: expectedTokenMessages,
      skipValidations: options.skipValidations,
    });
    this.performSelfAnalysis();
  }

  /** Parses the tokens of one statement, without its `;`. The array is not kept. */
  parseClause(file: SourceFile, tokens: IToken[], diagnostics: Diagnostics): ParsedClause {
    this.file = file;
    this.diagnostics = diagnostics;
    this.unquotedWords = [];
    this.input = tokens;
    const statement: tree.FactStatement | tree.RuleStatement | undefined = this.clause();
    const error = this.errors[0];
    this.input = [];
    this.diagnostics = undefined;
    return { statement, error };
  }

  private readonly clause = this.RULE("clause", (): tree.FactStatement | tree.RuleStatement => {
    const head = this.SUBRULE(this.atom);
    const body: tree.BodyLiteral[] = [];
    let isRule = false;
    this.OPTION(() => {
      this.CONSUME(t.Turnstile);
      isRule = true;
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => {
          body.push(this.SUBRULE(this.literal));
        },
      });
    });
    return this.ACTION(() => {
      if (!isRule) return { kind: "fact", atom: head, span: head.span };
      const end = body.at(-1)?.span.end ?? head.span.end;
      return { kind: "rule", head, body, span: { ...head.span, end } };
    });
  });

  private readonly atom = this.RULE("atom", (): tree.Atom => {
    const name = this.CONSUME(t.Name);
    const args: tree.Expression[] = [];
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.operators = 0;
        this.inArguments = true;
        args.push(this.SUBRULE(this.expression));
      },
    });
    const close = this.CONSUME(t.RightParen);
    const time = this.OPTION(() => this.SUBRULE(this.time));
    return this.ACTION(() => {
      const relation = this.nameOf(name);
      const span = this.span(name, close);
      if (args.length === 0) this.diagnostics?.report("no-arguments", messages.emptyParentheses(name.image, span));
      return time === undefined
        ? { relation, args, span }
        : { relation, args, time, span: { ...span, end: time.span.end } };
    });
  });

  private readonly time = this.RULE("time", (): tree.TimeMark => {
    const at = this.CONSUME(t.At);
    return this.OR([
      {
        ALT: () => {
          const first = this.CONSUME(t.Integer);
          this.OPTION(() => {
            this.CONSUME(t.DotDot);
            const last = this.CONSUME1(t.Integer);
            this.ACTION(() =>
              this.diagnostics?.report("range-misplaced", messages.rangeOfInstants(this.span(first, last))),
            );
          });
          return this.instant(at, first);
        },
      },
      { ALT: () => this.namedTime(at, this.CONSUME(t.Name)) },
    ]);
  });

  private readonly literal = this.RULE("literal", (): tree.BodyLiteral => {
    return this.OR([
      {
        ALT: () => {
          const not = this.CONSUME(t.NotIn);
          const atom = this.SUBRULE(this.atom);
          return this.ACTION(() => ({
            kind: "negated" as const,
            atom,
            span: { ...atom.span, start: not.startOffset },
          }));
        },
      },
      {
        ALT: () => {
          const atom = this.SUBRULE1(this.atom);
          return this.ACTION(() => ({ kind: "positive" as const, atom, span: atom.span }));
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]);
  });

  private readonly comparison = this.RULE("comparison", (): tree.BodyLiteral => {
    this.operators = 0;
    this.inArguments = false;
    const left = this.SUBRULE(this.expression);
    const operator = this.OR([
      { ALT: () => this.comparisonOperator(this.CONSUME(t.Comparison)) },
      { ALT: () => this.comparisonOperator(this.CONSUME(t.Less)) },
      { ALT: () => this.comparisonOperator(this.CONSUME(t.Greater)) },
    ]);
    this.operators = 0;
    const right = this.SUBRULE1(this.expression);
    return this.ACTION(() => ({
      kind: "comparison" as const,
      operator,
      left,
      right,
      span: { ...left.span, end: right.span.end },
    }));
  });

  /** Operands and operators in turn. Precedence climbing with two levels: `sum` and `product` are the trees complete to the left. */
  private readonly expression = this.RULE("expression", (): tree.Expression => {
    const from = this.SUBRULE(this.sum);
    const to = this.OPTION(() => {
      this.CONSUME(t.DotDot);
      return this.SUBRULE1(this.sum);
    });
    return this.ACTION(() =>
      to === undefined ? from : { kind: "range", from, to, span: { ...from.span, end: to.span.end } },
    );
  });

  private readonly sum = this.RULE("sum", (): tree.Expression => {
    let product = this.SUBRULE(this.operand);
    let sum: tree.Expression | undefined;
    let sumOperator: tree.ArithmeticOperator = "+";
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => arithmeticOf(this.CONSUME(t.Plus).image) },
        { ALT: () => arithmeticOf(this.CONSUME(t.Minus).image) },
        { ALT: () => arithmeticOf(this.CONSUME(t.Multiplicative).image) },
      ]);
      const operand = this.SUBRULE1(this.operand);
      this.ACTION(() => {
        if (operator === "+" || operator === "-") {
          sum = sum === undefined ? product : this.arithmetic(sumOperator, sum, product);
          sumOperator = operator;
          product = operand;
        } else {
          product = this.arithmetic(operator, product, operand);
        }
      });
    });
    return this.ACTION(() => (sum === undefined ? product : this.arithmetic(sumOperator, sum, product)));
  });

  /** Built once: operands are most of a program, and chevrotain would build the array for each. */
  private readonly operands = [
    { ALT: () => this.variable(this.CONSUME(t.Variable)) },
    { ALT: () => this.wildcard(this.CONSUME(t.Wildcard)) },
    { ALT: () => this.text(this.CONSUME(t.StringLiteral)) },
    { ALT: () => this.integer(this.CONSUME(t.Integer)) },
    {
      ALT: () => {
        const minus = this.CONSUME(t.Minus);
        return this.integer(this.CONSUME1(t.Integer), minus);
      },
    },
    { ALT: () => this.SUBRULE(this.word) },
    {
      ALT: (): tree.Expression => {
        const open = this.CONSUME(t.LeftParen);
        const inner = this.SUBRULE(this.expression);
        const close = this.CONSUME(t.RightParen);
        return this.ACTION(() => ({ ...inner, span: this.span(open, close) }));
      },
    },
  ];

  private readonly operand = this.RULE("operand", (): tree.Expression => this.OR(this.operands));

  private readonly aggregated = this.RULE("aggregated", (): tree.Variable | tree.Wildcard =>
    this.OR([
      { ALT: () => this.variable(this.CONSUME(t.Variable)) },
      { ALT: () => this.wildcard(this.CONSUME(t.Wildcard)) },
    ]),
  );

  /** `count<X>`, or a word that should have been quoted. */
  private readonly word = this.RULE("word", (): tree.Expression => {
    const name = this.CONSUME(t.Name);
    const aggregate = this.OPTION({
      GATE: () => isAggregate((ahead) => this.LA(ahead), this.inArguments),
      DEF: (): tree.Expression => {
        this.CONSUME(t.Less);
        const parts = [{ by: false, variable: this.SUBRULE(this.aggregated) }];
        let by = false;
        this.MANY(() => {
          this.OR([
            { ALT: () => this.CONSUME(t.Comma) },
            {
              ALT: () => {
                this.CONSUME1(t.Name);
                by = true;
              },
            },
          ]);
          parts.push({ by, variable: this.SUBRULE1(this.aggregated) });
        });
        const close = this.CONSUME(t.Greater);
        return this.ACTION(() => aggregateOf(this.nameOf(name), parts, this.span(name, close)));
      },
    });
    return this.ACTION(() => aggregate ?? this.unquoted(name));
  });

  // Tree construction. Chevrotain also calls these with a dummy token while it records the grammar.

  private nameOf(token: IToken): tree.Name {
    return { text: token.image, span: this.span(token) };
  }

  private span(first: IToken, last: IToken = first): Span {
    return { file: this.file, start: first.startOffset, end: t.endOf(last) };
  }

  private comparisonOperator(token: IToken): tree.ComparisonOperator {
    if (token.image === "=") this.diagnostics?.report("single-equals", messages.singleEqual(this.span(token)));
    return comparisonOf(token.image);
  }

  private arithmetic(
    operator: tree.ArithmeticOperator,
    left: tree.Expression,
    right: tree.Expression,
  ): tree.Expression {
    const span: Span = { ...left.span, end: right.span.end };
    this.operators++;
    if (this.operators > MAX_OPERATORS) {
      if (this.operators === MAX_OPERATORS + 1) {
        this.diagnostics?.report("expression-too-long", messages.expressionTooLong(MAX_OPERATORS, right.span));
      }
      return { ...left, span };
    }
    return { kind: "arithmetic", operator, left, right, span };
  }

  private variable(token: IToken): tree.Variable {
    return { kind: "variable", name: token.image, span: this.span(token) };
  }

  private wildcard(token: IToken): tree.Wildcard {
    return { kind: "wildcard", span: this.span(token) };
  }

  private text(token: IToken): tree.StringConstant {
    return { kind: "string", value: t.unquote(token.image), span: this.span(token) };
  }

  private integer(token: IToken, minus?: IToken): tree.IntegerConstant {
    const span = this.span(minus ?? token, token);
    const value = minus === undefined ? Number(token.image) : 0 - Number(token.image);
    return { kind: "integer", value: this.checkedInteger(value, span), span };
  }

  private instant(at: IToken, token: IToken): tree.TimeMark {
    const span = this.span(at, token);
    return { kind: "at", instant: this.checkedInteger(Number(token.image), this.span(token)), span };
  }

  private checkedInteger(value: number, span: Span): number {
    if (Number.isSafeInteger(value) || this.RECORDING_PHASE) return value;
    this.diagnostics?.report("integer-out-of-range", messages.integerOutOfRange(span));
    return 0;
  }

  private namedTime(at: IToken, token: IToken): tree.TimeMark {
    const span = this.span(at, token);
    if (token.image === "next" || token.image === "async") return { kind: token.image, span };
    this.diagnostics?.report("unknown-time", messages.unknownTime(token.image, span));
    return { kind: "next", span };
  }

  /** Reported unless a `(`, or a `<` among arguments, follows: then it is not a constant, and a syntax error follows. */
  private unquoted(token: IToken): tree.StringConstant {
    const span = this.span(token);
    const next = this.LA(1);
    const isConstant = !t.isToken(next, t.LeftParen) && !(this.inArguments && t.isToken(next, t.Less));
    if (isConstant && !this.unquotedWords.includes(token.image) && this.unquotedWords.length < MAX_UNQUOTED) {
      this.unquotedWords = [...this.unquotedWords, token.image];
      this.diagnostics?.report("unquoted-constant", messages.unquotedConstant(token.image, span));
    }
    return { kind: "string", value: token.image, span };
  }
}
