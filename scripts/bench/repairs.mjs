// Repairs that nothing was fitted to: node scripts/bench/repairs.mjs [--folder programs/…] [--seconds N] [--edits N] [--list]
//
// From every program under the folder with a `//! check` line that expects `holds`, of which the first is taken, each rule, each literal of a rule and
// each name of a `//! durable` line is deleted in turn. A deletion that makes the line violated is a repair problem. The script repairs
// each, and prints the share that is repaired, by what was deleted: the inverse of a template, or anything else.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, diskFiles, expectationsIn, load, prepare, repair } from "../../dist/index.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
};
const folder = join(root, argument("folder", "programs"));
const seconds = Number(argument("seconds", "20"));
const maxEdits = Number(argument("edits", "1"));
const every = Number(argument("every", "1"));
const lists = process.argv.includes("--list");

const programs = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ded"))
  .map((path) => join(folder, path))
  .sort();

/** @type {Map<string, { problems: number, repaired: number, unfinished: number, by: Map<string, number> }>} */
const rows = new Map();
const rates = { candidates: 0, milliseconds: 0, pairs: 0 };
let number = 0;

for (const path of programs) {
  const first = expectationsIn(path, diskFiles()).cases.find(
    ({ expectation: e }) => e.kind === "check" && e.expect === "holds",
  );
  if (first === undefined || first.expectation.with.length > 0) continue;
  const options = optionsOf(first.expectation);
  for (const { what, file, text } of deletionsOf(path)) {
    if (number++ % every !== 0) continue;
    const reader = withText(diskFiles(), file, text);
    const { program, trees } = load([path], reader);
    if (program === undefined || verdictOf(program, options) !== "violated") continue;
    const { result } = repair(
      trees,
      { ...options, timeout: seconds, maxEdits, maxRepairs: 1 },
      { files: [], reader, includeDirs: [] },
    );
    if (result === undefined || !("statistics" in result) || result.why !== undefined) continue;
    rates.candidates += result.statistics.tried;
    rates.milliseconds += result.statistics.milliseconds;
    rates.pairs += result.statistics.allPairs;
    const row = rows.get(what) ?? { problems: 0, repaired: 0, unfinished: 0, by: new Map() };
    rows.set(what, row);
    row.problems++;
    const templates =
      result.kind === "repaired" ? result.repairs[0].edits.map(({ template }) => template).join(" + ") : undefined;
    if (templates !== undefined) {
      row.repaired++;
      row.by.set(templates, (row.by.get(templates) ?? 0) + 1);
    } else if (result.stopped !== undefined) row.unfinished++;
    if (lists)
      process.stdout.write(
        `${path.slice(root.length + 1)}: ${what}: ${difference(file, text)}: ${templates ?? result.kind}${result.stopped === undefined ? "" : " (stopped)"}\n`,
      );
  }
}

process.stdout.write(
  "\n| deleted | problems | repaired | stopped by the limit | by |\n| --- | --- | --- | --- | --- |\n",
);
const total = { problems: 0, repaired: 0 };
for (const [what, { problems, repaired, unfinished, by }] of [...rows].sort()) {
  total.problems += problems;
  total.repaired += repaired;
  const templates = [...by].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name} ${n}`);
  process.stdout.write(`| ${what} | ${problems} | ${repaired} | ${unfinished} | ${templates.join(", ")} |\n`);
}
process.stdout.write(
  `\n${total.repaired} of ${total.problems} repaired; ${(rates.candidates / (rates.milliseconds / 1000)).toFixed(0)} candidates a second; `,
);
process.stdout.write(
  `${rates.candidates} candidates, where all single edits and all pairs of them would have been ${rates.pairs} more\n`,
);

function optionsOf({
  kind: _kind,
  expect: _expect,
  with: _with,
  name: _name,
  span: _span,
  spans: _spans,
  faults: _faults,
  vacuous: _vacuous,
  ...options
}) {
  return options;
}

function verdictOf(program, options) {
  const { setting } = prepare(program, options);
  if (setting === undefined) return "refused";
  const result = check(setting, { ...options, timeout: seconds });
  return result.kind === "verdict" ? result.verdict.kind : "error";
}

/** Every text of one file of a program from which one thing is deleted. */
function* deletionsOf(path) {
  const { trees, program } = load([path], diskFiles());
  if (program === undefined) return;
  const protocol = protocolOf(program);
  for (const { source, statements, comments } of trees) {
    const without = (start, end) => source.text.slice(0, start) + source.text.slice(end);
    for (const comment of comments) {
      const [, before, names] = /^(\/\/! durable )(.*)$/.exec(comment.text) ?? [];
      if (names === undefined) continue;
      const all = names.split(",").map((name) => name.trim());
      for (const name of all) {
        const others = all.filter((other) => other !== name);
        const line = others.length === 0 ? "" : before + others.join(", ");
        yield {
          what: "durable name",
          file: source.path,
          text: source.text.slice(0, comment.span.start) + line + source.text.slice(comment.span.end),
        };
      }
    }
    for (const statement of statements) {
      if (statement.kind !== "rule" || !protocol.has(statement.head.relation.text)) continue;
      const end = source.text.indexOf(";", statement.span.end) + 1;
      yield {
        what: isPersistence(statement) ? "persistence rule" : `other ${statement.head.time?.kind ?? "deductive"} rule`,
        file: source.path,
        text: without(statement.span.start, end),
      };
      if (statement.body.length < 2) continue;
      for (const [i, literal] of statement.body.entries()) {
        const from = i === 0 ? literal.span.start : statement.body[i - 1].span.end;
        const to = i === 0 ? statement.body[1].span.start : literal.span.end;
        yield { what: `${literal.kind} literal`, file: source.path, text: without(from, to) };
      }
    }
  }
}

/** The relations that messages depend on: what feeds the specification alone is no repair problem. */
function protocolOf({ rules, relations }) {
  const found = new Set(rules.filter(({ timing }) => timing === "async").map(({ head }) => head.relation));
  for (const relation of found)
    for (const { head, body } of rules)
      if (head.relation === relation)
        for (const literal of body) if (literal.kind !== "comparison") found.add(literal.relation);
  return new Set([...found].map((id) => relations[id].name));
}

function isPersistence({ head, body }) {
  return (
    head.time?.kind === "next" &&
    body.length === 1 &&
    body[0].kind === "positive" &&
    body[0].atom.relation.text === head.relation.text
  );
}

function withText(reader, path, text) {
  const file = reader.resolve(path);
  return { ...reader, read: (other) => (reader.resolve(other) === file ? { kind: "read", text } : reader.read(other)) };
}

function difference(path, text) {
  const before = readFileSync(path, "utf8");
  let start = 0;
  while (before[start] === text[start]) start++;
  return JSON.stringify(before.slice(start, start + before.length - text.length));
}
