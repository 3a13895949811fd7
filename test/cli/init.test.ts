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
  expect(written[".github/workflows/protocol.yml"]).toContain("- run: npx ldfi test mine.ded\n");
});

test("does not overwrite existing files", async () => {
  const ended = await init(["mine", "--ci", "github"], { "mine.ded": 'r("a")@1;' });
  expect(ended).toMatchObject({
    stdout: "",
    stderr: "ldfi: mine.ded exists already and was not changed\n",
    status: 2,
  });
  expect(ended.written).toEqual({});
});
