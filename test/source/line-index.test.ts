import { describe, expect, it } from "vitest";
import { formatPlace, LineIndex, lineIndexOf, positionAt } from "../../src/source/line-index.js";

/** As `line:column` for every offset from 0 to the end. */
function places(text: string): readonly string[] {
  const file = { path: "p.ded", text };
  return Array.from({ length: text.length + 1 }, (_, offset) => {
    const { line, column } = positionAt(file, offset);
    return `${line}:${column}`;
  });
}

describe("lines and columns", () => {
  it("count from 1, a line end belonging to its line", () => {
    expect(places("ab\nc")).toEqual(["1:1", "1:2", "1:3", "2:1", "2:2"]);
  });

  it("take \\n, \\r\\n and a lone \\r for one line end each", () => {
    expect(places("a\r\nb\rc\n\rd")).toEqual([
      ...["1:1", "1:2", "1:3"],
      ...["2:1", "2:2"],
      ...["3:1", "3:2"],
      ...["4:1"],
      ...["5:1", "5:2"],
    ]);
  });

  it("have one line in an empty text, and one after a last line end", () => {
    expect(places("")).toEqual(["1:1"]);
    expect(places("a\n")).toEqual(["1:1", "1:2", "2:1"]);
    expect(new LineIndex("a\n").lines).toEqual([
      { start: 0, end: 1 },
      { start: 2, end: 2 },
    ]);
  });

  it("are found once for a file, however many places are asked for", () => {
    const file = { path: "p.ded", text: "a\nb" };
    expect(lineIndexOf(file)).toBe(lineIndexOf(file));
  });

  it("count columns in UTF-16 code units", () => {
    expect(places("😀x")).toEqual(["1:1", "1:2", "1:3", "1:4"]);
  });

  it("take offsets outside the text for its start and its end", () => {
    const file = { path: "p.ded", text: "a\nbc" };
    expect(positionAt(file, -1)).toEqual({ line: 1, column: 1 });
    expect(positionAt(file, 99)).toEqual({ line: 2, column: 3 });
  });

  it("are shown behind the path", () => {
    const file = { path: "p.ded", text: "a\nbc" };
    expect(formatPlace({ file, start: 3, end: 4 })).toBe("p.ded:2:2");
  });
});
