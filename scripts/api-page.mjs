// Writes docs/api.md from the declarations of the built library: `npm run build && node scripts/api-page.mjs`.
// With --check nothing is written, and the exit status says whether the page is what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportedDeclarations } from "./declarations.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, "docs", "api.md");

/** @type {readonly (readonly [RegExp, string])[]} the sections, by where a name is declared */
const sections = [
  [/^(library|disk)\//, "Checking files, and the functions behind the commands"],
  [/^(search|solving)\//, "Questions and verdicts"],
  [/^report\/json\//, "The document of a check: plain data"],
  [/^report\//, "Texts"],
  [/^execution\/|^lineage\//, "Executions and derivations"],
  [/^faults\//, "Faults, schedules, budgets"],
  [/^(repair|candidates)\//, "Repairs"],
  [/^program\//, "Programs"],
  [/^testing\/|^syntax\/expectation/, "Expectations"],
  [/^syntax\//, "Syntax"],
  [/^(source|wording)\//, "Texts, places, diagnostics, files"],
];

const declarations = exportedDeclarations(join(root, "dist", "types"));
const isValue = ({ kind }) => kind === "function" || kind === "const" || kind === "class";
const byName = (a, b) => (a.name < b.name ? -1 : 1);

/** The declaration without its docstring, which stands above it, and under the name that it is exported as. */
function signature({ name, own, text }) {
  const declared = own.slice(own.lastIndexOf("#") + 1);
  const written = text
    .replace(/^export (declare )?/, "")
    .replace(/^ {4,}/gm, (spaces) => " ".repeat(spaces.length / 2))
    .replace(/^\s*(#|private ).*\n/gm, "");
  return declared === name ? written : written.replace(new RegExp(`\\b${declared}\\b`), name);
}

function entry(declaration) {
  const { name, doc } = declaration;
  const said = doc.replace(/\n/g, " ").trim();
  return [`### \`${name}\``, "", ...(said === "" ? [] : [said, ""]), "```ts", signature(declaration), "```", ""];
}

const left = new Set(declarations);
const parts = sections.flatMap(([pattern, title]) => {
  const here = [...left].filter(({ file }) => pattern.test(file));
  for (const declaration of here) left.delete(declaration);
  const ordered = [...here.filter(isValue).sort(byName), ...here.filter((d) => !isValue(d)).sort(byName)];
  return [`## ${title}`, "", ...ordered.flatMap(entry)];
});
if (left.size > 0)
  throw new Error(`no section for ${[...left].map(({ name, file }) => `${name} (${file})`).join(", ")}`);

const functions = declarations
  .filter(isValue)
  .map(({ name }) => name)
  .sort()
  .map((name) => `[\`${name}\`](#${name.toLowerCase()})`)
  .join(" · ");

const text = [
  "# Every name of the library",
  "",
  "Made from the declarations and their comments by `node scripts/api-page.mjs`. [How they are used](library.md).",
  "",
  functions,
  "",
  ...parts,
]
  .join("\n")
  .trimEnd()
  .concat("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(page, "utf8") !== text) {
    process.stderr.write("docs/api.md is out of date: npm run build && node scripts/api-page.mjs\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
