import { expect, test } from "vitest";
import { patternSummaries, patterns } from "../../src/cli/patterns.js";
import { lintFiles } from "../../src/language/lint-files.js";
import { formatSource } from "../../src/syntax/format.js";
import { expectationsIn } from "../../src/testing/discovery.js";
import { runFile } from "../../src/testing/runner.js";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";

/** The command in a folder of these files; what it writes. */
async function init(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const written: Record<string, string> = {};
  const ended = await inProcess(["init", ...words], {
    reader: memoryFiles(files),
    create: (path, text) => {
      written[path] = text;
      return undefined;
    },
  });
  return { ...ended, written };
}

test.each(Object.entries(patterns))(
  "%s: its checks are met and strict, nothing is doubtful, and it is formatted",
  (name, text) => {
    const reader = memoryFiles({ "a.ded": text });
    const results = [...runFile(expectationsIn("a.ded", reader), { reader, strict: true })];
    expect(results.length).toBeGreaterThan(0);
    expect(results.map(({ kind }) => kind)).toEqual(results.map(() => "passed"));
    expect(lintFiles(["a.ded"], reader, [])).toEqual([]);
    expect(formatSource({ path: "a.ded", text })).toEqual({ kind: "formatted", text });
    expect(Object.keys(patternSummaries)).toContain(name);
  },
);

test("writes the program, and says how to run it", async () => {
  expect(await init([])).toMatchObject({
    stdout: "wrote delivery.ded\n\nNext: ldfi test delivery.ded\n",
    status: 0,
    written: { "delivery.ded": patterns.delivery },
  });
  expect(await init(["election", "--pattern", "consensus"])).toMatchObject({
    written: { "election.ded": patterns.consensus },
  });
});

test("writes a workflow that names the program", async () => {
  const { written } = await init(["mine.ded", "--ci", "github"]);
  expect(Object.keys(written)).toEqual(["mine.ded", ".github/workflows/protocol.yml"]);
  expect(written[".github/workflows/protocol.yml"]).toMatch(/- run: npm ci\b[\s\S]*- run: npx ldfi test mine.ded\n/);
});

test("gives a program that exists its workflow alone, and says so", async () => {
  expect(await init(["mine", "--ci", "github", "--pattern", "commit"], { "mine.ded": 'r("a")@1;' })).toMatchObject({
    stdout:
      "wrote .github/workflows/protocol.yml\nmine.ded exists already and was not changed\n\nNext: ldfi test mine.ded\n",
    stderr: "",
    status: 0,
    written: { ".github/workflows/protocol.yml": expect.stringContaining("- run: npx ldfi test mine.ded\n") },
  });
});

const workflow = ".github/workflows/protocol.yml";
test.each([
  ["the program", ["mine"], "mine.ded", ["mine.ded"]],
  ["the workflow", ["mine", "--ci", "github"], workflow, [workflow]],
  ["both", ["mine", "--ci", "github"], workflow, ["mine.ded", workflow]],
])("writes nothing if this exists and would be overwritten: %s", async (_, words, named, existing) => {
  const ended = await init(words, Object.fromEntries(existing.map((path) => [path, "x"])));
  expect(ended).toMatchObject({
    stdout: "",
    stderr: `ldfi: ${named} exists already and was not changed\n`,
    status: 2,
  });
  expect(Object.keys(ended.written)).toEqual([]);
});
