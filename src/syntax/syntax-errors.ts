import type { IParserErrorMessageProvider, IRecognitionException, IToken, TokenType } from "chevrotain";
import type { DiagnosticCode } from "../source/codes.js";
import type { DiagnosticDetails } from "../source/diagnostic.js";
import type { SourceFile, Span } from "../source/source.js";
import { foreignNegation, includeWithoutPath } from "./error-messages.js";
import { isNegationWord } from "./foreign-notation.js";
import * as t from "./tokens.js";

// The only file that reads chevrotain's exceptions. An exception gives the token at which parsing stopped and, through the
// provider below, the token type that was expected. The message is derived from the tokens around that place:
//
//     r(X Y)      stopped at `Y`, `)` expected, `Y` is an operand:      a `,` is missing between the arguments
//     r(X :- s    stopped at `:-`, `)` expected:                        a `)` is missing

/** Reduces chevrotain's messages to the name of the expected token type, which is decoded below. */
export const expectedTokenMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

export interface SyntaxError {
  readonly code: DiagnosticCode;
  readonly details: DiagnosticDetails;
}

/** The tokens of one statement and the index at which parsing stopped; `tokens.length` is the end of the statement. */
interface Stop {
  readonly file: SourceFile;
  readonly tokens: readonly IToken[];
  readonly at: number;
}

const COMPARISONS: readonly TokenType[] = [t.Comparison, t.Less, t.Greater];
const OPERATORS: readonly TokenType[] = [t.Plus, t.Minus, t.Multiplicative];
const LITERALS = "a literal is `r(X)`, `notin r(X)`, or a comparison such as `X < Y`";
const OPERANDS: readonly TokenType[] = [t.Name, t.Variable, t.Wildcard, t.Integer, t.StringLiteral];

function isAny(token: IToken | undefined, types: readonly TokenType[]): token is t.Present {
  return types.some((type) => t.isToken(token, type));
}

/**
 * The diagnostic for the exception that ended the parsing of a statement. Chevrotain's end-of-input token has no place (its
 * offsets are NaN), so an incomplete statement is reported right after its last token.
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

/** The empty span right after the previous token, where something is missing. */
function after({ file, tokens, at }: Stop): Span {
  const previous = tokens[at - 1];
  const start = previous === undefined ? 0 : t.endOf(previous);
  return { file, start, end: start };
}

function errorAt(span: Span, message: string, help?: string, code: DiagnosticCode = "syntax"): SyntaxError {
  return { code, details: { span, message, help } };
}

function relationExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(token, t.Variable)) return upperCaseRelation(stop, token);
  if (previous !== undefined)
    return errorAt(
      here(stop),
      `expected a relation after \`notin\`, found ${found(stop)}`,
      "`notin` takes one atom: `notin r(X)`",
    );
  if (token === undefined) return errorAt(here(stop), "this `;` ends an empty statement", "remove it");
  if (t.isToken(token, t.NotIn))
    return errorAt(
      here(stop),
      "`notin` cannot start a statement",
      "write negations in the body of a rule, after `:-`; `notin` is reserved",
    );
  if (t.isToken(token, t.Turnstile))
    return errorAt(here(stop), "the head of this rule is missing", "write it before `:-`: `head(X) :- body(X);`");
  return errorAt(
    here(stop),
    `a statement cannot start with ${found(stop)}`,
    'start it with a relation, `r("a")@1;` or `r(X) :- s(X);`, or with `include "file.ded";`',
  );
}

function upperCaseRelation(stop: Stop, token: IToken): SyntaxError {
  const lower = token.image.replace(/^_+/, "");
  const name = lower.charAt(0).toLowerCase() + lower.slice(1);
  return errorAt(
    here(stop),
    `\`${token.image}\` is a variable, not a relation`,
    `relation names start with a lower-case letter: \`${name}\``,
  );
}

