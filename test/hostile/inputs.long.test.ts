import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ldfi, shell } from "../cli/ldfi.js";
import { expectManners } from "./manners.js";
import { harmless, largePrograms, runaways, strangeTexts } from "./programs.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inputs = [...strangeTexts, ...largePrograms, ...runaways].filter(({ long }) => long === true);

test.each(inputs)("$name", ({ content, options = [], status, says }) => {
  const path = join(folder, "hostile.ded");
  writeFileSync(path, content);
  const ended = ldfi(["check", path, ...options]);
  expectManners(ended);
  expect(ended.stdout + ended.stderr).toMatch(says);
  expect(ended.status).toBe(status);
});

test("a truncated program is refused or read, whatever the place", () => {
  for (let end = 1; end < harmless.length; end += 29) {
    const ended = ldfi(["check", "-"], { input: harmless.slice(0, end) });
    expectManners(ended);
  }
});

test("folders, devices, and what cannot be found are refused in words", () => {
  mkdirSync(join(folder, "folder.ded"));
  symlinkSync("nowhere.ded", join(folder, "dangling.ded"));
  const names = [join(folder, "folder.ded"), join(folder, "dangling.ded"), "/dev/null", "/dev/full"];
  for (const name of names) {
    const ended = ldfi(["check", name]);
    expectManners(ended);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/cannot be read|there is no file/);
  }
});

test("a pipe of the shell's is read when someone writes to it", () => {
  const file = join(folder, "file.ded");
  writeFileSync(file, harmless);
  for (const line of [`ldfi check <(sleep 0.5; cat '${file}')`, `cat '${file}' | ldfi check /dev/stdin`]) {
    const ended = shell(line);
    expectManners(ended);
    expect(ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/^HOLDS/) });
  }
  expect(shell("ldfi check <(true)").stderr).toContain("nothing-to-check");
});
