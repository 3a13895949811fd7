// npm run bench [-- --runs N] [--only TEXT] [--others-timeout SECONDS] [--no-others] [--json FILE] [--compare FILE] [--from FILE] [--page FILE]
//
// Measures one list of programs (scripts/bench/cases.mjs) with the built command and library, and prints tables in
// Markdown; with --from they are made from a file that --json kept, and with --page they go between the marks of a page.
// Whole-process times stand beside `node -e 0` from the same run; each is a median with minimum and maximum.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { cases } from "./bench/cases.mjs";
import { plainEvaluation } from "./bench/closure.mjs";
import { between, checkArguments, markdown, median, ms, options, phases, ratio, root, spread, timed } from "./bench/measure.mjs";

const given = options(process.argv.slice(2), ["no-others"]);
const runs = Number(given.runs ?? 5);
const limit = Number(given["others-timeout"] ?? 60);
const bin = given.bin ?? join(root, "bin", "ldfi.js");
const library = given.library ?? join(root, "dist", "index.js");
const temporary = mkdtempSync(join(tmpdir(), "ldfi-bench-"));
const say = (text) => process.stderr.write(`${text}\n`);

try {
  const document = given.from === undefined ? measure() : JSON.parse(readFileSync(given.from, "utf8"));
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(document, undefined, 2)}\n`);
  if (given.page === undefined) console.log(report(document));
  else writeFileSync(given.page, between(readFileSync(given.page, "utf8"), "bench", report(document)));
  if (given.compare !== undefined) console.log(`\n${comparison(document, JSON.parse(readFileSync(given.compare, "utf8")))}`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function measure() {
  const chosen = cases(join(root, "programs"), temporary).filter((c) => given.only === undefined || c.name.includes(given.only));
  const empty = [];
  const version = [];
  const results = [];
  for (const one of chosen) {
    say(`${one.name}, EOT ${one.eot}`);
    // The empty process is measured in between, so that both see the same machine.
    const beside = [];
    const whole = repeated(() => {
      beside.push(timed(["-e", "0"]).milliseconds);
      version.push(timed([bin, "--version"]).milliseconds);
      return decided(timed(checkArguments(one, bin))).milliseconds;
    });
    empty.push(...beside);
    results.push({ ...described(one), whole: spread(whole), empty: spread(beside), ...inside(one), ...(one.others && !given["no-others"] ? { others: others(one) } : {}) });
  }
  const node = spread(empty);
  return {
    othersTimeout: limit,
    machine: { node: process.version, platform: `${process.platform} ${process.arch}`, processors: availableParallelism() },
    empty: node,
    version: spread(version),
    cases: results,
    ...(given.only === undefined ? { plain: plainEvaluation(library, temporary, runs) } : {}),
  };
}

function repeated(work) {
  return Array.from({ length: runs }, work);
}

function described({ name, eot, eff, crashes }) {
  return { name, eot, eff, crashes };
}

/** A check that ended with a verdict; anything else is not worth a measurement. */
function decided(run) {
  if (run.status !== 0 && run.status !== 1) throw new Error(`no verdict, exit status ${run.status}: ${run.stderr}`);
  return run;
}

/** What the library says of itself, in processes of its own: medians of the phases. */
function inside(one) {
  const all = repeated(() => phases(one, { library }));
  const failed = all.find((p) => p.failed !== undefined);
  if (failed !== undefined) return { verdict: `failed: ${failed.failed}` };
  const [{ verdict, faults, method, nodes, sizes }] = all;
  const names = Object.keys(all[0].milliseconds);
  return {
    verdict,
    faults,
    method,
    nodes,
    sizes,
    phases: Object.fromEntries(names.map((name) => [name, spread(all.map((p) => p.milliseconds[name]))])),
    peakMegabytes: spread(all.map((p) => p.peakMegabytes)),
  };
}

/** The other strategies on the same question, where they end in time. Random: 25 seeds, and how many of them found a violation. */
function others(one) {
  const result = { lineage: ask(one, []).statistics.milliseconds.total };
  for (const strategy of ["alternate", "exhaustive"]) {
    const answer = ask(one, ["--strategy", strategy, "--max-runs", "100000000", "--timeout", String(limit)]);
    if (answer.verdict !== "inconclusive") result[strategy] = { milliseconds: answer.statistics.milliseconds.total, executions: answer.statistics.executions };
  }
  const seeds = Array.from({ length: 25 }, (_, seed) => ask(one, ["--strategy", "random", "--seed", String(seed), "--timeout", String(limit / 25)]));
  const found = seeds.filter((answer) => answer.verdict === "violated").map((answer) => answer.statistics);
  if (found.length > 0) {
    result.random = { found: found.length, milliseconds: median(found.map((s) => s.milliseconds.total)), executions: median(found.map((s) => s.executions)) };
  }
  return result;
}

function ask(one, more) {
  const { stdout, stderr, status } = timed([...checkArguments(one, bin), ...more]);
  if (status !== 0 && status !== 1 && status !== 3) throw new Error(`no verdict, exit status ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function report({ machine, othersTimeout, empty, version, cases: results, plain }) {
  const range = ({ median: m, min, max }) => `${ms(m)} (${ms(min)}–${ms(max)})`;
  const lines = [
    `Node ${machine.node}, ${machine.platform}, ${machine.processors} processors; ${empty.runs / results.length} runs of each, medians, (minimum–maximum) where given.`,
    `\`node -e 0\`: ${range(empty)} ms. \`ldfi --version\`: ${range(version)} ms, ${ratio(version.median / empty.median)} × \`node -e 0\`.`,
    "",
    "Whole process, in milliseconds; the ratio is to the median of `node -e 0` measured in between the runs of the same program:",
    "",
    markdown(
      ["program", "EOT", "EFF", "crashes", "verdict", "executions", "whole process", "× node -e 0"],
      results.map((r) => [r.name, r.eot, r.eff, r.crashes, verdictOf(r), r.sizes?.executions ?? "–", range(r.whole), ratio(r.whole.median / r.empty.median)]),
    ),
    "",
    "Inside the process, through the library, from a cold start; import is the loading of the library's own code, total is the check without it and without parsing:",
    "",
    markdown(
      ["program", "EOT", "import", "parse", "run", "build", "encode", "solve", "total", "peak MB"],
      inner(results).map(({ name, eot, phases: p, peakMegabytes }) => {
        const times = ["import", "parse", "run", "build", "encode", "solve", "total"].map((phase) => ms(p[phase].median));
        return [name, eot, ...times, Math.round(peakMegabytes.median)];
      }),
    ),
    "",
    "Sizes:",
    "",
    markdown(
      ["program", "EOT", "nodes", "possible tuples", "graph nodes", "in the cone", "variables", "clauses"],
      inner(results).map(({ name, eot, nodes, sizes: s }) => [name, eot, nodes, s.possibleTuples, s.graphNodes, s.coneNodes, s.variables, s.clauses]),
    ),
  ];
  const compared = results.filter((r) => r.others !== undefined && r.phases !== undefined);
  if (compared.length > 0) {
    lines.push("", `The other strategies, as multiples of the time of \`lineage\` (total), and their executions; – where the time limit of ${othersTimeout} s was not enough:`, "");
    lines.push(markdown(["program", "EOT", "verdict", "alternate", "executions", "exhaustive", "executions", "random", "executions", "seeds that found it"], compared.map(otherRow)));
  }
  if (plain !== undefined) {
    lines.push("", `Plain evaluation, a transitive closure of ${plain.tuples} derived tuples: ${range(plain.milliseconds)} ms, ${(plain.tuplesPerSecond.median / 1e6).toFixed(2)} million tuples a second, ${Math.round(plain.bytesPerTuple.median)} bytes of peak memory for each.`);
  }
  return lines.join("\n");
}

