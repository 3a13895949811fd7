import { Lexer } from "chevrotain";
import { describe, expect, it } from "vitest";
import { Grammar } from "../../src/syntax/grammar.js";
import { MAX_ERRORS, MAX_NESTING, parseText } from "../../src/syntax/parser.js";
import { printExpression, printStatement } from "../../src/syntax/printer-statements.js";
import { tokenTypes } from "../../src/syntax/tokens.js";
import type { Expression } from "../../src/syntax/tree.js";
import { errorsOf, statementsOf, withoutSpans } from "./statements.js";

function expressionOf(text: string): Expression {
  const [statement] = statementsOf(`r(${text}) :- s(X);`);
  const argument = statement?.kind === "rule" ? statement.head.args[0] : undefined;
  if (argument === undefined) throw new Error("no argument");
  return argument;
}

/** An expression with all its parentheses. */
function grouped(expression: Expression): string {
  return expression.kind === "arithmetic"
    ? `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`
    : printExpression(expression);
}

describe("the grammar", () => {
  it("passes chevrotain's own checks, which are skipped when the tool starts", () => {
    expect(() => new Grammar({ skipValidations: false })).not.toThrow();
    expect(new Lexer([...tokenTypes], { positionTracking: "onlyOffset" }).lexerDefinitionErrors).toEqual([]);
  });

  it("reads the three kinds of statements", () => {
    expect(
      withoutSpans(
        statementsOf('include "a.ded"; r("a", -3)@1; h(A, count<B>)@async :- r(A, B), notin q(A, _)@3, A != "b";'),
      ),
    ).toEqual([
      { kind: "include", path: "a.ded" },
      {
        kind: "fact",
        atom: {
          relation: { text: "r" },
          args: [
            { kind: "string", value: "a" },
            { kind: "integer", value: -3 },
          ],
          time: { kind: "at", instant: 1 },
        },
      },
      {
        kind: "rule",
        head: {
          relation: { text: "h" },
          args: [
            { kind: "variable", name: "A" },
            { kind: "aggregate", function: { text: "count" }, variable: { kind: "variable", name: "B" } },
          ],
          time: { kind: "async" },
        },
        body: [
          {
            kind: "positive",
            atom: {
              relation: { text: "r" },
              args: [
                { kind: "variable", name: "A" },
                { kind: "variable", name: "B" },
              ],
            },
          },
          {
            kind: "negated",
            atom: {
              relation: { text: "q" },
              args: [{ kind: "variable", name: "A" }, { kind: "wildcard" }],
              time: { kind: "at", instant: 3 },
            },
          },
          {
            kind: "comparison",
            operator: "!=",
            left: { kind: "variable", name: "A" },
            right: { kind: "string", value: "b" },
          },
        ],
      },
    ]);
  });

  it("takes the names of times and aggregates for relations where a relation is expected", () => {
    const text = "next(X) :- async(X), count(X), include(X), min(X), crash(X, X, _), notinside(X);";
    expect(statementsOf(text).map(printStatement)).toEqual([text]);
  });

  it("knows variables with a leading underscore from the wildcard", () => {
    expect(expressionOf("_x").kind).toBe("variable");
    expect(expressionOf("__").kind).toBe("variable");
    expect(expressionOf("_").kind).toBe("wildcard");
  });

  it.each([
    ["X + 2 * Y - 3", "((X + (2 * Y)) - 3)"],
    ["X - Y - Z", "((X - Y) - Z)"],
    ["X / Y * Z % 2", "(((X / Y) * Z) % 2)"],
    ["(X + 2) * Y", "((X + 2) * Y)"],
    ["X - (Y - Z)", "(X - (Y - Z))"],
    ["X -1", "(X - 1)"],
    ["X - -1", "(X - -1)"],
    ["-1 + X", "(-1 + X)"],
    ["X*-2", "(X * -2)"],
  ])("reads %s as %s", (text, expected) => {
    expect(grouped(expressionOf(text))).toBe(expected);
  });

  it("marks an expression with its parentheses", () => {
    const text = "r((X + 1) * 2) :- s(X);";
    const [statement] = statementsOf(text);
    const product = statement?.kind === "rule" ? statement.head.args[0] : undefined;
    const sum = product?.kind === "arithmetic" ? product.left : undefined;
    expect(text.slice(product?.span.start, product?.span.end)).toBe("(X + 1) * 2");
    expect(text.slice(sum?.span.start, sum?.span.end)).toBe("(X + 1)");
  });

  it("unescapes quotes, backslashes, line ends and tabs in strings, and nothing else", () => {
    expect(expressionOf(String.raw`"a\"b\\n\n\t\q"`)).toMatchObject({ kind: "string", value: 'a"b\\n\n\t\\q' });
    expect(expressionOf('"two\r\nlines // no comment"')).toMatchObject({ value: "two\r\nlines // no comment" });
    expect(expressionOf('""')).toMatchObject({ value: "" });
  });

  it("keeps comments in the order of the text, and spans exactly as written", () => {
    const text = '// one\nr("a")@1; /* two\n lines */ s("//")@1; // three';
    const { tree } = parseText({ path: "test.ded", text });
    expect(tree.comments.map((comment) => comment.text)).toEqual(["// one", "/* two\n lines */", "// three"]);
    expect(tree.statements.map(({ span }) => text.slice(span.start, span.end))).toEqual(['r("a")@1', 's("//")@1']);
  });

  it("reads any line ends, a byte-order mark, and nothing at all", () => {
    for (const end of ["\n", "\r\n", "\r"])
      expect(statementsOf(`\ufeffr("a")@1;${end}// note${end}r("b")@1;${end}`)).toHaveLength(2);
    expect(statementsOf("")).toEqual([]);
    expect(statementsOf(" \n// only a comment")).toEqual([]);
  });
});

