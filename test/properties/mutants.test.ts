import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "../cli/ldfi.js";

test("each mistake of scripts/mutants.mjs can still be made in src", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/mutate.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});
