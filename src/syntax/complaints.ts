import type { DiagnosticDetails } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";

// The words for what is read although it is wrong, by the grammar or as notation of another language. What cannot be
// read is in `syntax-errors.ts`.

export function emptyParentheses(relation: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${relation}\` has no arguments`,
    help: `a relation has at least one, the node where the tuple lives: \`${relation}(Node)\``,
  };
}

export function singleEqual(span: Span): DiagnosticDetails {
  return { span, message: "`=` is no comparison", help: "write `==`" };
}

/** `lines` is on how many lines comments start with `marker`. */
export function foreignComment(marker: string, lines: number, span: Span): DiagnosticDetails {
  const others = lines === 1 ? "" : `, here and on ${lines - 1} other line${lines === 2 ? "" : "s"}`;
  return {
    span,
    message: `\`${marker}\` starts no comment${others}`,
    help: "a comment starts with `//` and ends with its line, or stands between `/*` and `*/`",
  };
}

export function singleQuotes(image: string, span: Span): DiagnosticDetails {
  const inner = image.slice(1, -1);
  return {
    span,
    message: "strings do not stand in single quotes",
    help: `write \`"${inner.replaceAll('"', '\\"')}"\`, in double quotes`,
  };
}

export function statementPeriod(span: Span): DiagnosticDetails {
  return { span, message: "a `.` does not end a statement", help: "write `;`" };
}

export function foreignArrow(arrow: string, span: Span): DiagnosticDetails {
  return { span, message: `\`${arrow}\` does not separate head and body`, help: "write `:-`" };
}

export function foreignComparison(operator: string, ours: string, span: Span): DiagnosticDetails {
  return { span, message: `\`${operator}\` is no comparison`, help: `write \`${ours}\`` };
}

export function foreignNegation(word: string, span: Span): DiagnosticDetails {
  return { span, message: `\`${word}\` is no negation`, help: "negation is spelled `notin r(X)`" };
}

export function foreignAnd(word: string, span: Span): DiagnosticDetails {
  return { span, message: `\`${word}\` does not join literals`, help: "write a `,` between them" };
}

export function foreignOr(word: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${word}\` does not join literals: there is no disjunction`,
    help: "write one rule for each alternative, with the same head",
  };
}

/** `over` is the variable in the parentheses, if there is nothing else. */
export function aggregateInParentheses(name: string, over: string | undefined, span: Span): DiagnosticDetails {
  return {
    span,
    message: "an aggregate does not stand in parentheses",
    help:
      over !== undefined
        ? `write \`${name}<${over}>\``
        : `it ranges over the distinct values of one variable: bind one in the body, say \`X\`, and write \`${name}<X>\``,
  };
}

export function aggregateInBody(name: string, span: Span): DiagnosticDetails {
  const lower = name.toLowerCase();
  return {
    span,
    message: "an aggregate cannot stand in the body of a rule",
    help: `derive it in a rule of its own, \`n(A, ${lower}<X>) :- r(A, X);\`, and compare it in a second: \`n(A, N), N == 1\``,
  };
}

export function timeArithmetic(time: string, text: string, span: Span): DiagnosticDetails {
  return {
    span,
    message: `\`${text}\` is no time`,
    help: /^\d/.test(time)
      ? "write the instant as one number"
      : `\`@${time}\` is one instant later; for more, pass it on through another relation, with \`@next\` in each rule`,
  };
}

export function expressionTooLong(limit: number, span: Span): DiagnosticDetails {
  return {
    span,
    message: `this expression has more than ${limit} operators`,
    help: "split it: bind a part to a variable with `X == …` and use the variable",
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
  const meant = lower.startsWith("n") ? "next" : lower.includes("sync") ? "async" : undefined;
  return {
    span,
    message: `\`@${name}\` is no time`,
    help:
      meant !== undefined
        ? `did you mean \`@${meant}\`?`
        : "after `@` stands an instant such as `1`, or `next`, or `async`",
  };
}

export function unquotedConstant(word: string, span: Span): DiagnosticDetails {
  const variable = word.charAt(0).toUpperCase() + word.slice(1);
  return {
    span,
    message: `\`${word}\` is neither a constant nor a variable`,
    help: `a string stands in quotes: \`"${word}"\`; a variable starts with an upper-case letter: \`${variable}\``,
  };
}

export function includeWithoutPath(span: Span): DiagnosticDetails {
  return { span, message: "`include` is followed by a path in double quotes", help: 'write `include "file.ded";`' };
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

/** `next` is where the next statement starts; absent at the end of the file. */
export function missingSemicolon(span: Span, next: Span | undefined): DiagnosticDetails {
  return {
    span,
    message: "a `;` is missing after this statement",
    help: "every statement ends with `;`",
    related: next === undefined ? [] : [{ span: next, message: "the next statement starts here" }],
  };
}

export function tooManyErrors(limit: number, span: Span): DiagnosticDetails {
  return {
    span,
    message: `${limit} errors before this one: the rest of the file was not read`,
    help: "mend the first ones and try again",
  };
}

/** Characters that people bring along from other languages and from word processors. */
const CHARACTER_HELP: ReadonlyMap<string, string> = new Map([
  ["'", 'strings stand in double quotes: `"`; a comment starts with `//`'],
  ["`", 'strings stand in double quotes: `"`'],
  ["“", 'use the plain double quote: `"`'],
  ["”", 'use the plain double quote: `"`'],
  ["„", 'use the plain double quote: `"`'],
  ["«", 'use the plain double quote: `"`'],
  [".", "a statement ends with `;`"],
  ["!", "negation is `notin r(X)`, inequality `X != Y`"],
  ["&", "literals are separated by `,`"],
  ["|", "there is no disjunction: write one rule for each alternative"],
  ["\\", "negation is `notin r(X)`, inequality `X != Y`"],
  [":", "head and body are separated by `:-`"],
  ["#", "a comment starts with `//`"],
  ["[", "there are no lists"],
  ["{", "there are no sets or blocks"],
  ["?", "a variable starts with an upper-case letter, without `?`"],
  ["^", "there is no power operator"],
  ["\u0000", "the file holds a NUL character: is it a text file, in UTF-8?"],
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
    help: known ?? (code > 127 ? "outside of strings and comments only ASCII is used" : undefined),
  };
}

export function decimalPoint(span: Span): DiagnosticDetails {
  return {
    span,
    message: "there are no numbers with a decimal point",
    help: "use an integer in a smaller unit, or a string",
  };
}

// Facts in `//!` lines.

export function doubledSeparator(span: Span): DiagnosticDetails {
  return { span, message: "alternatives are parted by one `|`", help: "write `|`" };
}

export function semicolonInLine(span: Span, isLast: boolean): DiagnosticDetails {
  return {
    span,
    message: "a fact in a `//!` line has no `;`: the line ends it",
    help: isLast ? "remove it" : "write `|` between the alternatives of a `one-of`, and a line for each `maybe`",
  };
}

export function missingFact(span: Span): DiagnosticDetails {
  return { span, message: "a fact is missing here", help: 'write one, with its instant: `request("c", "x")@1`' };
}

export function secondFact(span: Span): DiagnosticDetails {
  return {
    span,
    message: "the fact is complete, and something follows",
    help: "write `|` between the alternatives of a `one-of`, and a line for each `maybe`",
  };
}

export function noFact(kind: "rule" | "include", span: Span): DiagnosticDetails {
  return {
    span,
    message: `${kind === "rule" ? "a rule" : "an `include`"} cannot be an input: only facts can`,
    help: "let a rule read the fact that is there or not",
  };
}
