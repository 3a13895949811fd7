import type { IParserErrorMessageProvider, IRecognitionException, IToken, TokenType } from "chevrotain";
import type { DiagnosticCode } from "../source/codes.js";
import type { DiagnosticDetails } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import { foreignNegation, includeWithoutPath } from "./complaints.js";
import { isNegationWord } from "./foreign-notation.js";
import * as t from "./tokens.js";

// The one file that knows chevrotain's errors. Its exceptions say where parsing stopped and, through the provider
// below, which token was expected; what to say about it is worked out from the tokens around that place.

/** Makes chevrotain's messages nothing but the name of the expected token type, to be decoded here. */
export const expectedTokenMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

export interface SyntaxError {
  readonly code: DiagnosticCode;
  readonly complaint: DiagnosticDetails;
}

/** The tokens of one statement and the index at which the parser gave up; `tokens.length` is the end of the statement. */
interface Stop {
  readonly file: SourceFile;
  readonly tokens: readonly IToken[];
  readonly at: number;
}

const COMPARISONS: readonly TokenType[] = [t.Comparison, t.Less, t.Greater];
const OPERATORS: readonly TokenType[] = [t.Plus, t.Minus, t.Multiplicative];
const OPERANDS: readonly TokenType[] = [t.Name, t.Variable, t.Wildcard, t.Integer, t.StringLiteral];

function isAny(token: IToken | undefined, types: readonly TokenType[]): token is t.Present {
  return types.some((type) => t.isToken(token, type));
}

/**
 * The diagnostic for the exception that ended the parsing of a statement. The end-of-input token has no place of its
 * own: a statement that stops too early is complained about right after its last token.
 */
export function syntaxError(error: IRecognitionException, file: SourceFile, tokens: readonly IToken[]): SyntaxError {
  const index = tokens.indexOf(error.token);
  const stop: Stop = { file, tokens, at: index < 0 ? tokens.length : index };
  const rule = error.context.ruleStack.at(-1) ?? "clause";
  switch (error.name) {
    case "MismatchedTokenException":
      if (error.message === t.Name.name) return relationExpected(stop);
      if (error.message === t.LeftParen.name) return argumentsExpected(stop);
      if (error.message === t.RightParen.name)
        return rule === "atom" ? argumentsContinue(stop) : parenthesisExpected(stop);
      return operandExpected(stop);
    case "NotAllInputParsedException":
      return endExpected(stop);
    default:
      if (rule === "time") return timeExpected(stop);
      if (rule === "operand") return operandExpected(stop);
      if (rule === "comparison") return comparisonExpected(stop);
      return literalExpected(stop);
  }
}

function found({ tokens, at }: Stop): string {
  const token = tokens[at];
  if (token === undefined) return "the end of the statement";
  const { image } = token;
  return `\`${image.length > 30 ? `${image.slice(0, 30)}…` : image}\``;
}

/** The offending token, or the place after the last one. */
function here({ file, tokens, at }: Stop): Span {
  const token = tokens[at];
  if (token !== undefined) return { file, start: token.startOffset, end: t.endOf(token) };
  return after({ file, tokens, at });
}

/** The place right after the previous token: where something is missing. */
function after({ file, tokens, at }: Stop): Span {
  const previous = tokens[at - 1];
  const start = previous === undefined ? 0 : t.endOf(previous);
  return { file, start, end: start };
}

function say(span: Span, message: string, help?: string, code: DiagnosticCode = "syntax"): SyntaxError {
  return { code, complaint: { span, message, help } };
}

function relationExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(token, t.Variable)) return upperCaseRelation(stop, token);
  if (previous !== undefined)
    return say(
      here(stop),
      `expected a relation after \`notin\`, found ${found(stop)}`,
      "`notin` takes one atom: `notin r(X)`",
    );
  if (token === undefined) return say(here(stop), "a `;` without a statement before it", "remove it");
  if (t.isToken(token, t.NotIn))
    return say(
      here(stop),
      "`notin` cannot start a statement",
      "negation stands in the body of a rule, after `:-`; `notin` is reserved",
    );
  if (t.isToken(token, t.Turnstile))
    return say(here(stop), "a rule without a head", "write what it derives before `:-`: `head(X) :- body(X);`");
  return say(
    here(stop),
    `a statement cannot start with ${found(stop)}`,
    'it starts with a relation, `r("a")@1;` or `r(X) :- s(X);`, or with `include "file.ded";`',
  );
}

