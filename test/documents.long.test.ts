import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

// The table is made from a check of every program, the comparison from many of them.
test.each([
  [
    "docs/tutorial.md, docs/faults.md and docs/repair.md",
    ["scripts/pages.mjs", "tutorial.md", "faults.md", "repair.md"],
  ],
  ["programs/README.md", ["scripts/programs-table.mjs"]],
  ["the published comparison in docs/performance.md", ["scripts/published-table.mjs", "docs/performance.md"]],
])("%s is what it would be, written today", (_page, script) => {
  const { status, stderr } = spawnSync(process.execPath, [...script, "--check"], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
