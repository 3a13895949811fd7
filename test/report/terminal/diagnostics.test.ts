import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { plainStyle, renderDiagnostics, renderReport } from "../../../src/report/terminal/diagnostics.js";
import type { DiagnosticCode } from "../../../src/source/codes.js";
import { diagnostic } from "../../../src/source/diagnostic.js";
import type { SourceFile, Span } from "../../../src/source/source.js";

/** The place of the n-th occurrence of a part of a text. */
function spanOf(file: SourceFile, part: string, occurrence = 1): Span {
  let start = -1;
  for (let i = 0; i < occurrence; i++) start = file.text.indexOf(part, start + 1);
  return { file, start, end: start + part.length };
}

function file(text: string): SourceFile {
  return { path: "p.ded", text };
}

function rendered(span: Span): readonly string[] {
  return renderDiagnostics([diagnostic("syntax", { span, message: "wrong" })], plainStyle).split("\n");
}

describe("a diagnostic as text", () => {
  it("is a header, the line with marks, the help, and related places with theirs", () => {
    const source = file('one("a")@1;\n\n\n\n\n\n\n\n\ntwo(X) :- one(Y);\n');
    const related = [{ span: spanOf(source, "one", 2), message: "read here" }];
    expect(
      renderDiagnostics(
        [
          diagnostic("unbound-variable", {
            span: spanOf(source, "one"),
            message: "it is so",
            help: "do this",
            related,
          }),
        ],
        plainStyle,
      ),
    ).toBe(
      [
        "error[unbound-variable] p.ded:1:1: it is so",
        '   1 | one("a")@1;',
        "     | ^^^",
        "  help: do this",
        "  p.ded:10:11: read here",
        "  10 | two(X) :- one(Y);",
        "     |           ---",
      ].join("\n"),
    );
  });

  it("has no place if the diagnostic has none", () => {
    expect(renderDiagnostics([diagnostic("bad-option", { message: "EOT is 0", help: "use 1" })], plainStyle)).toBe(
      "error[bad-option]: EOT is 0\n  help: use 1",
    );
  });

  it("follows another after an empty line; no diagnostics are an empty text", () => {
    const d = diagnostic("unknown-node", { message: "m" });
    expect(renderDiagnostics([d, d], plainStyle)).toBe("warning[unknown-node]: m\n\nwarning[unknown-node]: m");
    expect(renderDiagnostics([], plainStyle)).toBe("");
  });

  it("ends with its code where a command prints it, each code once and not more than three", () => {
    const of = (...codes: readonly DiagnosticCode[]): string | undefined =>
      renderReport(codes.map((code) => diagnostic(code, { message: "m" })))
        .trimEnd()
        .split("\n")
        .at(-1);
    expect(of("syntax")).toBe("explained by: ldfi explain syntax");
    expect(of("syntax", "arity", "syntax")).toBe("explained by: ldfi explain syntax; ldfi explain arity");
    expect(of("syntax", "arity", "vacuous", "unsettled")).toMatch(/; ldfi explain vacuous; …$/);
    expect(renderReport([])).toBe("");
  });

  it("marks a missing thing by one caret, at the end of the text too", () => {
    const source = file("ab");
    expect(rendered({ file: source, start: 2, end: 2 })).toEqual([
      "error[syntax] p.ded:1:3: wrong",
      "  1 | ab",
      "    |   ^",
    ]);
    expect(rendered({ file: file(""), start: 0, end: 0 })).toEqual([
      "error[syntax] p.ded:1:1: wrong",
      "  1 |",
      "    | ^",
    ]);
    expect(rendered({ file: file("a\n"), start: 2, end: 2 })[0]).toContain("p.ded:2:1");
  });

  it("marks the first line of what spans several", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const source = file(`x${end}ab${end}cd`);
      expect(rendered({ file: source, start: source.text.indexOf("b"), end: source.text.length })).toEqual([
        "error[syntax] p.ded:2:2: wrong",
        "  2 | ab",
        "    |  ^",
      ]);
    }
  });

  it("shows tabs as spaces, and keeps marks below wide and combining characters", () => {
    const source = file('\tr("日本", "e\u0301", "🎉", x)');
    const [, line, marks] = rendered(spanOf(source, "x"));
    expect(line).toBe('  1 |     r("日本", "e\u0301", "🎉", x)');
    // Each wide character takes two columns, the combining accent none.
    expect(marks).toBe(`    | ${" ".repeat(4 + 21)}^`);
  });

  it("shows what would move the cursor or hide text as something visible", () => {
    const source = file("a\0b\u001b[31mc\u202ed\u200be\ud800f\u0085x");
    expect(rendered(spanOf(source, "x"))[1]).toBe("  1 | a\u2400b\u241b[31mc\ufffdd\ufffde\ufffdf\ufffdx");
    expect(renderDiagnostics([diagnostic("syntax", { message: "a\n\u001b[0mb" })], plainStyle)).toBe(
      "error[syntax]: a\\n\\u{1b}[0mb",
    );
  });

  it("cuts long lines to a window around the place", () => {
    const source = file(`${"a".repeat(500_000)}XYZ${"b".repeat(500_000)}`);
    const [, line = "", marks = ""] = rendered(spanOf(source, "XYZ"));
    expect(line.length).toBeLessThan(140);
    expect(line.slice(marks.indexOf("^"), marks.indexOf("^") + 3)).toBe("XYZ");
    expect(line).toMatch(/^ {2}1 \| …a+XYZb+…$/);
    expect(rendered({ file: source, start: 10, end: 900_000 })[2]?.length).toBeLessThan(140);
    expect(rendered({ file: source, start: 1_000_003, end: 1_000_003 })[1]).toMatch(/^ {2}1 \| …b+$/);
  });

  it("never cuts a character in half", () => {
    for (let shift = 0; shift < 2; shift++) {
      const source = file(`${"x".repeat(shift)}${"🎉".repeat(200)}X${"🎉".repeat(200)}`);
      expect(rendered(spanOf(source, "X"))[1]).not.toContain("\ufffd");
    }
  });

  it("shows a bounded number of related places", () => {
    const source = file("a");
    const related = Array.from({ length: 100 }, () => ({ span: spanOf(source, "a"), message: "here" }));
    const text = renderDiagnostics([diagnostic("syntax", { message: "m", related })], plainStyle);
    expect(text).toContain("… and 88 more places");
  });

  it("is coloured by the chalk it is given: errors red, warnings yellow", () => {
    const chalk = new Chalk({ level: 1 });
    expect(renderDiagnostics([diagnostic("syntax", { message: "m" })], chalk)).toContain(
      chalk.red(chalk.bold("error[syntax]")),
    );
    expect(renderDiagnostics([diagnostic("unread-relation", { message: "m" })], chalk)).toContain(
      chalk.yellow(chalk.bold("warning[unread-relation]")),
    );
    expect(renderDiagnostics([diagnostic("syntax", { message: "m" })], new Chalk({ level: 0 }))).toBe(
      "error[syntax]: m",
    );
  });

  it("places many diagnostics in a large file", () => {
    const source = file("r(a)@1;\n".repeat(200_000));
    const many = Array.from({ length: 2000 }, (_, i) =>
      diagnostic("syntax", { span: { file: source, start: i * 800, end: i * 800 + 1 }, message: "m" }),
    );
    expect(renderDiagnostics(many, plainStyle)).toContain("p.ded:199901:1");
  });
});
