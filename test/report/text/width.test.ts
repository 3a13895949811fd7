import { describe, expect, test } from "vitest";
import { displayWidth, graphemes, padEnd, padStart, truncated } from "../../../src/report/text/width.js";

describe("the columns that a text takes", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["é→…─✗▶·", 7],
    ["日本", 4],
    ["ﾊﾟ", 2],
    ["한국", 4],
    ["\u1112\u1161\u11ab", 2],
    ["e\u0301", 1],
    ["नि", 2],
    ["a\u200bb", 2],
    ["🎉", 2],
    ["👍🏽", 2],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["1️⃣", 2],
    ["☎️", 2],
    ["☎", 1],
  ])("%s", (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test("a character is what a reader sees as one", () => {
    expect(graphemes("e\u0301👩‍👩‍👧日")).toEqual(["e\u0301", "👩‍👩‍👧", "日"]);
  });

  test("padding counts columns", () => {
    expect([padEnd("日本", 6), padStart("日本", 6), padEnd("abc", 2)]).toEqual(["日本  ", "  日本", "abc"]);
  });

  test("what is too long is cut between characters, and never fills more than its columns", () => {
    expect(truncated("abcdef", 6, "…")).toBe("abcdef");
    expect(truncated("abcdefg", 6, "…")).toBe("abcde…");
    expect(truncated("日本語名", 7, "…")).toBe("日本語…");
    expect(truncated("日本語名", 6, "…")).toBe("日本…");
    expect(truncated("👩‍👩‍👧👩‍👩‍👧", 3, "~")).toBe("👩‍👩‍👧~");
  });
});
