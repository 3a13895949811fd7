import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dangerous } from "../source/odd-names.js";
import { ldfi, root } from "./ldfi.js";

/** One message to a node of that name. */
export function oddProgram(folder: string, name: string, file = "odd.ded"): string {
  const path = join(folder, file);
  const quoted = `"${name.replace(/["\\]/g, "\\$&")}"`;
  writeFileSync(
    path,
    `b("a", ${quoted})@1; l(Y)@async :- b(X, Y); l(X)@next :- l(X);\npre(N) :- b("a", N), N == ${quoted}; pre(X)@next :- pre(X); post(X) :- l(X);\n`,
  );
  return path;
}

/** Tests of a node with each of these names. */
export function describeOddNodes(folder: string, names: readonly string[]): void {
  describe("a node with an odd name", () => {
    const pinned: string[] = [];

    test.each(names)("%j is printed safely, pinned, and reproduced by the printed command", (name) => {
      pinned.push(expectPinnedAndReproduced(folder, name, `odd-${pinned.length}.ded`));
    });

    test("is pinned where ldfi test finds it, and printed safely there", () => {
      expect(pinned).toHaveLength(names.length);
      expectPinsTested(pinned);
    });
  });
}

export function isFitForTerminals(text: string): boolean {
  return text.split("\n").every((line) => !dangerous.test(line));
}

/** Checks a program whose node has that name, pins the violation and runs the printed command; the program's path. */
function expectPinnedAndReproduced(folder: string, name: string, file: string): string {
  const path = oddProgram(folder, name, file);
  const checked = ldfi(["check", path, "--eot", "3", "--pin"]);
  expect(checked).toMatchObject({ status: 1, stderr: expect.stringContaining("pinned in") });
  expect(isFitForTerminals(checked.stdout + checked.stderr)).toBe(true);
  expect(readFileSync(path, "utf8").match(/^\/\/! run .*$/gm)).toHaveLength(1);

  const replay = /^Replay +ldfi (.*)$/m.exec(checked.stdout)?.[1] ?? "";
  const replayed = spawnSync("sh", ["-c", `"$0" "$1" ${replay}`, process.execPath, join(root, "bin", "ldfi.js")], {
    encoding: "utf8",
  });
  expect(replayed).toMatchObject({ status: 1, stderr: "" });
  expect(replayed.stdout).toMatch(/^VIOLATED {2}in this run, with 1 fault/);
  expect(isFitForTerminals(replayed.stdout)).toBe(true);
  return path;
}

/** `ldfi test` finds what was pinned in each, and prints it safely. */
function expectPinsTested(paths: readonly string[]): void {
  const tested = ldfi(["test", ...paths]);
  expect(tested).toMatchObject({ status: 0, stderr: "" });
  expect(tested.stdout).toContain(`${paths.length} passed, 0 failed`);
  expect(isFitForTerminals(tested.stdout)).toBe(true);
}
