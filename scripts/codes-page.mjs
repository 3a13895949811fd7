// Writes docs/codes.md, what each code of an error or a warning means: `node scripts/codes-page.mjs`.
// With --check nothing is written, and the exit status says whether the page is what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, root } from "./bundle.mjs";

const { diagnosticCodes } = await load("src/source/codes.ts");

/** By origin, in the order in which they are met. */
const sections = {
  text: ["The program", "Found in the text alone: the program is refused."],
  files: ["Files", "The program, or a part of it, cannot be read."],
  options: ["What is checked", "The specification, the bounds and the `//!` lines."],
  run: ["While it runs", "Evaluation fails under some schedule, which the message names."],
  adequacy: ["What a verdict leaves open", "A verdict that may say less than it seems to."],
  hunt: ["Running services", "What `ldfi hunt` and `ldfi trace` read (docs/services.md)."],
  lint: ["Advice", "Seen in the text; no verdict depends on it."],
};

function rowsOf(origin) {
  return Object.entries(diagnosticCodes)
    .filter(([, entry]) => entry.origin === origin)
    .map(([code, { severity, meaning, strict }]) => {
      const counts = strict === true ? "warning, counted by `--strict`" : severity;
      return `| \`${code}\` | ${counts} | ${meaning.replaceAll("|", "\\|")} |`;
    });
}

const known = Object.keys(sections);
for (const [code, { origin }] of Object.entries(diagnosticCodes))
  if (!known.includes(origin)) throw new Error(`${code} is of the origin ${origin}, which has no section`);

const page = [
  "# Errors and warnings",
  "",
  "Every diagnostic has a code, `error[syntax]` or `warning[unknown-node]`. The codes are stable: scripts may rely on them.",
  ...Object.entries(sections).flatMap(([origin, [title, text]]) => [
    ...["", `## ${title}`, "", text, ""],
    ...["| code | severity | meaning |", "| --- | --- | --- |", ...rowsOf(origin)],
  ]),
  "",
].join("\n");

const path = join(root, "docs", "codes.md");
if (!process.argv.includes("--check")) writeFileSync(path, page);
else if (readFileSync(path, "utf8") !== page) {
  process.stderr.write("docs/codes.md is not what src/source/codes.ts says: run node scripts/codes-page.mjs\n");
  process.exitCode = 1;
}
