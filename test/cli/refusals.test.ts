import { describe, expect, test } from "vitest";
import type { Ending } from "../../src/cli/messages.js";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";

const files = {
  "unsafe.ded": 'r("a", 1)@1;\nr(X, Y)@next :- r(X, _);\ns(Z)@next :- r(X, _);\n',
  "no-promise.ded": 'r("a", "b<&>")@1;\n',
  "divides.ded": 'd("a", 0)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;\n',
};

const endings = ["json", "xml", "sarif", "md", "html", "dot"] as const;
type Reports = Readonly<Record<(typeof endings)[number], string>>;

async function refusal(...words: readonly string[]): Promise<{ readonly ending: Ending; readonly reports: Reports }> {
  const asked = endings.flatMap((end) => ["--report", `out/r.${end}`]);
  const ending = await inProcess(["check", ...words, ...asked], {
    reader: memoryFiles(files),
    pathName: (path) => `sub/${path}`,
  });
  const text = (end: string): string => ending.files.find(({ path }) => path === `out/r.${end}`)?.text ?? "";
  return { ending, reports: Object.fromEntries(endings.map((end) => [end, text(end)])) as Reports };
}

interface Log {
  readonly runs: readonly {
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations?: readonly unknown[];
    }[];
  }[];
}

describe.each([
  ["the program is wrong", ["unsafe.ded"], "unbound-variable", "unsafe.ded", 2],
  ["the program fails in evaluation", ["divides.ded", "--eot", "3"], "division-by-zero", "divides.ded", 2],
  ["an option is wrong", ["no-promise.ded", "--eot", "0"], "bad-option", undefined, undefined],
  ["there is no such file", ["nowhere.ded"], "file-missing", undefined, undefined],
] as const)("where %s, every report that was asked for is written, and none is green", (_, words, code, file, line) => {
  test("JSON is the document that --format json prints", async () => {
    const { ending, reports } = await refusal(...words);
    expect(ending.status).toBe(2);
    const document = JSON.parse(reports.json) as { readonly diagnostics: readonly unknown[] };
    expect(document).toMatchObject({ command: "check", verdict: "error", files: [words[0]] });
    expect(document.diagnostics).toContainEqual(expect.objectContaining({ code, severity: "error" }));
    const printed = await refusal(...words, "--format", "json");
    expect(JSON.parse(printed.ending.stdout)).toEqual(document);
    expect(printed.reports).toEqual(reports);
  });

  test("SARIF has the errors as results, under paths of the repository", async () => {
    const [log] = (JSON.parse((await refusal(...words)).reports.sarif) as Log).runs;
    expect(log?.invocations).toEqual([{ executionSuccessful: false }]);
    expect(log?.tool.driver.rules).toContainEqual(
      expect.objectContaining({ id: code, shortDescription: { text: expect.stringMatching(/^[A-Z]/) } }),
    );
    const result = log?.results.find(({ ruleId }) => ruleId === code);
    expect(result?.level).toBe("error");
    if (file === undefined) expect(result?.locations).toBeUndefined();
    else
      expect(result?.locations).toMatchObject([
        { physicalLocation: { artifactLocation: { uri: `sub/${file}` }, region: { startLine: line } } },
      ]);
  });

  test("JUnit counts an error", async () => {
    const { xml } = (await refusal(...words)).reports;
    expect(xml).toMatch(/<testsuites name="ldfi" tests="(\d+)" failures="0" errors="\1" /);
    expect(xml).not.toContain('tests="0"');
    expect(xml).toContain(`name="${code}`);
    if (file !== undefined) expect(xml).toContain(`file="sub/${file}" line="${line}"`);
  });

  test("Markdown, HTML and DOT say that nothing was decided, and why", async () => {
    const { md, html, dot } = (await refusal(...words)).reports;
    expect(md.startsWith(`## ${words[0]}: error\n\n`)).toBe(true);
    expect(md).toContain(`error[${code}]`);
    expect(html).toContain('<span class="verdict">Error</span>');
    expect(html).toContain(`error[${code}]`);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">[\s\S]*<\/html>\n$/);
    expect(dot).toMatch(/^digraph lineage \{/);
    expect(dot).toContain(`${code}: `);
  });
});

test("what would replace a file of the program is not written, nor is anything else", async () => {
  const reader = memoryFiles({ "a.json": files["divides.ded"] });
  const ending = await inProcess(["check", "a.json", "--report", "a.json", "--report", "b.xml"], { reader });
  expect(ending).toMatchObject({ status: 2, files: [] });
  expect(ending.stderr).toContain("is a file of the program, which it would replace");
});

test("a refused --pin leaves a report too", async () => {
  const host = { reader: memoryFiles(files), appendable: () => "permission denied" };
  const ending = await inProcess(["check", "divides.ded", "--pin", "--report", "r.json"], host);
  expect(ending.files.map(({ text }) => JSON.parse(text))).toMatchObject([
    { verdict: "error", diagnostics: [{ code: "bad-option", message: expect.stringContaining("permission denied") }] },
  ]);
});

test("a file of traces that does not exist is refused as a program is", async () => {
  const { stderr, status } = await inProcess(["trace", "test/no-such-trace.json"]);
  expect(stderr).toContain("error[file-missing]: there is no file test/no-such-trace.json\n");
  expect(status).toBe(2);
  expect((await inProcess(["trace", "test"])).stderr).toContain("error[file-unreadable]: test cannot be read: ");
});
