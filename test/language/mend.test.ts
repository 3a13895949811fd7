import { describe, expect, it } from "vitest";
import { mend } from "../../src/language/lint-files.js";
import { edited } from "../../src/source/fixes.js";
import { memoryFiles } from "../program/memory-files.js";

/** A text mended, and the codes of what is left. */
function mended(text: string): readonly [string, ...string[]] {
  const { texts, diagnostics } = mend(["a.ded"], memoryFiles({ "a.ded": text }), []);
  return [texts.get("a.ded") ?? text, ...diagnostics.map(({ code }) => code)];
}

describe("mending", () => {
  it.each([
    ["a missing semicolon", 'r("a")@1\npost(X) :- r(X)\n', 'r("a")@1;\npost(X) :- r(X);\n'],
    ["= for ==", 'r("a")@1; post(X) :- r(X), X = "a";', 'r("a")@1; post(X) :- r(X), X == "a";'],
    ["words without quotes", "r(a, b, a)@1; post(X) :- r(X, b, _);", 'r("a", "b", "a")@1; post(X) :- r(X, "b", _);'],
    ["a variable that occurs once", 'r("a", 1)@1; post(X) :- r(X, Y);', 'r("a", 1)@1; post(X) :- r(X, _);'],
    [
      "one that is local to a negation",
      'r("a")@1; s("a", 1)@1; post(X) :- r(X), notin s(X, Y);',
      'r("a")@1; s("a", 1)@1; post(X) :- r(X), notin s(X, _);',
    ],
    [
      "Prolog",
      "r('a')@1.\npost(X) <- r(X) and not s(X).\ns('b')@1.\n",
      'r("a")@1;\npost(X) :- r(X), notin s(X);\ns("b")@1;\n',
    ],
    [
      "an aggregate in parentheses",
      'r("a", 1)@1; post(X, count(Y)) :- r(X, Y);',
      'r("a", 1)@1; post(X, count<Y>) :- r(X, Y);',
    ],
    ["an empty statement", 'r("a")@1;; post(X) :- r(X);', 'r("a")@1; post(X) :- r(X);'],
  ])("%s", (_, before, after) => {
    expect(mended(before)).toEqual([after]);
  });

  it("leaves alone what could be mended in two ways, and says so", () => {
    const doubtful = 'log("a"); post(X) :- lgo(X);';
    expect(mended(doubtful)).toEqual([doubtful, "fact-without-time"]);
    const misspelt = 'log("a")@1; post(X) :- lgo(X); pre(X) :- log(X);';
    expect(mended(misspelt)).toEqual([misspelt, "unknown-relation"]);
  });

  it("leaves a comparison with a value that nothing uses", () => {
    const text = 'r("a")@1; post(X) :- r(X), Y == 1 / 0;';
    expect(mended(text)[0]).toBe(text);
  });

  it("changes no file but those that are named", () => {
    const files = { "a.ded": 'include "b.ded";\npost(X) :- r(X, Y);\n', "b.ded": "r(a, b)@1;\n" };
    const { texts, diagnostics } = mend(["a.ded"], memoryFiles(files), []);
    expect([...texts]).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["unquoted-constant", "unquoted-constant"]);
    expect([...mend(["a.ded", "b.ded"], memoryFiles(files), []).texts]).toEqual([
      ["a.ded", 'include "b.ded";\npost(X) :- r(X, _);\n'],
      ["b.ded", 'r("a", "b")@1;\n'],
    ]);
  });
});

describe("edits", () => {
  const file = { path: "a", text: "0123456789" };
  it("are made together, whatever their order; the second of two that overlap is not", () => {
    const edits = [
      { span: { file, start: 7, end: 7 }, text: "!" },
      { span: { file, start: 1, end: 3 }, text: "ab" },
      { span: { file, start: 2, end: 5 }, text: "-" },
    ];
    expect(edited(file.text, edits)).toBe("0ab3456!789");
  });
});
