import type { DiagnosticDetails } from "../source/diagnostic.js";
import { replacing } from "../source/fixes.js";
import type { Span } from "../source/source.js";
import { stringLiteral } from "../source/strings.js";

// The messages for errors from which parsing continues: mistakes that the grammar accepts, notation of other languages, and
// facts in `//!` lines. Errors at which parsing stops are in `syntax-errors.ts`.

export function rangeOfInstants(span: Span): DiagnosticDetails {
  return {
    span,
    message: "a fact holds at one instant, and this is a range of them",
    help: "write a fact for the first, and a rule that carries it: `r(X)@next :- r(X);`",
  };
}

export function emptyParentheses(relation: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${relation}\` has no arguments`,
    help: `a relation has at least one argument, the location of its tuples: \`${relation}(Node)\``,
  };
}

export function singleEqual(span: Span): DiagnosticDetails {
  return {
    span,
    message: "`=` is not a comparison operator",
    help: "write `==`",
    fix: replacing(span, "==", "Write `==`", "safe"),
  };
}

/** `lines`: the number of comments that start with `marker`. */
export function foreignComment(marker: string, lines: number, span: Span): DiagnosticDetails {
  const others = lines === 1 ? "" : `, here and on ${lines - 1} other line${lines === 2 ? "" : "s"}`;
  return {
    span,
    message: `\`${marker}\` does not start a comment${others}`,
    help: "start a comment with `//`, to the end of the line, or enclose it in `/*` and `*/`",
    fix: replacing(span, "//", "Start the comment with `//`", "doubtful"),
  };
}

export function singleQuotes(image: string, span: Span): DiagnosticDetails {
  const inner = image.slice(1, -1);
  return {
    span,
    message: "a string is written in double quotes, not in single quotes",
    help: `write \`"${inner.replaceAll('"', '\\"')}"\``,
    fix: replacing(span, `"${inner.replaceAll('"', '\\"')}"`, "Write double quotes", "safe"),
  };
}

export function statementPeriod(span: Span): DiagnosticDetails {
  return {
    span,
    message: "a `.` does not end a statement",
    help: "write `;`",
    fix: replacing(span, ";", "Write `;`", "safe"),
  };
}

export function foreignArrow(arrow: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${arrow}\` does not separate head and body`,
    help: "write `:-`",
    fix: replacing(span, ":-", "Write `:-`", "safe"),
  };
}

export function foreignComparison(operator: string, ours: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${operator}\` is not a comparison operator`,
    help: `write \`${ours}\``,
    fix: replacing(span, ours, `Write \`${ours}\``, "safe"),
  };
}

export function foreignNegation(word: string, span: Span): DiagnosticDetails {
  const { text } = span.file;
  // In `not (r(X))` the parentheses would have to go too.
  const fix = /^\s*[a-z]/.test(text.slice(span.end, span.end + 100))
    ? replacing(span, /\s/.test(text[span.end] ?? "") ? "notin" : "notin ", "Write `notin`", "safe")
    : undefined;
  return { span, message: `\`${word}\` does not negate a literal`, help: "write `notin r(X)`", fix };
}

export function foreignAnd(word: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${word}\` does not join literals`,
    help: "write a `,` between them",
    fix: replacing(withSpaceBefore(span), ",", "Write `,`", "safe"),
  };
}

function withSpaceBefore({ file, start, end }: Span): Span {
  const [space = ""] = /[ \t]*$/.exec(file.text.slice(0, start)) ?? [];
  return { file, start: start - space.length, end };
}

export function foreignOr(word: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${word}\` does not join literals: there is no disjunction`,
    help: "write one rule for each alternative, with the same head",
  };
}

/** `over`: the variable, if the parentheses contain nothing else. */
export function aggregateInCapitals(name: string, span: Span): DiagnosticDetails {
  return { span, message: "aggregates are written in lower case", help: `write \`${name}<X>\`` };
}

