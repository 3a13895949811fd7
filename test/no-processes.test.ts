import { execFileSync, spawn, spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

test.each([
  ["spawn", () => spawn("true")],
  ["spawnSync", () => spawnSync("true")],
  ["execFileSync", () => execFileSync("true")],
  ["Worker", () => new Worker("", { eval: true })],
])("a quick test cannot use %s", (name, start) => {
  expect(start).toThrow(`${name} in a quick test`);
});