describe("recovery", () => {
  it("loses only the statements with errors", () => {
    const { tree, diagnostics } = parseText({ path: "t", text: 'r("a")@1; r("b"@1; r("c")@1; r(d)@1; r("e")@1;' });
    expect(tree.statements.map((s) => (s.kind === "fact" ? printStatement(s) : s.kind))).toEqual([
      'r("a")@1;',
      'r("c")@1;',
      'r("e")@1;',
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["syntax", "unquoted-constant"]);
  });

  it("reads on after a missing semicolon, where a statement starts", () => {
    expect(errorsOf('r("a")@1\ns(X) :- r(X)\nt(X)@next :- s(X)')).toEqual([
      "missing-semicolon: ",
      "missing-semicolon: ",
      "missing-semicolon: ",
    ]);
    const { tree } = parseText({ path: "t", text: 'r("a")@1\ns(X) :- r(X)\nt(X)@next :- s(X)' });
    expect(tree.statements).toHaveLength(3);
  });

  it("distinguishes a missing comma from a missing semicolon", () => {
    expect(errorsOf("s(X) :- r(X) q(X);")).toEqual(["syntax: "]);
    expect(errorsOf("s(X) :- r(X) q(X)@2;")).toEqual(["syntax: "]);
    expect(errorsOf('s(X) :- r(X)\nq("a")@2;')).toEqual(["missing-semicolon: "]);
  });

  it.each([
    ["the empty statement", ";", ["syntax: ;"]],
    ["a lone word", "r", ["no-arguments: r"]],
    ["a statement that stops", "r(", ["syntax: "]],
    ["a quote that is never closed", 'r("', ['unclosed-string: "']],
    ["a comment that is never closed", "/*", ["unclosed-comment: /*"]],
    ["a NUL byte", "\0", ["unexpected-character: \0"]],
    ["half a surrogate pair", "r(\ud800)@1;", ["unexpected-character: \ud800"]],
  ])("has a place for the complaint about %s", (_, text, expected) => {
    expect(errorsOf(text)).toEqual(expected);
  });

  it("blames the string that lacks its quote, not all that follow", () => {
    expect(errorsOf('r("a)@1;\nr("b")@1;\nr(c)@1;\nr("d", "e)@1;\n')).toEqual([
      'unclosed-string: "a)@1',
      "unquoted-constant: c",
      'unclosed-string: "e)@1',
    ]);
  });

  it("reads a period at the end of a line as a semicolon", () => {
    expect(errorsOf('r("a")@1.\nr(b)@1.\nr("c")@1;')).toEqual([
      "unexpected-character: .",
      "unquoted-constant: b",
      "unexpected-character: .",
    ]);
  });
});

describe("limits", () => {
  it("reads parentheses up to the limit, and refuses deeper ones without overflowing", () => {
    const nested = (depth: number): string => `r(${"(".repeat(depth)}X${")".repeat(depth)}) :- s(X);`;
    expect(errorsOf(nested(MAX_NESTING - 1))).toEqual([]);
    expect(errorsOf(nested(100_000))).toEqual(["nesting-too-deep: ("]);
    expect(errorsOf("(".repeat(100_000))).toEqual(["nesting-too-deep: ("]);
  });

  it("reads sums up to the limit, and refuses longer ones", () => {
    const sum = (operators: number): string => `r(X${" + 1".repeat(operators)}) :- s(X);`;
    expect(errorsOf(sum(1000))).toEqual([]);
    expect(errorsOf(sum(100_000))).toEqual(["expression-too-long: 1"]);
  });

  it("reports a bounded number of errors", () => {
    expect(errorsOf("r(a)@1;".repeat(10_000))).toHaveLength(MAX_ERRORS + 1);
    expect(errorsOf(`r(${"99999999999999999, ".repeat(10_000)}"a")@1;`)).toHaveLength(MAX_ERRORS + 1);
    expect(errorsOf("\0r ".repeat(10_000))).toHaveLength(1);
    expect(errorsOf('r("a")@1.\n'.repeat(10_000))).toHaveLength(MAX_ERRORS + 1);
    expect(errorsOf('r("a")@1\n'.repeat(10_000))).toHaveLength(MAX_ERRORS + 1);
    expect(errorsOf('r("a\n'.repeat(1000)).length).toBeLessThan(MAX_ERRORS + 2);
  }, 60_000);

  it.each([
    ["20,000 facts", 'node("a", "b", 12)@1;\n'.repeat(20_000), 20_000],
    ["one fact of 100,000 columns", `r(${"1, ".repeat(100_000)}1)@1;`, 1],
    ["a rule of 20,000 literals", `r(X) :- ${"s(X), ".repeat(20_000)}s(X);`, 1],
    ["a comment of 5 MB", `/*${"*".repeat(5_000_000)}*/ r("a")@1;`, 1],
    ["a string of 1 MB", `r("${"\\\\".repeat(500_000)}")@1;`, 1],
  ])(
    "reads %s",
    (_, text, statements) => {
      expect(statementsOf(text)).toHaveLength(statements);
    },
    60_000,
  );
});
