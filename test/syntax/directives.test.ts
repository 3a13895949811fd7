import { describe, expect, it } from "vitest";
import { parseDirectives } from "../../src/syntax/directives.js";
import { parseText } from "../../src/syntax/parser.js";

function read(text: string) {
  const { tree } = parseText({ path: "test.ded", text });
  const { directives: expectations, diagnostics } = parseDirectives(tree);
  return {
    expectations: expectations.map(({ span, spans, ...rest }) => rest),
    texts: expectations.map(({ span }) => text.slice(span.start, span.end)),
    keys: expectations.map(({ spans }) =>
      [...spans].map(([key, span]) => `${key}:${text.slice(span.start, span.end)}`),
    ),
    errors: diagnostics.map(({ code, severity, span }) => `${severity} ${code}: ${text.slice(span?.start, span?.end)}`),
  };
}

describe("a //! check line", () => {
  it("has the parameters of the command, and what to expect", () => {
    expect(
      read(
        '//! check eot=6 eff=4 crashes=1 nodes=a,b,c pre=p post=q with=assert.ded expect=violated faults=2 name="survives one crash"',
      ).expectations,
    ).toEqual([
      {
        kind: "check",
        eot: 6,
        eff: 4,
        crashes: 1,
        nodes: ["a", "b", "c"],
        pre: "p",
        post: "q",
        with: ["assert.ded"],
        expect: "violated",
        faults: 2,
        name: "survives one crash",
      },
    ]);
  });

  it("may leave out all but the expectation", () => {
    expect(read("//! check expect=holds").expectations).toEqual([{ kind: "check", expect: "holds", with: [] }]);
  });

  it("takes several files: separated by commas, repeated, or in quotes", () => {
    expect(read('//! check with=a.ded,b.ded with="c, d.ded" expect=error').expectations).toMatchObject([
      { with: ["a.ded", "b.ded", "c, d.ded"], expect: "error" },
    ]);
  });

  it("takes quotes and backslashes in quoted values", () => {
    expect(read(String.raw`//! check expect=holds name="a \"b\" \\ c"`).expectations).toMatchObject([
      { name: String.raw`a "b" \ c` },
    ]);
  });

  it("keeps its place and that of every key", () => {
    const { texts, keys } = read('r("a")@1; //! check  eot=6 expect=holds  \n');
    expect(texts).toEqual(["//! check  eot=6 expect=holds"]);
    expect(keys).toEqual([["eot:eot=6", "expect:expect=holds"]]);
  });
});

describe("a //! run line", () => {
  it("has a schedule", () => {
    expect(read("//! run omit=b,a,2 omit=a,b,1 crash=c,2 eot=4 expect=violated").expectations).toEqual([
      {
        kind: "run",
        eot: 4,
        with: [],
        inputs: [],
        expect: "violated",
        schedule: [
          { kind: "crash", node: "c", at: 2 },
          { kind: "omission", from: "b", to: "a", at: 2 },
          { kind: "omission", from: "a", to: "b", at: 1 },
        ],
      },
    ]);
  });

  it("takes names with special characters in quotes, within the quotes of the value", () => {
    const text = String.raw`//! run omit="a,\"\",1" crash="\"b, \\u{1b}\",2" nodes="a, b c,\"\"" expect=violated`;
    expect(read(text)).toMatchObject({
      errors: [],
      expectations: [
        {
          schedule: [
            { kind: "crash", node: "b, \u001b", at: 2 },
            { kind: "omission", from: "a", to: "", at: 1 },
          ],
          nodes: ["a", "b c", ""],
        },
      ],
    });
  });

  it.each(["omit=a,,1", "crash=,1", "nodes=a,,b", String.raw`omit="a,\"b,1"`, String.raw`nodes="\"a"`])(
    "refuses %s",
    (field) => {
      expect(read(`//! run ${field} expect=holds`)).toMatchObject({
        expectations: [],
        errors: [`error bad-expectation: ${field.slice(field.indexOf("=") + 1)}`],
      });
    },
  );

  it("may be without faults", () => {
    expect(read("//! run expect=holds").expectations).toMatchObject([{ schedule: [] }]);
  });
});

describe("expectations", () => {
  it("are in comments of their own kind, in the order of the text", () => {
    const text =
      '// check expect=holds\n//! check expect=holds\n/* //! check expect=holds */ r("//! check")@1;\n//! run expect=violated';
    expect(read(text)).toMatchObject({ expectations: [{ kind: "check" }, { kind: "run" }], errors: [] });
  });

  it("that do not parse are errors, each at its place, and are absent", () => {
    expect(read("//! check eot=x expect=maybe\n//! check expect=holds\n//! verify")).toMatchObject({
      expectations: [{ kind: "check", expect: "holds" }],
      errors: ["error bad-expectation: x", "error bad-expectation: maybe", "error bad-expectation: //! verify"],
    });
  });

  it("read CRLF files", () => {
    expect(read("//! check expect=holds\r\n//! run expect=holds\r\n").errors).toEqual([]);
  });

  it("take linear time on very long lines", () => {
    expect(read(`//! check expect=holds name="${"\\\\x".repeat(300_000)}"`).errors).toEqual([]);
    expect(read(`//! check ${"junk ".repeat(100_000)}`).errors).toHaveLength(1);
    expect(read(`//! check ${" ".repeat(100_000)}expect=holds${" ".repeat(100_000)}`).errors).toEqual([]);
  });
});
