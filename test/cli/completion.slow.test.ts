import { spawnSync } from "node:child_process";
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
});

test("zsh and fish get every command, and an unknown shell is refused", () => {
  for (const shell of ["zsh", "fish"]) {
    const { stdout, status } = ldfi(["completion", shell]);
    expect(status).toBe(0);
    for (const word of ["check", "lint", "fmt", "explain", "watch", "strategy"]) expect(stdout).toContain(word);
  }
  expect(ldfi(["completion", "tcsh"])).toMatchObject({ status: 2, stdout: "" });
});
