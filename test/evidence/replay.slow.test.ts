import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Replay } from "../../src/evidence/replay.js";
import { replayCommand } from "../../src/evidence/replay.js";
import type { Fault } from "../../src/faults/kinds.js";
import { dangerous } from "../source/odd-names.js";
import { shellWords } from "./shell-words.js";

const replay: Replay = { files: ["simple.ded"], eot: 4, includeDirs: [], schedule: [] };

test("a shell splits the command as this test does", () => {
  const names = [
    "",
    " ",
    "\tb",
    "b\r",
    "b\0",
    "b\u001b[31mred",
    "it's",
    'a, "b"',
    "\\",
    "\\n",
    "a\nb",
    "$HOME `x` !",
    "--eot",
    "-",
    "\u202eb",
    "*",
  ];
  const command = replayCommand({
    ...replay,
    nodes: names,
    schedule: names.map((node): Fault => ({ kind: "crash", node, at: 1 })),
  });
  expect(shellSays(command)).toEqual(shellWords(command));
});

function shellSays(command: string): readonly string[] {
  return spawnSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" })
    .stdout.split("\0")
    .slice(0, -1);
}

test.each(["a b.ded", "it's.ded", "e\u001b[1m\u202e%s\\!.ded", "a\nb.ded", "é\u0085.ded"])(
  "a shell opens the file %j",
  (file) => {
    const command = replayCommand({ ...replay, files: [file] });
    expect(command).not.toMatch(dangerous);
    expect(shellSays(command)[2]).toBe(file);
  },
);
