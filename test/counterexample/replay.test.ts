import { expect, test } from "vitest";
import { crash, names, omission } from "../../src/cli/options.js";
import { replayArguments, replayCommand } from "../../src/counterexample/replay.js";
import type { Replay } from "../../src/counterexample/replay.js";

const replay: Replay = {
  files: ["simple.ded"],
  eot: 4,
  includeDirs: [],
  schedule: [
    { kind: "crash", node: "c", at: 2 },
    { kind: "omission", from: "a", to: "b", at: 1 },
  ],
};

test("the command names the files, the end of time and every fault", () => {
  expect(replayCommand(replay)).toBe("ldfi run simple.ded --eot 4 --crash c,2 --omit a,b,1");
});

test("what was given on the command line is given again", () => {
  const words = replayArguments({ ...replay, schedule: [], nodes: ["a", "b"], pre: "p", post: "q", includeDirs: ["lib"] });
  expect(words.slice(4)).toEqual(["--nodes", "a,b", "--pre", "p", "--post", "q", "--include-dir", "lib"]);
});

test("odd names survive the shell and come back as they were", () => {
  const node = 'it\'s "a, b"';
  const words = replayArguments({ ...replay, nodes: [node], schedule: [{ kind: "omission", from: node, to: "b", at: 1 }] });
  expect(names(words[5] ?? "")).toEqual([node]);
  expect(omission(words[7] ?? "")).toEqual({ kind: "omission", from: node, to: "b", at: 1 });
  expect(crash('"x,y",3')).toEqual({ kind: "crash", node: "x,y", at: 3 });
  expect(replayCommand({ ...replay, files: ["a b.ded"] })).toContain("'a b.ded'");
});
