// node scripts/fault-kinds.mjs [--only TEXT | --no-library] [--repeat N] [--json FILE] [--from FILE] [--write]
//
// What each kind of fault adds to a check: to every program of the library, at the bounds of its first expectation, and
// along the number of faults, their lateness and EOT. A program's times are the least of --repeat (default 3) whole
// processes on the wall; the others are processor time of one process in which the code is warm.
// With --from nothing is measured: the figures are those that --json kept. With --write they go into docs/performance.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cases } from "./bench/cases.mjs";
import { files } from "./bench/files.mjs";
import { expectedArguments, isLarge, library } from "./bench/library.mjs";
import { between, markdown, median, ms, numericBounds, options, phases, ratio, root, timed } from "./bench/measure.mjs";
import { broadcast } from "./bench/templates.mjs";

const given = options(process.argv.slice(2), ["write", "no-library"]);
const { check, expectationsIn, load, prepare } = await import(pathToFileURL(join(root, "dist", "index.js")).href);

/** One kind of fault added to what a check admits already: at most two of them, and late by two instants. */
const added = {
  "two delays, two late": { delays: 2, lateness: 2 },
  "two duplicates, two late": { duplicates: 2, lateness: 2 },
  "two partitions": { partitions: 2 },
  "two partial partitions": { partialPartitions: 2 },
  "two one-way partitions": { oneWayPartitions: 2 },
  "two restarts": { restarts: 2 },
  "two pauses": { pauses: 2 },
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

/** Verdict, sizes and time of the command, with these faults besides those that the expectation admits. */
function commandWith({ path, own }, more) {
  const line = expectedArguments(path, own, more);
  let least = Infinity;
  let document;
  for (let i = 0; i < Number(given.repeat ?? 3); i++) {
    const { milliseconds, stdout } = timed(line);
    least = Math.min(least, milliseconds);
    document = JSON.parse(stdout);
  }
  const { graphNodes, clauses } = document.statistics;
  return { verdict: document.verdict, graphNodes, clauses, milliseconds: least };
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
  return library(expectationsIn, given.only).flatMap(({ name, path, expected: [own] }) => {
    if (own === undefined) return [];
    const program = { path, own };
    process.stderr.write(`${name}\n`);
    const base = commandWith(program, {});
    const more = Object.entries(added).map(([kind, extra]) => [kind, commandWith(program, extra)]);
    return [{ name, base, more: Object.fromEntries(more) }];
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
  const pairs = programs.map(({ name, base, more }) => ({ name, base, one: more[kind] }));
  const grown = pairs
    .filter(({ base }) => base.graphNodes > 100)
    .map(({ base, one }) => one.graphNodes / base.graphNodes);
  const slower = pairs.map(({ base, one }) => one.milliseconds / base.milliseconds);
  const slowest = pairs.reduce((a, b) => (b.one.milliseconds > a.one.milliseconds ? b : a));
  return [
    kind,
    ratio(median(grown)),
    ratio(Math.max(...grown)),
    ratio(median(slower)),
    ratio(Math.max(...slower)),
    slower.filter((times) => times > 3).length,
    pairs.filter(({ one }) => one.milliseconds > 1000).length,
    ms(slowest.one.milliseconds),
    slowest.name,
  ];
}

function ofKinds(programs) {
  return markdown(
    ["added", "nodes ×, median", "most", "time ×, median", "most", "over 3 ×", "over 1 s", "slowest, ms", "which"],
    programs.length === 0 ? [] : Object.keys(added).map((kind) => row(kind, programs)),
  );
}

/** The programs that take more than three times as long with some kind, or more than a second. */
function outliers(programs) {
  return programs.flatMap(({ name, base, more }) =>
    Object.entries(more)
      .filter(([, one]) => one.milliseconds > 3 * base.milliseconds || one.milliseconds > 1000)
      .map(([kind, one]) => [
        name,
        kind,
        ...[base, one].flatMap(({ verdict, graphNodes, milliseconds }) => [verdict, graphNodes, ms(milliseconds)]),
        ratio(one.milliseconds / base.milliseconds),
      ]),
  );
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
    `One kind added to the first check that each of ${programs.length} programs expects something of; whole processes (ratios of graph nodes where the check without has more than 100). Outside of \`programs/large\`:`,
    "",
    ofKinds(programs.filter((program) => !isLarge(program))),
    "",
    "In `programs/large`:",
    "",
    ofKinds(programs.filter(isLarge)),
    "",
    "The checks over three times as long, or over a second:",
    "",
    markdown(
      ["program", "added", "without", "graph nodes", "ms", "with", "graph nodes", "ms", "time ×"],
      outliers(programs),
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