export function aggregateInParentheses(name: string, over: string | undefined, span: Span): DiagnosticDetails {
  return {
    span,
    message: "an aggregate takes its variable in angle brackets, not in parentheses",
    help:
      over !== undefined
        ? `write \`${name}<${over}>\``
        : `an aggregate ranges over the distinct values of one variable: bind one in the body, say \`X\`, and write \`${name}<X>\``,
    fix: over === undefined ? undefined : replacing(span, `${name}<${over}>`, `Write \`${name}<${over}>\``, "safe"),
  };
}

export function aggregateInBody(name: string, span: Span): DiagnosticDetails {
  const lower = name.toLowerCase();
  return {
    span,
    message: "an aggregate cannot occur in the body of a rule",
    help: `derive it in a rule of its own, \`n(A, ${lower}<X>) :- r(A, X);\`, and compare it in a second: \`n(A, N), N == 1\``,
  };
}

export function timeArithmetic(time: string, text: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${text}\` is not a time`,
    help: /^\d/.test(time)
      ? "write the instant as one number"
      : `\`@${time}\` is one instant later; for more, derive it through further relations, with \`@next\` in each rule`,
  };
}

export function expressionTooLong(limit: number, span: Span): DiagnosticDetails {
  return {
    span,
    message: `this expression has more than ${limit} operators`,
    help: "bind a part of it to a variable with `X == …` and use the variable",
  };
}

export function integerOutOfRange(span: Span): DiagnosticDetails {
  return {
    span,
    message: "this integer cannot be represented exactly",
    help: `integers lie between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}; a longer number can be a string, in double quotes`,
  };
}

export function unknownTime(name: string, span: Span): DiagnosticDetails {
  const lower = name.toLowerCase();
  const isNow = lower === "now";
  const meant = isNow ? undefined : lower.startsWith("n") ? "next" : lower.includes("sync") ? "async" : undefined;
  return {
    span,
    message: `\`@${name}\` is not a time`,
    help: isNow
      ? "a rule without a time derives its head now: remove it; a fact takes an instant, such as `@1`"
      : meant !== undefined
        ? `did you mean \`@${meant}\`?`
        : "write an instant such as `@1`, or `@next`, or `@async`",
    fix: meant === undefined ? undefined : replacing(span, `@${meant}`, `Write \`@${meant}\``, "doubtful"),
  };
}

export function unquotedConstant(word: string, span: Span): DiagnosticDetails {
  const variable = word.charAt(0).toUpperCase() + word.slice(1);
  return {
    span,
    message: `\`${word}\` is neither a constant nor a variable`,
    help: `strings are quoted: \`"${word}"\`; variables start with an upper-case letter: \`${variable}\``,
    fix: replacing(span, stringLiteral(word), `Write \`${stringLiteral(word)}\``, "safe"),
  };
}

export function includeWithoutPath(span: Span): DiagnosticDetails {
  return { span, message: "the path after `include` must be in double quotes", help: 'write `include "file.ded";`' };
}

export function unclosedString(span: Span): DiagnosticDetails {
  return {
    span,
    message: "this string is not closed",
    help: 'add the closing `"` (inside a string, a quote is written `\\"`)',
  };
}

export function unclosedComment(span: Span): DiagnosticDetails {
  return { span, message: "this comment is not closed", help: "add the closing `*/`" };
}

export function nestingTooDeep(limit: number, span: Span): DiagnosticDetails {
  return {
    span,
    message: `parentheses are nested more than ${limit} deep here`,
    help: "bind the inner part to a variable with `X == …` and use the variable",
  };
}

/** `next`: the first token of the next statement; absent at the end of the file. */
export function missingSemicolon(span: Span, next: Span | undefined): DiagnosticDetails {
  return {
    span,
    message: "a `;` is missing after this statement",
    help: "every statement ends with `;`",
    fix: replacing(span, ";", "Add `;`", "safe"),
    related: next === undefined ? [] : [{ span: next, message: "the next statement starts here" }],
  };
}

export function tooManyErrors(limit: number, span: Span): DiagnosticDetails {
  return {
    span,
    message: `${limit} errors before this one: the rest of the file was not read`,
    help: "fix the first errors and check again",
  };
}

