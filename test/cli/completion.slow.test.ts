import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ldfi, root } from "./ldfi.js";

/** What bash offers after some words; the last is the one at the cursor. */
function offered(...words: readonly string[]): readonly string[] {
  const { stdout: functions } = ldfi(["completion", "bash"]);
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = `ldfi() { '${process.execPath}' '${root}/bin/ldfi.js' "$@"; }
${functions}
COMP_WORDS=(ldfi ${quoted}); COMP_CWORD=${words.length}
_ldfi
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes commands, options, values, and relations where a tuple is expected", () => {
  expect(offered("ch")).toEqual(["check"]);
  expect(offered("check", "--wat")).toEqual(["--watch"]);
  expect(offered("check", "--strategy", "")).toEqual(["lineage", "exhaustive", "random", "alternate"]);
  expect(offered("run", "programs/delivery/simple.ded", "--why", "l")).toEqual(["log("]);
  expect(offered("run", "programs/delivery/simple.ded", "--why", "'lo")).toEqual(["'log("]);
  expect(offered("check", "programs/delivery/sim")).toEqual(["programs/delivery/simple.ded"]);
  expect(offered("completion", "")).toEqual(["bash", "zsh", "fish"]);
  expect(offered("explain", "unread-")).toEqual(["unread-relation"]);
});

test("bash completes the files that a command or an option takes, also with spaces in their names", () => {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-completion-"));
  for (const name of ["a b.ded", "a.hunt.yaml", "a.json", "a.txt"]) writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "a-folder"));
  const files = (...words: readonly string[]): readonly string[] =>
    offered(...words, join(folder, "a")).map((path) => path.slice(folder.length + 1));
  expect(files("check")).toEqual(["a b.ded", "a-folder"]);
  expect(files("hunt")).toEqual(["a.hunt.yaml", "a-folder"]);
  expect(files("verify")).toEqual(["a.json", "a-folder"]);
  expect([...files("check", "--report")].sort()).toEqual(["a b.ded", "a-folder", "a.hunt.yaml", "a.json", "a.txt"]);
  expect(files("check", "--eot")).toEqual([]);
});

test("zsh and fish get every command, and an unknown shell is refused", () => {
  for (const shell of ["zsh", "fish"]) {
    const { stdout, status } = ldfi(["completion", shell]);
    expect(status).toBe(0);
    for (const word of ["check", "lint", "fmt", "explain", "watch", "strategy"]) expect(stdout).toContain(word);
  }
  expect(ldfi(["completion", "tcsh"])).toMatchObject({ status: 2, stdout: "" });
});