function argumentsExpected(stop: Stop): SyntaxError {
  const name = stop.tokens[stop.at - 1];
  const word = name?.image ?? "";
  const place: Stop = { ...stop, at: stop.at - 1 };
  if (word === "include" && stop.at === 1) return { code: "syntax", details: includeWithoutPath(here(stop)) };
  if (isNegationWord(word) && isAny(stop.tokens[stop.at], OPERANDS)) return negatedOperand(place);
  const next = stop.tokens[stop.at];
  if (next === undefined || isAny(next, [t.Turnstile, t.Comma, t.At, t.RightParen])) return noArguments(place, word);
  return errorAt(
    here(stop),
    `expected \`(\` after \`${word}\`, found ${found(stop)}`,
    `a relation is followed by its arguments: \`${word}(X, Y)\``,
  );
}

function noArguments(place: Stop, word: string): SyntaxError {
  return errorAt(
    here(place),
    `\`${word}\` has no arguments`,
    `a relation has at least one argument, the location of its tuples: \`${word}(Node)\``,
    "no-arguments",
  );
}

/** A foreign negation before something other than an atom; before an atom it was replaced (`foreign-notation.ts`). */
function negatedOperand(place: Stop): SyntaxError {
  const { span, message } = foreignNegation(place.tokens[place.at]?.image ?? "not", here(place));
  const help =
    "negate an atom with `notin r(X)`; instead of negating a comparison write the opposite one: `X != Y`, `X >= Y`";
  return { code: "syntax", details: { span, message, help } };
}

/** Inside the parentheses of an atom, after a complete argument or after the `(`. */
function argumentsContinue(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(previous, t.LeftParen)) return operandExpected(stop);
  if (token === undefined || isAny(token, [t.Turnstile, t.At])) return parenthesisExpected(stop);
  if (t.isToken(token, t.LeftParen)) {
    return errorAt(
      here(stop),
      `\`${previous?.image ?? ""}(…)\` cannot be an argument`,
      "arguments are variables, constants and arithmetic; is a `)` missing before this atom?",
    );
  }
  if (t.isToken(token, t.Less) && t.isToken(previous, t.Name)) {
    return errorAt(
      here({ ...stop, at: stop.at - 1 }),
      "an aggregate ranges over variables",
      "write it as `count<X>`; bind an expression to a variable in the body",
    );
  }
  if (isAny(token, COMPARISONS))
    return errorAt(
      here(stop),
      "a comparison cannot be an argument",
      "write it as a literal of the body, after the atom: `r(X), X > 1`",
    );
  if (t.isToken(previous, t.StringLiteral) && /[\n\r,();]/.test(previous.image)) return swallowedQuote(stop, previous);
  if (isAny(token, OPERANDS))
    return errorAt(
      after(stop),
      `a \`,\` is missing between the arguments, before ${found(stop)}`,
      "arguments are separated by `,`",
    );
  return errorAt(here(stop), `expected \`,\` or \`)\`, found ${found(stop)}`);
}

