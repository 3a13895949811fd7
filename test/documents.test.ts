import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

test.each([
  ["docs/tutorial.md and docs/json.md", ["scripts/pages.mjs"]],
  ["programs/README.md", ["scripts/programs-table.mjs"]],
  ["the published comparison in docs/performance.md", ["scripts/published-table.mjs", "docs/performance.md"]],
])("%s is what the programs give today", { timeout: 300_000 }, (_page, script) => {
  const { status, stderr } = spawnSync(process.execPath, [...script, "--check"], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
