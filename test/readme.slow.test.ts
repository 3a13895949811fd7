import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

test("the README's drawing and figures are what the program prints today", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/figures.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
