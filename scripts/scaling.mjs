// node scripts/scaling.mjs [--only TEXT] [--repeat N] [--limit SECONDS] [--json FILE] [--from FILE] [--library FILE] [--write]
//
// Measures how checks grow (scripts/bench/curves.mjs) and fits the growth against the number of possible tuples.
// With --from nothing is measured: the figures are those that --json kept. With --write the tables go into docs/performance.md, between its marks, and the plot into docs/scaling.svg.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { panels } from "./bench/curves.mjs";
import { between, markdown, median, ms, options, phases, ratio, root, timed } from "./bench/measure.mjs";
import { plot } from "./bench/plot.mjs";

const given = options(process.argv.slice(2), ["write"]);
const repeat = Number(given.repeat ?? 3);
const timeout = Number(given.limit ?? 60) * 1000;
const library = given.library ?? join(root, "dist", "index.js");
/** Shorter checks than this, in milliseconds, show the start-up and not the growth. */
const floor = 40;

const temporary = mkdtempSync(join(tmpdir(), "ldfi-scaling-"));
try {
  const { empty, measured } = given.from === undefined ? measureAll() : JSON.parse(readFileSync(given.from, "utf8"));
  const text = tables(measured, empty);
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify({ empty, measured }, undefined, 2)}\n`);
  if (given.write === true) {
    const page = join(root, "docs", "performance.md");
    writeFileSync(page, between(readFileSync(page, "utf8"), "scaling", text));
    writeFileSync(join(root, "docs", "scaling.svg"), picture(measured));
  } else {
    console.log(text);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function measureAll() {
  const empty = [];
  const measured = panels(join(root, "programs"), temporary)
    .map(({ title, curves }) => ({ title, curves: chosen(title, curves).map((c) => measure(c, empty)) }))
    .filter((panel) => panel.curves.length > 0);
  return { empty: median(empty), measured };
}

function chosen(title, curves) {
  return curves.filter(({ name }) => given.only === undefined || `${title} ${name}`.includes(given.only));
}

function measure({ name, axis, points }, empty) {
  const found = [];
  for (const point of points) {
    process.stderr.write(`${name}, ${axis} ${point.x}\n`);
    empty.push(timed(["-e", "0"]).milliseconds);
    const result = phases(point, { library, repeat, timeout, clock: "cpu" });
    found.push({ x: point.x, ...result });
    // What comes after would take longer still.
    if (result.failed !== undefined) break;
  }
  return { name, axis, points: found };
}

function tables(measured, empty) {
  const machine = `Node ${process.version}, ${process.platform}; \`node -e 0\` took ${ms(empty)} ms (median, on the wall) in the same run. Times are milliseconds of processor time of one check inside a process, garbage collection and compilation included: the median of ${repeat} checks in a row; one of more than two seconds was run once.`;
  const parts = measured.flatMap(({ title, curves }) => {
    const [{ axis }] = curves;
    const heading = [
      "",
      axis,
      "verdict",
      "possible tuples",
      "graph nodes",
      "clauses",
      "run",
      "build",
      "encode",
      "solve",
      "total",
      "peak MB",
    ];
    return [
      `### ${title}`,
      "",
      markdown(
        heading,
        curves.flatMap((c) => c.points.map((p) => row(c.name, p))),
      ),
      "",
    ];
  });
  const fits = measured.flatMap(({ title, curves }) => curves.map((curve) => fitRow(title, curve)));
  const slopes = markdown(["curve", "along", "graph nodes", "clauses", "build", "encode", "solve", "total"], fits);
  return [
    machine,
    "",
    ...parts,
    "### Fitted growth",
    "",
    "The exponent k of *quantity ~ tuples^k*, by least squares over the logarithms: 1 is linear in the number of possible tuples, 2 quadratic. Times are fitted over the points whose total is above " +
      floor +
      " ms; – where fewer than three are.",
    "",
    slopes,
  ].join("\n");
}

function row(name, point) {
  if (point.failed !== undefined) return [name, point.x, `stopped: ${point.failed}`, ...Array(9).fill("–")];
  const { verdict, faults, sizes, milliseconds: t, peakMegabytes } = point;
  const times = [t.run, t.build, t.encode, t.solve, t.total].map(ms);
  return [
    name,
    point.x,
    faults === undefined ? verdict : `${verdict}, ${faults}`,
    sizes.possibleTuples,
    sizes.graphNodes,
    sizes.clauses,
    ...times,
    Math.round(peakMegabytes),
  ];
}

function fitRow(title, { name, axis, points }) {
  const good = points.filter((p) => p.failed === undefined && p.verdict !== "inconclusive");
  const long = good.filter((p) => p.milliseconds.total >= floor);
  const size = (key) => slope(good.map((p) => [p.sizes.possibleTuples, p.sizes[key]]));
  const time = (key) => slope(long.map((p) => [p.sizes.possibleTuples, p.milliseconds[key]]));
  return [
    `${title.split(":")[0].split(",")[0]}, ${name}`,
    axis,
    size("graphNodes"),
    size("clauses"),
    ...["build", "encode", "solve", "total"].map(time),
  ];
}

/** The slope of a line through the logarithms. */
function slope(pairs) {
  const logs = pairs.filter(([x, y]) => x > 0 && y > 0).map(([x, y]) => [Math.log(x), Math.log(y)]);
  if (logs.length < 3) return "–";
  const mean = (i) => logs.reduce((sum, pair) => sum + pair[i], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const under = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return ratio(over / under);
}

function picture(measured) {
  const shown = measured.map(({ title, curves }) => ({
    title,
    curves: curves.map(({ name, points }) => ({
      name,
      points: points
        .filter((p) => p.failed === undefined && p.sizes.possibleTuples > 0)
        .map((p) => ({ x: p.sizes.possibleTuples, y: p.milliseconds.total })),
    })),
  }));
  return plot(shown, { x: "possible tuples", y: "total, ms of processor time" });
}
