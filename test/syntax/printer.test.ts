import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringLiteral } from "../../src/source/strings.js";
import { parseText } from "../../src/syntax/parser.js";
import { printTree } from "../../src/syntax/printer.js";
import { oddString } from "../source/odd-names.js";
import { statementsOf, withoutSpans } from "./statements.js";

function formatted(text: string): string {
  const { tree, diagnostics } = parseText({ path: "test.ded", text });
  expect(diagnostics).toEqual([]);
  return printTree(tree);
}

/** That printing keeps statements and comments, and that printing again changes nothing. */
function expectFaithful(text: string): void {
  const once = formatted(text);
  expect(withoutSpans(statementsOf(once))).toEqual(withoutSpans(statementsOf(text)));
  expect(formatted(once)).toBe(once);
  const comments = (of: string): readonly string[] =>
    parseText({ path: "t", text: of }).tree.comments.map((comment) => comment.text.replace(/\s+/g, " ").trim());
  expect(comments(once)).toEqual(comments(text));
}

describe("formatting", () => {
  it("writes one statement a line, with canonical spaces", () => {
    expect(formatted('include"a.ded" ;\nr( "a",-1 )@1;h(X,Y+1)@next:-r(X,Y),notin s(X,_)@2,X!="b";k(X):-r(X,_);')).toBe(
      'include "a.ded";\nr("a", -1)@1;\nh(X, Y + 1)@next :- r(X, Y), notin s(X, _)@2, X != "b";\nk(X) :- r(X, _);\n',
    );
  });

  it("keeps facts together that share a line", () => {
    expect(formatted('r("a")@1; r("b")@1;\nr("c")@1;')).toBe('r("a")@1; r("b")@1;\nr("c")@1;\n');
  });

  it("keeps at most one empty line", () => {
    expect(formatted('\n\nr("a")@1;\n\n\n\ns("a")@1;\n\n')).toBe('r("a")@1;\n\ns("a")@1;\n');
  });

  it("gives each literal of a long rule a line", () => {
    const literal = "a_relation_with_a_long_name(X)";
    expect(formatted(`h(X) :- ${literal}, ${literal}, ${literal}, ${literal};`)).toBe(
      `h(X) :-\n  ${literal},\n  ${literal},\n  ${literal},\n  ${literal};\n`,
    );
  });

  it("keeps comments where they stand", () => {
    const text = '// head\n\n/* block */ r("a")@1; // tail\n// own line\nh(X) :- r(X); /* more */\n';
    expect(formatted(text)).toBe(text);
    expect(formatted('r("a")@1 // before the semicolon\n;')).toBe('r("a")@1; // before the semicolon\n');
  });

  it("leaves a statement with a comment inside as it was written", () => {
    const text = "h(X) :-\n  r(X),   // why\n  s(X);\n";
    expect(formatted(text)).toBe(text);
  });

  it("drops parentheses only where they change nothing", () => {
    expect(formatted("h((X) + (1 * 2), (X - 1) - 2, X - (1 - 2), (X + 1) * 2, X / (2 * 3)) :- r(X);")).toBe(
      "h(X + 1 * 2, X - 1 - 2, X - (1 - 2), (X + 1) * 2, X / (2 * 3)) :- r(X);\n",
    );
  });

  it("escapes what a string holds", () => {
    expect(formatted('r("a\\"b\\\\c\\q\n\t")@1;')).toBe('r("a\\"b\\\\c\\\\q\\n\\t")@1;\n');
  });

  it("keeps strings, whatever they contain", () => {
    fc.assert(
      fc.property(oddString, (text) => expectFaithful(`r(${stringLiteral(text)})@1;`)),
      { numRuns: 300 },
    );
  });

  it("of nothing is nothing", () => {
    expect(formatted(" \n ")).toBe("");
  });

  const library = fileURLToPath(new URL("../../programs", import.meta.url));
  const programs = readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ded"))
    .sort();
  it.each(programs)("is faithful to programs/%s", (name) => {
    expectFaithful(readFileSync(join(library, name), "utf8"));
  });

  it("is faithful to whatever parses", () => {
    const word = fc.constantFrom(
      'r("a", 1)@1;',
      "h(X) :- r(X, _);",
      "h(X)@next :- h(X),\n notin r(X, 1);",
      "// c\n",
      "/* d\n e */",
      "\n",
      "\r\n",
      " ",
      'r("\\\\ \n//", 2)@3;',
      "k(X - (1 - Y), min<Y>) /* in */ :- r(X, Y);",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => expectFaithful(words.join(""))),
      { numRuns: 300 },
    );
  });
});