function inner(results) {
  return results.filter((r) => r.phases !== undefined);
}

function verdictOf({ verdict, faults }) {
  return faults === undefined ? verdict : `${verdict}, ${faults}`;
}

function otherRow({ name, eot, verdict, others: o }) {
  const against = (strategy) => (o[strategy] === undefined ? ["–", "–"] : [ratio(o[strategy].milliseconds / o.lineage), o[strategy].executions]);
  const seeds = verdict === "violated" ? `${o.random?.found ?? 0} of 25` : "–";
  return [name, eot, verdict, ...against("alternate"), ...against("exhaustive"), ...against("random"), seeds];
}

/** Time and sizes against an earlier file: below 1 is better. */
function comparison(now, before) {
  const old = new Map(before.cases.map((c) => [`${c.name} ${c.eot} ${c.eff} ${c.crashes}`, c]));
  const rows = now.cases.flatMap((c) => {
    const was = old.get(`${c.name} ${c.eot} ${c.eff} ${c.crashes}`);
    if (was?.phases === undefined || c.phases === undefined) return [];
    const times = ["run", "build", "encode", "solve", "total"].map((phase) => ratio(c.phases[phase].median / was.phases[phase].median));
    const process = ratio(c.whole.median / c.empty.median / (was.whole.median / was.empty.median));
    const sizes = ["graphNodes", "clauses"].map((size) => ratio(c.sizes[size] / was.sizes[size]));
    return [[c.name, c.eot, process, ...times, ...sizes, ratio(c.peakMegabytes.median / was.peakMegabytes.median)]];
  });
  const heading = ["program", "EOT", "whole / node -e 0", "run", "build", "encode", "solve", "total", "graph nodes", "clauses", "peak MB"];
  return `Now as a multiple of the earlier file (\`node -e 0\`: ${ms(now.empty.median)} ms now, ${ms(before.empty.median)} ms then):\n\n${markdown(heading, rows)}`;
}
