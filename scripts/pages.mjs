// Writes the programs and the output of commands that pages of docs/ show into them: `npm run build && node scripts/pages.mjs`.
// With --check nothing is written, and the exit status says whether every page is what would be written. Names of pages
// (`faults.md`) leave the others out.
//
//   <!-- code FILE -->       is followed by the program, without its header; `//!` lines that are part of it are no header
//   <!-- run ldfi … -->      is followed by the command and what it prints, without times and sizes
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const names = ["tutorial.md", "faults.md", "json.md", "repair.md"];
const chosen = process.argv.slice(2).filter((word) => word !== "--check");
const unknown = chosen.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${names.join(", ")}`);
const pages = (chosen.length === 0 ? names : chosen).map((name) => join(root, "docs", name));

function codeOf(file) {
  const lines = readFileSync(join(root, file), "utf8").trimEnd().split("\n");
  const start = lines.findIndex(
    (line) => /^\/\/! (durable|forgets|observer|maybe|one-of)/.test(line) || !(line.startsWith("//") || line === ""),
  );
  return ["```prolog", ...lines.slice(start), "```"];
}

/** Quoted words are one argument, as in a shell. */
function wordsOf(command) {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

function runOf(command) {
  const [, ...args] = wordsOf(command);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, "bin", "ldfi.js"), ...args, "--no-color"],
    { cwd: root, encoding: "utf8" },
  );
  if (status === 2 || status === 70) throw new Error(`${command}: exit status ${status}\n${stderr}`);
  return ["```", `$ ${command}`, ...withoutFigures(stdout).trimEnd().split("\n"), "```"];
}

function withoutFigures(text) {
  return text
    .replace(/\b[\d.,]+ m?s\b/g, "… ms")
    .replace(
      /("(?:run|rerun|build|encode|solve|total|possibleTuples|graphNodes|coneNodes|variables|clauses|solverCalls)": )[\d.]+/g,
      "$10",
    )
    .replace(/lineage of [\d,]+ nodes, [\d,]+ clauses/g, "lineage of … nodes, … clauses");
}

/** The page with what follows each mark replaced. */
function written(text) {
  const out = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    out.push(lines[i]);
    const [, kind, argument] = /^<!-- (code|run) (.+) -->$/.exec(lines[i]) ?? [];
    if (kind === undefined) continue;
    out.push(...(kind === "code" ? codeOf(argument) : runOf(argument)));
    if (lines[i + 1]?.startsWith("```")) i = lines.indexOf("```", i + 2);
  }
  return out.join("\n");
}

for (const page of pages) {
  const text = readFileSync(page, "utf8");
  const wanted = written(text);
  if (!process.argv.includes("--check")) writeFileSync(page, wanted);
  else if (wanted !== text) {
    process.stderr.write(`${page} is not what the programs give: run node scripts/pages.mjs\n`);
    process.exitCode = 1;
  }
}
