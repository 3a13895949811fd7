import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dangerous } from "../source/odd-names.js";
import { ldfi, root } from "./ldfi.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One message to a node of that name. */
function program(name: string, file = "odd.ded"): string {
  const path = join(folder, file);
  const quoted = `"${name.replace(/["\\]/g, "\\$&")}"`;
  writeFileSync(
    path,
    `b("a", ${quoted})@1; l(Y)@async :- b(X, Y); l(X)@next :- l(X);\npre(N) :- b("a", N), N == ${quoted}; pre(X)@next :- pre(X); post(X) :- l(X);\n`,
  );
  return path;
}

function isFitForTerminals(text: string): boolean {
  return text.split("\n").every((line) => !dangerous.test(line));
}

const names = [
  "",
  "\tb",
  "b\rc",
  "b\0",
  "b\u001b[31mred",
  "b,c",
  'say "b"',
  "b\nc",
  "\u202eb\u2028",
  "\u0085\u007f",
  "it's \\",
  "--help",
];

describe("a node with an odd name", () => {
  const pinned: string[] = [];

  test.each(names)("%j is printed safely, pinned, and reproduced by the printed command", (name) => {
    const path = program(name, `odd-${pinned.length}.ded`);
    const checked = ldfi(["check", path, "--eot", "3", "--pin"]);
    expect(checked).toMatchObject({ status: 1, stderr: expect.stringContaining("pinned in") });
    expect(isFitForTerminals(checked.stdout + checked.stderr)).toBe(true);
    expect(readFileSync(path, "utf8").match(/^\/\/! run .*$/gm)).toHaveLength(1);
    pinned.push(path);

    const replay = /^Replay +ldfi (.*)$/m.exec(checked.stdout)?.[1] ?? "";
    const replayed = spawnSync("sh", ["-c", `"$0" "$1" ${replay}`, process.execPath, join(root, "bin", "ldfi.js")], {
      encoding: "utf8",
    });
    expect(replayed).toMatchObject({ status: 1, stderr: "" });
    expect(replayed.stdout).toMatch(/^VIOLATED {2}in this run, with 1 fault/);
    expect(isFitForTerminals(replayed.stdout)).toBe(true);
  });

  test("is pinned where ldfi test finds it, and printed safely there", () => {
    expect(pinned).toHaveLength(names.length);
    const tested = ldfi(["test", ...pinned]);
    expect(tested).toMatchObject({ status: 0, stderr: "" });
    expect(tested.stdout).toContain(`${names.length} passed, 0 failed`);
    expect(isFitForTerminals(tested.stdout)).toBe(true);
  });
});

test("nodes that are given twice are pinned once", () => {
  const path = program("b");
  expect(ldfi(["check", path, "--eot", "3", "--nodes", "a,b,a", "--pin"]).status).toBe(1);
  expect(ldfi(["test", path])).toMatchObject({ status: 0 });
});

test("the command that break prints asks for the same tuple", () => {
  const path = program("b\r\u001b");
  const { stdout } = ldfi(["break", path, 'l("b\\u{d}\\u{1b}")@2', "--eot", "3"]);
  expect(stdout).toContain(`--omit 'a,"b\\u{d}\\u{1b}",1' --why-not 'l("b\\u{d}\\u{1b}")@2'`);
});

test("an option that is refused is printed safely", () => {
  const refused = ldfi(["run", program("b"), "--crash", '"b\u001b[31m']);
  expect(refused.status).toBe(2);
  expect(isFitForTerminals(refused.stderr)).toBe(true);
});
