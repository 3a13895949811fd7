import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

// The table is made from a check of every program.
test("programs/README.md is what it would be, written today", () => {
  const words = ["scripts/programs-table.mjs", "--check"];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
