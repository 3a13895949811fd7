import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnosticCodes, strictCodes } from "../src/source/codes.js";
import { ldfi, root } from "./cli/ldfi.js";

test.each([
  ["docs/json.md", ["scripts/pages.mjs", "json.md"]],
  ["docs/codes.md", ["scripts/codes-page.mjs"]],
  ["docs/api.md", ["scripts/api-page.mjs"]],
])("%s is what it would be, written today", (_page, script) => {
  const { status, stderr } = spawnSync(process.execPath, [...script, "--check"], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("docs/ci.md and --help list what --strict counts", () => {
  const rows = strictCodes.map((code) => `| \`${code}\` | ${diagnosticCodes[code].meaning} |`);
  const page = readFileSync(join(root, "docs/ci.md"), "utf8");
  const table = page.split("\n").filter((line) => /^\| `[a-z-]+` \|/.test(line));
  expect(table).toEqual(rows);
  const help = ldfi(["check", "--help"]).stdout.replace(/\s+/g, " ");
  const codes = `${strictCodes.slice(0, -1).join(", ")} and ${strictCodes.at(-1) ?? ""}`;
  expect(help).toContain(`--strict counts the warnings ${codes};`);
});
