import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";
import { root } from "./ldfi.js";

const doubtful = 'r("a", 1)@1;\npost(X) :- r(X, Y);\n';
const mended = 'r("a", 1)@1;\npost(X) :- r(X, _);\n';

/** The command on standard input. */
function piped(text: string, ...words: readonly string[]) {
  return inProcess(["lint", "-", ...words], { reader: memoryFiles({ "-": text }) });
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-lint-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ldfi lint", () => {
  test("reports nothing for the library", async () => {
    const { stdout, status } = await inProcess(["lint", join(root, "programs"), "--strict"]);
    expect(stdout).toMatch(/^nothing to report in \d+ files\n$/);
    expect(status).toBe(0);
  });

  test("lists warnings and errors on standard output, and counts them", async () => {
    const ended = await piped(doubtful);
    expect(ended).toEqual({
      stdout: `warning[single-use-variable] <stdin>:2:17: \`Y\` occurs only once in this rule
  2 | post(X) :- r(X, Y);
    |                 ^
  help: write \`_\` if any value will do

explained by: ldfi explain single-use-variable

1 warning in 1 file
`,
      stderr: "",
      files: [],
      status: 0,
    });
    expect((await piped(doubtful, "--quiet")).stdout).not.toContain("1 warning");
  });

  test("exits with 1 on warnings if they count, and with 2 on errors", async () => {
    expect(await piped(doubtful, "--strict")).toMatchObject({ status: 1 });
    expect(await piped("r(a);", "--strict")).toMatchObject({ status: 2 });
    expect(await inProcess(["lint", "nowhere.ded"])).toMatchObject({ status: 2 });
  });

  test("--fix writes the fixed files and lists what is left", async () => {
    const path = join(folder, "a.ded");
    const other = join(folder, "b.ded");
    writeFileSync(path, doubtful);
    writeFileSync(other, mended);
    const written: string[] = [];
    const ended = await inProcess(["lint", "--fix", folder], {
      write: (to, text) => {
        written.push(to);
        writeFileSync(to, text);
        return undefined;
      },
    });
    expect(ended).toMatchObject({ stdout: "1 change made in 1 file; nothing else to report in 2 files\n", status: 0 });
    expect(written).toEqual([path]);
    expect(readFileSync(path, "utf8")).toBe(mended);
    writeFileSync(path, doubtful);
    const locked = await inProcess(["lint", "--fix", path], { write: () => "permission denied" });
    expect(locked).toMatchObject({ status: 2 });
    expect(locked.stdout).toContain("could not be written: permission denied");
  });

  test("--fix of standard input prints the fixed text, and the rest on standard error", async () => {
    expect(await piped(doubtful, "--fix")).toEqual({
      stdout: mended,
      stderr: "1 change made in 1 file; nothing else to report in 1 file\n",
      files: [],
      status: 0,
    });
    await expect(piped(doubtful, "--fix", "--format", "json")).rejects.toThrow("--fix prints the fixed text");
  });

  test("annotates for GitHub", async () => {
    const { stdout } = await piped(doubtful, "--format", "github", "-q");
    expect(stdout.split("\n")[0]).toBe(
      "::warning file=<stdin>,line=2,col=17,title=ldfi%3A single-use-variable::`Y` occurs only once in this rule%0Awrite `_` if any value will do",
    );
  });

  test("gives each fix with the diagnostic as JSON", async () => {
    const { stdout } = await piped(doubtful, "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      command: "lint",
      files: ["-"],
      diagnostics: [
        {
          code: "single-use-variable",
          fix: {
            title: "Write `_`",
            safe: true,
            edits: [{ file: "<stdin>", line: 2, column: 17, endLine: 2, endColumn: 18, text: "_" }],
          },
        },
      ],
    });
  });

  test("gives each fix with the result as SARIF", async () => {
    const { stdout } = await piped(doubtful, "--format", "sarif");
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [
        {
          results: [
            {
              ruleId: "single-use-variable",
              level: "warning",
              fixes: [
                {
                  artifactChanges: [
                    {
                      replacements: [
                        {
                          deletedRegion: { startLine: 2, startColumn: 17, endLine: 2, endColumn: 18 },
                          insertedContent: { text: "_" },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
