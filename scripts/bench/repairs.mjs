// Repairs that nothing was fitted to: node scripts/bench/repairs.mjs [--folders programs/…,programs/…] [--seconds N] [--edits N] [--every N] [--templates] [--list]
//
// From every program under the folder with a `//! check` line that expects `holds`, of which the first is taken, each rule, each literal of a rule and
// each name of a `//! durable` line is deleted in turn. A deletion that makes the line violated is a repair problem. The script repairs
// each, and prints the share that is repaired, by what was deleted: first what some template could put back, in these or in other
// words, then everything else. With --templates that is left out. A search ends with the first repair that it finds. The time limit is one of processor time, so that other work on the machine does not count.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, diskFiles, expectationsIn, load, prepare, repair } from "../../dist/index.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const argument = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
};
const folders = argument("folders", "programs").split(",");
const seconds = Number(argument("seconds", "20"));
const maxEdits = Number(argument("edits", "1"));
const every = Number(argument("every", "1"));
const isOnlyTemplates = process.argv.includes("--templates");
const lists = process.argv.includes("--list");

const programs = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ded"))
    .map((path) => join(root, folder, path))
    .sort(),
);

const timings = { next: "inductive", async: "message", at: "dated", deductive: "deductive" };

/** What some template could put back, in these words or in others: by the template, which rules and which literals. */
const undoing = {
  "persistence rule (remember, retry)": {
    rule: (rule) => rule.body.length === 1 && isCarrying(rule),
  },
  "persistence rule with a condition (retry until acknowledged)": {
    rule: (rule) => isCarrying(rule),
  },
  "message that a receiver passes on (relay)": {
    rule: (rule, rules) =>
      rule.head.time?.kind === "async" &&
      rule.body.some((l) => l.kind === "positive" && fedBy(l.atom.relation.text, rules).has(rule.head.relation.text)),
  },
  "rule on a restart (ask again)": { rule: (rule) => reads(rule, "restart") },
  "durable name (durable)": {},
  "literal for what was done before (once)": {
    literal: (rule, literal, rules) =>
      literal.kind === "negated" &&
      rule.head.time?.kind !== "async" &&
      fedBy(literal.atom.relation.text, rules).has(rule.head.relation.text),
  },
  "literal with a greatest number (newest only)": {
    literal: (_, literal, rules) =>
      literal.kind === "positive" &&
      rules.some(
        ({ head }) =>
          head.relation.text === literal.atom.relation.text &&
          head.args.some((arg) => arg.kind === "aggregate" && arg.function.text === "max"),
      ),
  },
  "literal for what has come (wait)": {
    literal: (rule, literal, rules) =>
      literal.kind !== "comparison" &&
      rule.head.time?.kind !== "next" &&
      [...fedBy(literal.atom.relation.text, rules)].some((name) => isMessage(name, rules)),
  },
};

/** Seconds of processor time, in milliseconds. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** @typedef {{ problems: number, repaired: number, improved: number, none: number, stopped: number, waits: number, tried: number, milliseconds: number, pairs: number, by: Map<string, number> }} Row */
/** @type {Map<string, Row>} */
const rows = new Map();
let number = 0;
let others = 0;

for (const path of programs) {
  const first = expectationsIn(path, diskFiles()).cases.find(
    ({ expectation: e }) => e.kind === "check" && e.expect === "holds",
  );
  if (first === undefined || first.expectation.with.length > 0) continue;
  const options = optionsOf(first.expectation);
  for (const { what, file, text } of deletionsOf(path)) {
    if ((isOnlyTemplates && !(what in undoing)) || number++ % every !== 0) continue;
    const reader = withText(diskFiles(), file, text);
    const { program, trees } = load([path], reader);
    if (program === undefined || verdictOf(program, options) !== "violated") continue;
    let isFound = false;
    const ends = {
      interrupted: () => isFound,
      onRepairProgress: ({ accepted }) => {
        isFound = accepted > 0;
      },
    };
    const { result } = repair(
      trees,
      { ...options, ...ends, timeout: seconds, maxEdits, maxRepairs: 1, now },
      { files: [], reader, includeDirs: [] },
    );
    if (result === undefined || !("statistics" in result)) continue;
    if (result.why !== undefined) {
      others++;
      continue;
    }
    const row = rowOf(what);
    row.problems++;
    row.tried += result.statistics.tried;
    row.milliseconds += result.statistics.milliseconds;
    row.pairs += result.statistics.allPairs;
    const templates =
      result.kind === "repaired" ? result.repairs[0].edits.map(({ template }) => template).join(" + ") : undefined;
    if (templates !== undefined) {
      row.repaired++;
      row.by.set(templates, (row.by.get(templates) ?? 0) + 1);
    } else if (result.stopped !== undefined) row.stopped++;
    else if (result.kind === "improved") row.improved++;
    else row.none++;
    if (templates === undefined && result.statistics.refused["waits-faults-out"] !== undefined) row.waits++;
    if (lists) {
      const ending = templates ?? (result.stopped === undefined ? result.kind : "stopped");
      const { tried, allPairs, milliseconds, refused } = result.statistics;
      process.stdout.write(
        `${path.slice(root.length + 1)}: ${what}: ${difference(file, text)}: ${ending} ${JSON.stringify({ tried, allPairs, milliseconds: Math.round(milliseconds), refused })}\n`,
      );
    }
  }
}