function swallowedQuote(stop: Stop, string: IToken): SyntaxError {
  const firstLine = /^[^\n\r]*/.exec(string.image)?.[0] ?? string.image;
  return {
    code: "syntax",
    details: {
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
  const error = errorAt(after(stop), `a \`)\` is missing before ${found(stop)}`);
  if (open === undefined) return error;
  const span: Span = { file: stop.file, start: open.startOffset, end: t.endOf(open) };
  return { ...error, details: { ...error.details, related: [{ span, message: "opened here" }] } };
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
      ? `write it in lower case: \`@${word}\``
      : "write an instant such as `@1`, or `@next`, or `@async`";
  return errorAt(here(stop), `expected a time after \`@\`, found ${found(stop)}`, help, "unknown-time");
}

function literalExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  const next = stop.tokens[stop.at + 1];
  if (token === undefined) {
    return t.isToken(previous, t.Comma)
      ? errorAt(after(stop), "a literal is missing after this `,`", "remove the comma, or write the literal")
      : errorAt(
          after(stop),
          "the body of this rule is missing",
          'write it after `:-`; a fact has a time instead of `:-`: `r("a")@1;`',
        );
  }
  if (t.isToken(token, t.Name)) {
    if (isNegationWord(token.image) && next !== undefined) return negatedOperand(stop);
    if (next === undefined || t.isToken(next, t.Comma) || t.isToken(next, t.At)) return noArguments(stop, token.image);
    return errorAt(
      here({ ...stop, at: stop.at + 1 }),
      `expected \`(\` after \`${token.image}\`, found \`${next.image}\``,
      `a relation is followed by its arguments: \`${token.image}(X, Y)\``,
    );
  }
  if (t.isToken(token, t.Variable) && t.isToken(next, t.LeftParen)) return upperCaseRelation(stop, token);
  if (isAny(token, OPERANDS)) return comparisonExpected({ ...stop, at: stop.at + 1 });
  if (t.isToken(token, t.Comma))
    return errorAt(here(stop), "a literal is missing before this `,`", "remove one of the commas");
  if (t.isToken(token, t.Minus)) return operandExpected(stop);
  return errorAt(here(stop), `expected a literal, found ${found(stop)}`, LITERALS);
}

function comparisonExpected(stop: Stop): SyntaxError {
  const previous = stop.tokens[stop.at - 1];
  if (t.isToken(stop.tokens[stop.at], t.LeftParen) && t.isToken(previous, t.Variable))
    return upperCaseRelation({ ...stop, at: stop.at - 1 }, previous);
  return errorAt(
    here(stop),
    `expected a comparison (\`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`), found ${found(stop)}`,
    LITERALS,
  );
}

function operandExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const previous = stop.tokens[stop.at - 1];
  if (
    t.isToken(previous, t.Minus) &&
    (stop.tokens[stop.at - 2] === undefined || !isAny(stop.tokens[stop.at - 2], OPERANDS))
  ) {
    return errorAt(
      here({ ...stop, at: stop.at - 1 }),
      "a leading `-` must be followed by an integer",
      "to negate a variable, subtract it: `0 - X`",
    );
  }
  if (t.isToken(token, t.NotIn)) return errorAt(here(stop), "`notin` is reserved", 'strings are quoted: `"notin"`');
  if (isAny(previous, OPERATORS))
    return errorAt(here(stop), `an operand is missing after \`${previous.image}\`, before ${found(stop)}`);
  if (isAny(previous, COMPARISONS))
    return errorAt(here(stop), `a value is missing after \`${previous.image}\`, before ${found(stop)}`);
  if (t.isToken(token, t.Comma) || t.isToken(previous, t.Comma))
    return errorAt(
      here(stop),
      `an argument is missing before ${found(stop)}`,
      "remove the extra comma, or write `_` for a column that does not matter",
    );
  return errorAt(here(stop), `expected a variable, a constant or \`_\`, found ${found(stop)}`);
}

/** The statement is complete, but tokens remain. */
function endExpected(stop: Stop): SyntaxError {
  const token = stop.tokens[stop.at];
  const inBody = stop.tokens.slice(0, stop.at).some((other) => t.isToken(other, t.Turnstile));
  if (t.isToken(token, t.Comma) && !inBody)
    return errorAt(here(stop), "a rule has one head", "write one rule for each head, or `:-` where the body starts");
  if (t.isToken(token, t.Turnstile))
    return errorAt(here(stop), "a second `:-` in one statement", "is a `;` missing before this rule?");
  if (t.isToken(token, t.RightParen)) return errorAt(here(stop), "this `)` has no matching `(`", "remove it");
  if (t.isToken(token, t.At)) return errorAt(here(stop), "a time can only follow an atom, and only once");
  if (inBody && isAny(token, COMPARISONS))
    return errorAt(here(stop), "comparisons cannot be chained or compare atoms", "write two literals: `X < Y, Y < Z`");
  if (inBody && isAny(token, [...OPERANDS, t.NotIn]))
    return errorAt(
      after(stop),
      `a \`,\` is missing before ${found(stop)}`,
      "the literals of a body are separated by `,`, and the statement ends with `;`",
    );
  return inBody
    ? errorAt(here(stop), `expected \`,\` or \`;\`, found ${found(stop)}`)
    : errorAt(
        here(stop),
        `expected \`:-\` or \`;\`, found ${found(stop)}`,
        "a rule is `head(X) :- body(X);`, and a fact is followed by its time and `;`",
      );
}
