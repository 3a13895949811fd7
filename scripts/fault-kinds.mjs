// node scripts/fault-kinds.mjs [--only TEXT | --no-library] [--json FILE] [--from FILE] [--write]
//
// What each kind of fault adds to a check: to every program of the library, at the bounds of its first expectation, and
// along the number of faults, their lateness and EOT. Times are processor time of one process in which the code is warm.
// With --from nothing is measured: the figures are those that --json kept. With --write they go into docs/performance.md.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cases } from "./bench/cases.mjs";
import { files } from "./bench/files.mjs";
import { between, markdown, median, ms, numericBounds, options, phases, ratio, root } from "./bench/measure.mjs";
import { broadcast } from "./bench/templates.mjs";

const given = options(process.argv.slice(2), ["write", "no-library"]);
const { check, load, prepare } = await import(pathToFileURL(join(root, "dist", "index.js")).href);

/** One kind of fault added to what a check admits already: at most two of them, and late by two instants. */
const added = {
  "any delays, 2 late": { delays: "any", lateness: 2 },
  "any duplicates, 2 late": { duplicates: "any", lateness: 2 },
  "2 partitions": { partitions: 2 },
  "2 partial partitions": { partialPartitions: 2 },
  "2 one-way partitions": { oneWayPartitions: 2 },
  "2 restarts": { restarts: 2 },
  "2 pauses": { pauses: 2 },
};

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Sizes and processor time of a check; the second of two, so that the code is warm. */
function measured(path, bounds) {
  const { program, diagnostics } = load([path], files);
  if (program === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const asked = numericBounds(bounds);
  const { setting } = prepare(program, asked);
  let verdict;
  for (let i = 0; i < 2; i++) {
    const result = check(setting, { ...asked, timeout: 60, now: cpu });
    if (result.kind === "error") return undefined;
    verdict = result.verdict;
  }
  const { graphNodes, clauses, times } = verdict.statistics;
  return { verdict: verdict.kind, graphNodes, clauses, milliseconds: times.total };
}

/** The programs of the library that have expectations, with the bounds of their first. */
function library() {
  const found = [];
  for (const folder of readdirSync(join(root, "programs")).filter((name) => !name.includes("."))) {
    for (const name of readdirSync(join(root, "programs", folder))) {
      const path = join(root, "programs", folder, name);
      const line = /^\/\/! check (?!.*with=)(.*)$/m.exec(readFileSync(path, "utf8"))?.[1];
      if (line === undefined) continue;
      const [eot, eff] = ["eot", "eff"].map((key) => Number(new RegExp(`\\b${key}=(\\d+)`).exec(line)?.[1]));
      const crashes = Number(/\bcrashes=(\d+)/.exec(line)?.[1] ?? 0);
      found.push({ name: `${folder}/${name.replace(".ded", "")}`, path, bounds: { eot, eff, crashes } });
    }
  }
  return found.filter(({ name }) => given.only === undefined || name.includes(given.only));
}

/** The cases of the bench that name kinds of faults, each in a process of its own. */
function measureCases(temporary) {
  return cases(join(root, "programs"), temporary)
    .filter(({ bounds }) => bounds !== undefined)
    .map((one) => {
      const { verdict, sizes, milliseconds } = phases(one, { clock: "cpu" });
      const { graphNodes, clauses } = sizes;
      return { name: one.name, eot: one.eot, verdict, graphNodes, clauses, milliseconds: milliseconds.total };
    });
}

function measureLibrary() {
  return library().map(({ name, path, bounds }) => {
    process.stderr.write(`${name}\n`);
    const base = measured(path, bounds);
    const more = Object.entries(added).map(([kind, extra]) => [kind, measured(path, { ...bounds, ...extra })]);
    return { name, base, more: Object.fromEntries(more) };
  });
}

function measureCurves(temporary) {
  const path = broadcast("ack", 5, join(temporary, "ack-5"));
  const bounds = (eot) => ({ eot, eff: eot - 1, crashes: 1 });
  const along = (title, axis, xs, boundsAt) => ({
    title,
    axis,
    points: xs.map((x) => ({ x, ...measured(path, boundsAt(x)) })),
  });
  const names = ["partitions", "partialPartitions", "oneWayPartitions", "restarts", "pauses", "delays", "duplicates"];
  const of = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace("one way", "one-way");
  return [
    ...names.map((name) => along(`at most K ${of(name)}`, "K", [0, 1, 2, 4], (k) => ({ ...bounds(12), [name]: k }))),
    ...["delays", "duplicates"].map((name) =>
      along(`any ${name}, late by L`, "L", [1, 2, 4, 8], (l) => ({ ...bounds(12), [name]: "any", lateness: l })),
    ),
    along("losses alone", "EOT", [10, 20, 40], bounds),
    ...Object.entries(added).map(([kind, extra]) =>
      along(kind, "EOT", [10, 20, 40], (eot) => ({ ...bounds(eot), ...extra })),
    ),
  ];
}

/** What a kind adds to the programs. */
function row(kind, programs) {
  const pairs = programs.flatMap(({ name, base, more }) => {
    const one = more[kind];
    return base === undefined || one === undefined ? [] : [{ name, base, one }];
  });
  const grown = pairs
    .filter(({ base }) => base.graphNodes > 100)
    .map(({ base, one }) => one.graphNodes / base.graphNodes);
  const slower = pairs
    .filter(({ base }) => base.milliseconds > 10)
    .map(({ base, one }) => one.milliseconds / base.milliseconds);
  const slowest = pairs.reduce((a, b) => (b.one.milliseconds > a.one.milliseconds ? b : a));
  return [
    kind,
    pairs.length,
    ratio(median(grown)),
    ratio(Math.max(...grown)),
    ratio(median(slower)),
    ratio(Math.max(...slower)),
    ms(slowest.one.milliseconds),
    slowest.name,
  ];
}

function tables({ named, programs, curves }) {
  const points = curves.map(({ title, axis, points: along }) => [
    title,
    axis,
    along.map(({ x }) => x).join(", "),
    along.map(({ graphNodes }) => graphNodes).join(", "),
    along.map(({ clauses }) => clauses).join(", "),
    along.map(({ milliseconds }) => ms(milliseconds)).join(", "),
  ]);
  const all = [
    `One kind added to the bounds of each of ${programs.length} programs of the library (ratios of graph nodes where the check without has more than 100, of time where it takes more than 10 ms):`,
    "",
    markdown(
      ["added", "programs", "nodes ×, median", "most", "time ×, median", "most", "slowest, ms", "which"],
      programs.length === 0 ? [] : Object.keys(added).map((kind) => row(kind, programs)),
    ),
    "",
  ];
  const rows = named.map(({ name, eot, verdict, graphNodes, clauses, milliseconds }) => [
    name,
    eot,
    verdict,
    graphNodes,
    clauses,
    ms(milliseconds),
  ]);
  return [
    "Cases of the bench, each in a process of its own, so that the code is cold:",
    "",
    markdown(["case", "EOT", "verdict", "graph nodes", "clauses", "ms"], rows),
    "",
    ...(programs.length === 0 ? [] : all),
    "Along one axis: acknowledged broadcast among five nodes, one crash, any losses; EOT 12 unless it is the axis.",
    "",
    markdown(["what is added", "axis", "at", "graph nodes", "clauses", "ms"], points),
  ].join("\n");
}

const temporary = mkdtempSync(join(tmpdir(), "ldfi-kinds-"));
try {
  const found =
    given.from === undefined
      ? {
          named: measureCases(temporary),
          curves: measureCurves(temporary),
          programs: given["no-library"] ? [] : measureLibrary(),
        }
      : JSON.parse(readFileSync(given.from, "utf8"));
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(found, undefined, 2)}\n`);
  if (given.write === true) {
    const page = join(root, "docs", "performance.md");
    writeFileSync(page, between(readFileSync(page, "utf8"), "kinds", tables(found)));
  } else console.log(tables(found));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