/** Help for characters that come from other languages and from word processors. */
const CHARACTER_HELP: ReadonlyMap<string, string> = new Map([
  ["'", 'strings are written in double quotes: `"`; a comment starts with `//`'],
  ["`", 'strings are written in double quotes: `"`'],
  ["“", 'use the plain double quote: `"`'],
  ["”", 'use the plain double quote: `"`'],
  ["„", 'use the plain double quote: `"`'],
  ["«", 'use the plain double quote: `"`'],
  [".", "a statement ends with `;`"],
  ["!", "negation is `notin r(X)`, inequality `X != Y`"],
  ["&", "literals are separated by `,`"],
  ["|", "there is no disjunction: write one rule for each alternative"],
  ["\\", "negation is `notin r(X)`, inequality `X != Y`"],
  [":", "head and body are separated by `:-`; nothing is assigned: compute in the head, `r(X + 1) :- p(X)`"],
  ["≠", "inequality is `!=`"],
  ["≤", "write `<=`"],
  ["≥", "write `>=`"],
  ["←", "head and body are separated by `:-`"],
  ["→", "the head comes first: `head(X) :- body(X)`"],
  ["⇐", "head and body are separated by `:-`"],
  ["¬", "negation is `notin r(X)`"],
  ["∧", "literals are separated by `,`"],
  ["∨", "there is no disjunction: write one rule for each alternative"],
  ["−", "use the plain minus sign: `-`"],
  ["×", "multiplication is `*`"],
  ["÷", "division is `/`"],
  ["‘", 'use the plain double quote: `"`'],
  ["’", 'use the plain double quote: `"`'],
  ["#", "a comment starts with `//`"],
  ["[", "there are no lists"],
  ["{", "there are no sets or blocks"],
  ["?", "a variable starts with an upper-case letter, without `?`"],
  ["^", "there is no power operator"],
  ["\u0000", "the file contains a NUL character: is it a text file in UTF-8?"],
  ["\ufffd", "the file is not UTF-8: save it in that encoding"],
]);

export function unexpectedCharacter(text: string, span: Span): DiagnosticDetails {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  const known = CHARACTER_HELP.get(first);
  const code = first.codePointAt(0) ?? 0;
  const printable = code > 32 && code !== 0x7f && code !== 0xfffd;
  const name = printable ? `\`${first}\`` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    span,
    message: `unexpected character ${name}`,
    help: known ?? (code > 127 ? "only ASCII characters are allowed outside strings and comments" : undefined),
  };
}

export function decimalPoint(span: Span): DiagnosticDetails {
  return {
    span,
    message: "numbers with a decimal point are not supported",
    help: "use an integer in a smaller unit, or a string",
  };
}

// Facts in `//!` lines.

export function doubledSeparator(span: Span): DiagnosticDetails {
  return {
    span,
    message: "alternatives are separated by one `|`",
    help: "write `|`",
    fix: replacing(span, "|", "Write `|`", "safe"),
  };
}

export function semicolonInLine(span: Span, isLast: boolean): DiagnosticDetails {
  return {
    span,
    message: "a fact in a `//!` line does not end with `;`",
    help: isLast ? "remove it" : "write `|` between the alternatives of a `one-of`, and a line for each `maybe`",
    fix: isLast ? replacing(span, "", "Remove `;`", "safe") : undefined,
  };
}

export function missingFact(span: Span): DiagnosticDetails {
  return { span, message: "a fact is missing here", help: 'write one with its instant: `request("c", "x")@1`' };
}

export function secondFact(span: Span): DiagnosticDetails {
  return {
    span,
    message: "unexpected text after the fact",
    help: "write `|` between the alternatives of a `one-of`, and a line for each `maybe`",
  };
}

export function noFact(kind: "rule" | "include", span: Span): DiagnosticDetails {
  return {
    span,
    message: `${kind === "rule" ? "a rule" : "an `include`"} cannot be an input: only facts can`,
    help: "make a fact the input, and let a rule read it",
  };
}