process.stdout.write(
  "\n| deleted | problems | repaired | improved | no candidate holds | stopped | refused as waiting | candidates a second | all pairs | by |\n",
);
process.stdout.write("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
const undoable = newRow();
const all = newRow();
for (const [what, row] of [...rows].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))) {
  print(what, row);
  add(all, row);
  if (what in undoing) add(undoable, row);
}
print("all that a template could put back", undoable);
print("all", all);
process.stdout.write(`\n${others} more are violated without faults: there is no lineage of a loss.\n`);

/** @returns {Row} */
function newRow() {
  return {
    problems: 0,
    repaired: 0,
    improved: 0,
    none: 0,
    stopped: 0,
    waits: 0,
    tried: 0,
    milliseconds: 0,
    pairs: 0,
    by: new Map(),
  };
}

function rowOf(what) {
  const row = rows.get(what) ?? newRow();
  rows.set(what, row);
  return row;
}

function add(sum, { by, ...numbers }) {
  for (const [key, n] of Object.entries(numbers)) sum[key] += n;
  for (const [name, n] of by) sum.by.set(name, (sum.by.get(name) ?? 0) + n);
}

function print(what, { problems, repaired, improved, none, stopped, waits, tried, milliseconds, pairs, by }) {
  const templates = [...by].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name} ${n}`);
  const rate = milliseconds === 0 ? "" : (tried / (milliseconds / 1000)).toFixed(0);
  const cells = [what, problems, repaired, improved, none, stopped, waits, rate, `${tried} of ${tried + pairs}`];
  process.stdout.write(`| ${[...cells, templates.join(", ")].join(" | ")} |\n`);
}

function rank(what) {
  const at = Object.keys(undoing).indexOf(what);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

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
  const rules = trees.flatMap(({ statements }) => statements.filter(({ kind }) => kind === "rule"));
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
          what: "durable name (durable)",
          file: source.path,
          text: source.text.slice(0, comment.span.start) + line + source.text.slice(comment.span.end),
        };
      }
    }
    for (const statement of statements) {
      if (statement.kind !== "rule" || !protocol.has(statement.head.relation.text)) continue;
      const end = source.text.indexOf(";", statement.span.end) + 1;
      yield {
        what: kindOfRule(statement, rules),
        file: source.path,
        text: without(statement.span.start, end),
      };
      if (statement.body.length < 2) continue;
      for (const [i, literal] of statement.body.entries()) {
        const from = i === 0 ? literal.span.start : statement.body[i - 1].span.end;
        const to = i === 0 ? statement.body[1].span.start : literal.span.end;
        yield { what: kindOfLiteral(statement, literal, rules), file: source.path, text: without(from, to) };
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

function kindOfRule(rule, rules) {
  const kind = Object.keys(undoing).find((what) => undoing[what].rule?.(rule, rules));
  return kind ?? `other ${timings[rule.head.time?.kind ?? "deductive"]} rule`;
}

function kindOfLiteral(rule, literal, rules) {
  const kind = Object.keys(undoing).find((what) => undoing[what].literal?.(rule, literal, rules));
  return kind ?? `other ${literal.kind === "comparison" ? "comparison" : `${literal.kind} literal`}`;
}

/** Whether a rule carries tuples of its relation to the next instant as they are. */
function isCarrying({ head, body }) {
  const columns = ({ args }) => args.map((arg) => (arg.kind === "variable" ? arg.name : "?")).join();
  return (
    head.time?.kind === "next" &&
    body.some(
      (literal) =>
        literal.kind === "positive" &&
        literal.atom.relation.text === head.relation.text &&
        columns(literal.atom) === columns(head),
    )
  );
}

function reads(rule, name, kinds = ["positive"]) {
  return rule.body.some((literal) => kinds.includes(literal.kind) && literal.atom.relation.text === name);
}

/** The relations from which a relation is derived at once, and those from which these are, without messages. */
function fedBy(name, rules) {
  const found = new Set([name]);
  for (const relation of found)
    for (const { head, body } of rules)
      if (head.relation.text === relation && head.time?.kind !== "async")
        for (const literal of body) if (literal.kind !== "comparison") found.add(literal.atom.relation.text);
  return found;
}

function isMessage(name, rules) {
  return rules.some(({ head }) => head.time?.kind === "async" && head.relation.text === name);
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
