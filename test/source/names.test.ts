import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatName, formatNames, parseNames, parseNodes } from "../../src/source/names.js";
import {
  closingQuote,
  quoteString,
  stringLiteral,
  unescapeCodePoints,
  unescapeQuoted,
  unescapeString,
  visible,
} from "../../src/source/strings.js";
import { dangerous, oddString } from "./odd-names.js";

const runs = { numRuns: 2000 };

test("a quoted string is read back, and is fit for one line of a terminal", () => {
  fc.assert(
    fc.property(oddString, (text) => {
      const quoted = quoteString(text);
      expect(quoted).not.toMatch(dangerous);
      expect(unescapeQuoted(quoted.slice(1, -1))).toBe(text);
      // A tuple that is printed, given back.
      const literal = unescapeCodePoints(quoted);
      expect(unescapeString(literal.slice(1, -1))).toBe(text);
      expect(closingQuote(literal, 0)).toBe(literal.length - 1);
    }),
    runs,
  );
});

test("a string is written as a program has it, with the four escapes that the language knows", () => {
  fc.assert(
    fc.property(oddString, (text) => unescapeString(stringLiteral(text).slice(1, -1)) === text),
    runs,
  );
  expect(unescapeString("\\u{1b}\\r\\x")).toBe("\\u{1b}\\r\\x");
});

test("a list of names is read back, whatever they are", () => {
  fc.assert(
    fc.property(fc.array(oddString, { minLength: 1, maxLength: 4 }), (names) => {
      for (const separator of [",", ", "]) {
        const text = formatNames(names, separator);
        expect(text).not.toMatch(dangerous);
        expect(parseNames(text)).toEqual({ kind: "names", names });
      }
    }),
    runs,
  );
});

test.each([
  ["a", "a"],
  ["two words", "two words"],
  ["C:\\b", "C:\\b"],
  ["", '""'],
  ["a,b", '"a,b"'],
  [" a", '" a"'],
  ["--help", '"--help"'],
  ['say "a"', '"say \\"a\\""'],
  ["\tb", '"\\tb"'],
  ["b\r", '"b\\u{d}"'],
  ["b\u001b[31m", '"b\\u{1b}[31m"'],
])("the name %j is written %s", (name, written) => {
  expect(formatName(name)).toBe(written);
});

test("white space around names does not count, and backslashes that begin no escape stand for themselves", () => {
  expect(parseNames(' a , "b" ,c d\t')).toEqual({ kind: "names", names: ["a", "b", "c d"] });
  expect(parseNames('"C:\\dir\\u{110000}\\u{}"')).toEqual({ kind: "names", names: ["C:\\dir\\u{110000}\\u{}"] });
});

test("a code point is that character, even if the character has a special meaning", () => {
  expect(parseNames('"b\\u{5c}n\\u{22}\\u{2c}"')).toEqual({ kind: "names", names: ['b\\n",'] });
  expect(unescapeString(unescapeCodePoints("\\u{5c}n\\u{22}\\\\u{22}"))).toBe('\\n"\\u{22}');
});

test.each(["", "a,", ",a", "a,,b", " "])("%j lacks a name", (text) => {
  expect(parseNames(text)).toEqual({ kind: "empty" });
});

test.each(['"a', 'a"b"', '"a"b', '"a\\"', 'a,"'])("%j is no list", (text) => {
  expect(parseNames(text)).toEqual({ kind: "malformed" });
});

test("lists are read in linear time", () => {
  const long = 1_000_000;
  expect(parseNames(`"${"\\\\x".repeat(long)}`).kind).toBe("malformed");
  expect(parseNames(`${" ".repeat(long)}"`).kind).toBe("malformed");
  expect(parseNames(`a${" ".repeat(long)}"`).kind).toBe("malformed");
  expect(parseNames("a,".repeat(long)).kind).toBe("empty");
});

test("text made visible keeps what people write", () => {
  expect(visible("né e\u0301 日本 👩‍👩‍👧 a\\b")).toBe("né e\u0301 日本 👩‍👩‍👧 a\\b");
});

describe("lists of nodes", () => {
  test("take ranges outside quotes", () => {
    expect(parseNodes("n1..n3")).toEqual({ kind: "names", names: ["n1", "n2", "n3"] });
    expect(parseNodes('a, n08..n10 ,"x..y"')).toEqual({ kind: "names", names: ["a", "n08", "n09", "n10", "x..y"] });
    expect(parseNodes("n2..n2")).toEqual({ kind: "names", names: ["n2"] });
  });

  test("refuse ranges whose ends do not fit", () => {
    for (const text of ["n3..n1", "a..c", "n1..", "..n2", "n1..n2..n3", "n1..n200000"])
      expect(parseNodes(text)).toEqual({ kind: "malformed" });
  });

  test("are read back as they are shown", () => {
    expect(parseNodes(formatNames(["a..b", "n1", "c,d"]))).toEqual({ kind: "names", names: ["a..b", "n1", "c,d"] });
  });
});
