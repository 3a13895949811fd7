// Gives the hostile programs of test/hostile to `ldfi check` and prints what happened, as a Markdown table: node scripts/hostile-table.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, root } from "./bundle.mjs";

const { strangeTexts, largePrograms, runaways } = await load("test/hostile/programs.ts");
const folder = mkdtempSync(join(tmpdir(), "ldfi-hostile-"));
const path = join(folder, "hostile.ded");
const meaning = ["holds", "violated", "refused", "inconclusive"];

/** The first line that says what happened, without the path of a file that is about to go. */
function outcome({ status, stdout, stderr }) {
  const said = status === 2 ? stderr : stdout;
  const line =
    said.split("\n").find((l) => /^(HOLDS|VIOLATED|INCONCLUSIVE|error)/.test(l)) ?? said.split("\n")[0] ?? "";
  const short = line.replaceAll(path, "hostile.ded").replace(/^(HOLDS|VIOLATED).*/, "");
  return `${meaning[status] ?? `status ${status}`}${short === "" ? "" : `: ${short.length > 100 ? `${short.slice(0, 99)}…` : short}`}`;
}

console.log("| input | size | what happened | seconds |\n| --- | --- | --- | --- |");
for (const { name, content, options = [] } of [...strangeTexts, ...largePrograms, ...runaways]) {
  writeFileSync(path, content);
  const began = performance.now();
  const ended = spawnSync(process.execPath, [join(root, "bin/ldfi.js"), "check", path, ...options], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { size } = statSync(path);
  const shown =
    size < 10_000 ? `${size} B` : size < 1_000_000 ? `${Math.round(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`;
  console.log(`| ${name} | ${shown} | ${outcome(ended).replaceAll("|", "\\|")} | ${seconds} |`);
}
rmSync(folder, { recursive: true, force: true });