function upperCaseRelation(stop: Stop, token: IToken): SyntaxError {
  const lower = token.image.replace(/^_+/, "");
  const name = lower.charAt(0).toLowerCase() + lower.slice(1);
  return say(
    here(stop),
    `\`${token.image}\` is a variable, not a relation`,
    `relation names start with a lower-case letter: \`${name}\``,
  );
}

function argumentsExpected(stop: Stop): SyntaxError {
  const name = stop.tokens[stop.at - 1];
  const word = name?.image ?? "";
  const place: Stop = { ...stop, at: stop.at - 1 };
  if (word === "include" && stop.at === 1) return { code: "syntax", complaint: includeWithoutPath(here(stop)) };
  if (isNegationWord(word) && isAny(stop.tokens[stop.at], OPERANDS)) return negatedOperand(place);
  const next = stop.tokens[stop.at];
  if (next === undefined || isAny(next, [t.Turnstile, t.Comma, t.At, t.RightParen])) return noArguments(place, word);
  return say(
    here(stop),
    `expected \`(\` after \`${word}\`, found ${found(stop)}`,
    `a relation is followed by its arguments: \`${word}(X, Y)\``,
  );
}

function noArguments(place: Stop, word: string): SyntaxError {
  return say(
    here(place),
    `\`${word}\` has no arguments`,
    `a relation has at least one, the node where the tuple lives: \`${word}(Node)\``,
    "no-arguments",
  );
}

/** Before what is no atom; before an atom it has been mended. */
function negatedOperand(place: Stop): SyntaxError {
  const { span, message } = foreignNegation(place.tokens[place.at]?.image ?? "not", here(place));
  const help = "negation takes an atom, `notin r(X)`; a comparison is turned round: `X != Y`, `X >= Y`";
  return { code: "syntax", complaint: { span, message, help } };
}

/** Inside the parentheses of an atom, after a complete argument or after the `(`. */
function argumentsContinue(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(previous, t.LeftParen)) return operandExpected(stop);
  if (token === undefined || isAny(token, [t.Turnstile, t.At])) return parenthesisExpected(stop);
  if (t.isToken(token, t.LeftParen)) {
    return say(
      here(stop),
      `\`${previous?.image ?? ""}(…)\` cannot be an argument`,
      "arguments are variables, constants and arithmetic; is a `)` missing before this atom?",
    );
  }
  if (t.isToken(token, t.Less) && t.isToken(previous, t.Name)) {
    return say(
      here({ ...stop, at: stop.at - 1 }),
      "this aggregate does not parse",
      "an aggregate is over one variable: `count<X>`",
    );
  }
  if (isAny(token, COMPARISONS))
    return say(
      here(stop),
      "a comparison cannot be an argument",
      "write it as a literal of the body, after the atom: `r(X), X > 1`",
    );
  if (t.isToken(previous, t.StringLiteral) && /[\n\r,();]/.test(previous.image)) return swallowedQuote(stop, previous);
  if (isAny(token, OPERANDS))
    return say(
      after(stop),
      `a \`,\` is missing between the arguments, before ${found(stop)}`,
      "arguments are separated by `,`",
    );
  return say(here(stop), `expected \`,\` or \`)\`, found ${found(stop)}`);
}

function swallowedQuote(stop: Stop, string: IToken): SyntaxError {
  const firstLine = /^[^\n\r]*/.exec(string.image)?.[0] ?? string.image;
  return {
    code: "syntax",
    complaint: {
      span: here(stop),
      message: `unexpected ${found(stop)} after a string`,
      help: "is a closing quote missing?",
      related: [
        {
          span: { file: stop.file, start: string.startOffset, end: string.startOffset + firstLine.length },
          message: "the string starts here",
        },
      ],
    },
  };
}

function parenthesisExpected(stop: Stop): SyntaxError {
  const open = openParenthesis(stop);
  const error = say(after(stop), `a \`)\` is missing before ${found(stop)}`);
  if (open === undefined) return error;
  const span: Span = { file: stop.file, start: open.startOffset, end: t.endOf(open) };
  return { ...error, complaint: { ...error.complaint, related: [{ span, message: "to close this one" }] } };
}

function openParenthesis({ tokens, at }: Stop): IToken | undefined {
  let closed = 0;
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    if (t.isToken(token, t.RightParen)) closed++;
    if (t.isToken(token, t.LeftParen) && closed-- === 0) return token;
  }
  return undefined;
}

function timeExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const word = token?.image.toLowerCase();
  const help =
    word === "next" || word === "async"
      ? `in lower case: \`@${word}\``
      : "after `@` stands an instant such as `1`, or `next`, or `async`";
  return say(here(stop), `expected a time after \`@\`, found ${found(stop)}`, help, "unknown-time");
}

function literalExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  const next = stop.tokens[stop.at + 1];
  if (token === undefined) {
    return t.isToken(previous, t.Comma)
      ? say(after(stop), "a literal is missing after this `,`", "remove the comma, or write the literal")
      : say(
          after(stop),
          "this rule has no body",
          'write what it needs after `:-`; a fact has no `:-` but a time: `r("a")@1;`',
        );
  }
  if (t.isToken(token, t.Name)) {
    if (isNegationWord(token.image) && next !== undefined) return negatedOperand(stop);
    if (next === undefined || t.isToken(next, t.Comma) || t.isToken(next, t.At)) return noArguments(stop, token.image);
    return say(
      here({ ...stop, at: stop.at + 1 }),
      `expected \`(\` after \`${token.image}\`, found \`${next.image}\``,
      `a relation is followed by its arguments: \`${token.image}(X, Y)\``,
    );
  }
  if (t.isToken(token, t.Variable) && t.isToken(next, t.LeftParen)) return upperCaseRelation(stop, token);
  if (isAny(token, OPERANDS)) return comparisonExpected({ ...stop, at: stop.at + 1 });
  if (t.isToken(token, t.Comma))
    return say(here(stop), "a literal is missing before this `,`", "remove one of the commas");
  if (t.isToken(token, t.Minus)) return operandExpected(stop);
  return say(
    here(stop),
    `expected a literal, found ${found(stop)}`,
    "a literal is `r(X)`, `notin r(X)`, or a comparison such as `X < Y`",
  );
}

function comparisonExpected(stop: Stop): SyntaxError {
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(stop.tokens[stop.at], t.LeftParen) && t.isToken(previous, t.Variable))
    return upperCaseRelation({ ...stop, at: stop.at - 1 }, previous);
  const help = "a literal is `r(X)`, `notin r(X)`, or a comparison such as `X < Y`";
  return say(
    here(stop),
    `expected a comparison (\`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`), found ${found(stop)}`,
    help,
  );
}

function operandExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (
    t.isToken(previous, t.Minus) &&
    (stop.tokens[stop.at - 2] === undefined || !isAny(stop.tokens[stop.at - 2], OPERANDS))
  ) {
    return say(
      here({ ...stop, at: stop.at - 1 }),
      "a leading `-` belongs to an integer",
      "to negate a variable, subtract it: `0 - X`",
    );
  }
  if (t.isToken(token, t.NotIn)) return say(here(stop), "`notin` is reserved", 'a string stands in quotes: `"notin"`');
  if (isAny(previous, OPERATORS))
    return say(here(stop), `an operand is missing after \`${previous.image}\`, before ${found(stop)}`);
  if (isAny(previous, COMPARISONS))
    return say(here(stop), `a value is missing after \`${previous.image}\`, before ${found(stop)}`);
  if (t.isToken(token, t.Comma) || t.isToken(previous, t.Comma))
    return say(
      here(stop),
      `an argument is missing before ${found(stop)}`,
      "remove the extra comma, or write `_` for a column that does not matter",
    );
  return say(here(stop), `expected a variable, a constant or \`_\`, found ${found(stop)}`);
}

/** The statement is complete, but tokens are left. */
function endExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const inBody = stop.tokens.slice(0, stop.at).some((other) => t.isToken(other, t.Turnstile));
  if (t.isToken(token, t.Comma) && !inBody)
    return say(here(stop), "a rule has one head", "write one rule for each, or `:-` where the body starts");
  if (t.isToken(token, t.Turnstile))
    return say(here(stop), "a second `:-` in one statement", "is a `;` missing before this rule?");
  if (t.isToken(token, t.RightParen)) return say(here(stop), "this `)` closes nothing", "remove it");
  if (t.isToken(token, t.At)) return say(here(stop), "a time can only stand on an atom, and only once");
  if (inBody && isAny(token, COMPARISONS))
    return say(here(stop), "comparisons cannot be chained, nor compare atoms", "write two literals: `X < Y, Y < Z`");
  if (inBody && isAny(token, [...OPERANDS, t.NotIn]))
    return say(
      after(stop),
      `a \`,\` is missing before ${found(stop)}`,
      "the literals of a body are separated by `,`, and the statement ends with `;`",
    );
  return inBody
    ? say(here(stop), `expected \`,\` or \`;\`, found ${found(stop)}`)
    : say(
        here(stop),
        `expected \`:-\` or \`;\`, found ${found(stop)}`,
        "a rule is `head(X) :- body(X);`, and a fact is followed by its time and `;`",
      );
}
