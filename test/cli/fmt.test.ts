import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskFolders } from "../../src/disk/disk-folders.js";
import { formatSource } from "../../src/syntax/format.js";
import { programsAt } from "../../src/testing/discovery.js";
import { memoryFiles } from "../program/memory-files.js";
import { inProcess } from "./in-process.js";
import { root } from "./ldfi.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-fmt-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const untidy = 'r( "a" )@1;p(X):-r(X); // why\n';
const tidy = 'r("a")@1;\np(X) :- r(X); // why\n';

/** Runs the command with files that can be written. */
function fmt(...words: readonly string[]) {
  return inProcess(["fmt", ...words], {
    write: (path, text) => {
      writeFileSync(path, text);
      return undefined;
    },
  });
}

describe("ldfi fmt", () => {
  test("rewrites what is not in the canonical form, names it, and leaves the rest alone", async () => {
    const path = file("untidy.ded", untidy);
    const other = file("tidy.ded", tidy);
    expect(await fmt(path, other)).toEqual({ stdout: `formatted: ${path}\n`, stderr: "", files: [], status: 0 });
    expect(readFileSync(path, "utf8")).toBe(tidy);
    expect(await fmt(path)).toMatchObject({ stdout: "", status: 0 });
  });

  test("--check writes nothing and exits with 1", async () => {
    const path = file("check.ded", untidy);
    expect(await fmt("--check", path)).toMatchObject({ stdout: `not formatted: ${path}\n`, status: 1 });
    expect(readFileSync(path, "utf8")).toBe(untidy);
    expect(await fmt("--check", "--quiet", path)).toMatchObject({ stdout: "", status: 1 });
  });

  test("errors are in the order of the text", async () => {
    const { stderr } = await fmt(file("several.ded", "p(X) :- r(X)\nq(X) :- r(X), not p(X);\n"));
    expect([...stderr.matchAll(/^error\[[a-z-]+\] .*several\.ded:(\d+):/gm)].map(([, line]) => line)).toEqual([
      "1",
      "2",
    ]);
  });

  test("a file with errors is left as it is, and the others are done", async () => {
    const wrong = file("wrong.ded", "r(;\n");
    const path = file("beside.ded", untidy);
    const ended = await fmt(wrong, path);
    expect(ended).toMatchObject({ stdout: `formatted: ${path}\n`, status: 2 });
    expect(ended.stderr).toContain("error[syntax]");
    expect(readFileSync(wrong, "utf8")).toBe("r(;\n");
  });

  test("standard input goes to standard output, and nothing if it has errors", async () => {
    const piped = (text: string, ...words: readonly string[]) =>
      inProcess(["fmt", "-", ...words], { reader: memoryFiles({ "-": text }) });
    expect(await piped(untidy)).toMatchObject({ stdout: tidy, status: 0 });
    expect(await piped(tidy)).toMatchObject({ stdout: tidy, status: 0 });
    expect(await piped("r(;")).toMatchObject({ stdout: "", status: 2 });
    expect(await piped(untidy, "--check")).toMatchObject({ stdout: "not formatted: <stdin>\n", status: 1 });
  });

  test("a file that is missing, or that cannot be written, is an error", async () => {
    expect(await fmt(join(folder, "none.ded"))).toMatchObject({ stdout: "", status: 2 });
    const path = file("locked.ded", untidy);
    const ended = await inProcess(["fmt", path], { write: () => "permission denied" });
    expect(ended).toMatchObject({ stdout: "", status: 2 });
    expect(ended.stderr).toContain("could not be written: permission denied");
  });

  test("every program of the library is in the canonical form", () => {
    const { files } = programsAt([join(root, "programs")], diskFolders, memoryFiles({}));
    const others = files.filter((path) => {
      const text = readFileSync(path, "utf8");
      const formatted = formatSource({ path, text });
      return formatted.kind !== "formatted" || formatted.text !== text;
    });
    expect(files.length).toBeGreaterThan(100);
    expect(others).toEqual([]);
  });
});
