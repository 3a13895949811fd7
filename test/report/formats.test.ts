import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { pageOf } from "../../src/explain/pages.js";
import { githubAnnotations } from "../../src/report/github.js";
import { renderJson } from "../../src/report/json/json.js";
import type { JUnitCase } from "../../src/report/junit.js";
import { renderJUnit } from "../../src/report/junit.js";
import { junitCheck } from "../../src/report/junit-check.js";
import { lintSarif } from "../../src/report/lint-report.js";
import { formatNode } from "../../src/report/text/tuples.js";
import { diagnostic } from "../../src/source/diagnostic.js";
import { formatValue } from "../../src/source/strings.js";
import { enumerate } from "../../src/wording/lists.js";
import { formatBig, formatTime } from "../../src/wording/numbers.js";
import { checked } from "./subject.js";

describe("JUnit", () => {
  const cases: readonly JUnitCase[] = [
    { suite: "a.ded", name: "holds", file: "a.ded", line: 3, milliseconds: 12, result: { kind: "passed" } },
    {
      suite: "a.ded",
      name: 'odd "<&>" name \u0001',
      milliseconds: 5,
      result: { kind: "failed", message: "violated", details: "a → b ]]> &" },
    },
    { suite: "b.ded", name: "late", milliseconds: 1, result: { kind: "error", message: "inconclusive", details: "" } },
  ];

  test("is XML that a parser reads back", () => {
    const elements: string[] = [];
    const names: string[] = [];
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) => {
      elements.push(name);
      if (name === "testcase") names.push(attributes.name ?? "");
    });
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(renderJUnit(cases)).close();
    expect(elements).toEqual([
      "testsuites",
      "testsuite",
      "testcase",
      "testcase",
      "failure",
      "testsuite",
      "testcase",
      "error",
    ]);
    expect(names).toEqual(["holds", 'odd "<&>" name \ufffd', "late"]);
  });

  test("counts by suite and in all", () => {
    const text = renderJUnit(cases);
    expect(text).toContain('<testsuites name="ldfi" tests="3" failures="1" errors="1" skipped="0" time="0.018">');
    expect(text).toContain('<testsuite name="b.ded" tests="1" failures="0" errors="1" skipped="0" time="0.001">');
  });
});

test.each([
  [{ eot: 4, eff: 2 }, "check eot=4 eff=2 crashes=0"],
  [
    { eot: 4, eff: 2, crashes: 1, omissions: 0, delays: Infinity, lateness: 2, pauses: 1, maxFaults: 2, spare: ["b"] },
    "check eot=4 eff=2 crashes=1 omissions=0 delays=any lateness=2 pauses=1 max-faults=2 spare=b",
  ],
])("the JUnit case of a check is named by its budget: %j", (options, name) => {
  expect(junitCheck(checked(["programs/delivery/simple.ded"], options).report)).toContain(` name="${name}" `);
});

test("a rule of a SARIF log carries the page of its code, with the examples", () => {
  const file = { path: "a.ded", text: 'post("a");' };
  const span = { file, start: 0, end: 4 };
  const log = renderJson(
    lintSarif({ files: ["a.ded"], diagnostics: [diagnostic("fact-time", { span, message: "m" })] }, "1"),
  );
  const { text, wrong, right } = pageOf("fact-time");
  expect(JSON.parse(log).runs[0].tool.driver.rules).toEqual([
    {
      id: "fact-time",
      shortDescription: { text: "`@next` or `@async` on a fact" },
      help: {
        text: `${text}\n\nA program that has it:\n\n${wrong}\n\nCorrected:\n\n${right}`,
        markdown: `${text}\n\nA program that has it:\n\n\`\`\`\n${wrong}\n\`\`\`\n\nCorrected:\n\n\`\`\`\n${right}\n\`\`\``,
      },
    },
  ]);
});

test("GitHub annotations carry the place, with everything that is special escaped", () => {
  const file = { path: "a,b.ded", text: "x\ny z" };
  const text = githubAnnotations([
    diagnostic("syntax", { span: { file, start: 4, end: 5 }, message: "100% wrong:\nreally", help: "mend it" }),
  ]);
  expect(text).toBe("::error file=a%2Cb.ded,line=2,col=3,title=ldfi%3A syntax::100%25 wrong:%0Areally%0Amend it\n");
});

test("GitHub annotations hold no control characters", () => {
  expect(githubAnnotations([diagnostic("syntax", { message: "a\u001b[31m\rb" })])).toContain("::a\\u{1b}[31m\\u{d}b\n");
});

test("JSON escapes all control characters, and its meaning is unchanged", () => {
  const odd = "\n\u001b\u0085\u202e\u2028é🎉";
  expect(renderJson({ odd })).toBe('{\n  "odd": "\\n\\u001b\\u0085\\u202e\\u2028é🎉"\n}\n');
  expect(JSON.parse(renderJson({ odd }))).toEqual({ odd });
});

describe("values in text", () => {
  test("strings are quoted and cannot break a line", () => {
    expect(formatValue('say "hi"\n\u001b[31m\\')).toBe('"say \\"hi\\"\\n\\u{1b}[31m\\\\"');
    expect(formatNode("a\nb")).toBe('"a\\nb"');
    expect(formatValue("\u0085\u007f\u202e\u2066\u2028\ud800")).toBe(
      '"\\u{85}\\u{7f}\\u{202e}\\u{2066}\\u{2028}\\u{d800}"',
    );
    expect(formatNode("")).toBe('""');
    expect(formatValue(-3)).toBe("-3");
  });

  test("large numbers are readable", () => {
    expect([0n, 64n, 4096n, 999_999_999_999n].map(formatBig)).toEqual(["0", "64", "4,096", "999,999,999,999"]);
    expect(formatBig(1n << 84n)).toBe("2^84");
    expect(formatBig(13n * (1n << 80n))).toBe("about 2^83.7");
  });

  test("times and lists are written as people write them", () => {
    expect([0.2, 35.4, 1234, 12_345, 75_000].map(formatTime)).toEqual([
      "1 ms",
      "35 ms",
      "1.23 s",
      "12.3 s",
      "1 min 15 s",
    ]);
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((list) => enumerate(list))).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
