// npm run bench [-- --runs N] [--only TEXT] [--others-timeout SECONDS] [--no-others] [--json FILE] [--compare FILE] [--from FILE] [--page FILE] [--folder BUILT]
// npm run bench -- --against BUILT [--runs N] [--only TEXT]
//
// Measures one list of programs (scripts/bench/cases.mjs) with the built ldfi of a folder, this one by default, and prints
// tables in Markdown; with --from they are made from a file that --json kept, and with --page they go between the marks of a page.
// With --against, an earlier build and this one take turns at the same checks, and the table says what takes longer since.
// Whole-process times stand beside `node -e 0` from the same run; each is a median with minimum and maximum.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { against } from "./bench/against.mjs";
import { cases } from "./bench/cases.mjs";
import { plainEvaluation } from "./bench/closure.mjs";
import { between, checkArguments, command, median, options, root, spread, timed } from "./bench/measure.mjs";
import { comparison, report } from "./bench/tables.mjs";

const given = options(process.argv.slice(2), ["no-others"]);
const runs = Number(given.runs ?? 5);
const limit = Number(given["others-timeout"] ?? 60);
const folder = given.folder ?? root;
const bin = join(folder, "bin", "ldfi.js");
const temporary = mkdtempSync(join(tmpdir(), "ldfi-bench-"));
const say = (text) => process.stderr.write(`${text}\n`);

try {
  if (given.against === undefined) whole();
  else console.log(against(withoutReach(), { before: given.against, now: folder, runs, say }));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function whole() {
  const document = given.from === undefined ? measure() : JSON.parse(readFileSync(given.from, "utf8"));
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(document, undefined, 2)}\n`);
  if (given.page === undefined) console.log(report(document));
  else writeFileSync(given.page, between(readFileSync(given.page, "utf8"), "bench", report(document)));
  if (given.compare !== undefined)
    console.log(`\n${comparison(document, JSON.parse(readFileSync(given.compare, "utf8")))}`);
}

function chosen(programs = join(root, "programs")) {
  return cases(programs, temporary).filter((c) => given.only === undefined || c.name.includes(given.only));
}

/** The same cases without `//! reach` lines: questions that an earlier build does not know, and takes for comments. */
function withoutReach() {
  const programs = join(temporary, "programs");
  cpSync(join(root, "programs"), programs, { recursive: true });
  const list = chosen(programs);
  for (const name of readdirSync(temporary, { recursive: true, encoding: "utf8" })) {
    const path = join(temporary, name);
    if (name.endsWith(".ded")) writeFileSync(path, readFileSync(path, "utf8").replace(/^\/\/! reach .*$/gm, "//"));
  }
  return list;
}

function measure() {
  const empty = [];
  const version = [];
  const results = [];
  for (const one of chosen()) {
    say(`${one.name}, EOT ${one.eot}`);
    // The empty process is measured in between, so that both see the same machine.
    const beside = [];
    const whole = repeated(() => {
      beside.push(timed(["-e", "0"]).milliseconds);
      version.push(timed([bin, "--version"]).milliseconds);
      return decided(timed(checkArguments(one, bin))).milliseconds;
    });
    empty.push(...beside);
    results.push({
      ...described(one),
      whole: spread(whole),
      empty: spread(beside),
      ...inside(one),
      ...(one.others && !given["no-others"] ? { others: others(one) } : {}),
    });
  }
  const node = spread(empty);
  return {
    othersTimeout: limit,
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      processors: availableParallelism(),
    },
    empty: node,
    version: spread(version),
    cases: results,
    ...(given.only === undefined ? { plain: plainEvaluation(join(folder, "dist", "index.js"), temporary, runs) } : {}),
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

/** What one check says of itself, in processes of its own: medians of the phases. */
function inside(one) {
  const all = repeated(() => command(one, folder));
  const failed = all.find((p) => p.failed !== undefined);
  if (failed !== undefined) return { verdict: `failed: ${failed.failed}` };
  const [{ verdict, faults, nodes, sizes }] = all;
  const names = Object.keys(all[0].milliseconds);
  return {
    verdict,
    faults,
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
    if (answer.verdict !== "inconclusive")
      result[strategy] = {
        milliseconds: answer.statistics.milliseconds.total,
        executions: answer.statistics.executions,
      };
  }
  const seeds = Array.from({ length: 25 }, (_, seed) =>
    ask(one, ["--strategy", "random", "--seed", String(seed), "--timeout", String(limit / 25)]),
  );
  const found = seeds.filter((answer) => answer.verdict === "violated").map((answer) => answer.statistics);
  if (found.length > 0) {
    result.random = {
      found: found.length,
      milliseconds: median(found.map((s) => s.milliseconds.total)),
      executions: median(found.map((s) => s.executions)),
    };
  }
  return result;
}

function ask(one, more) {
  const { stdout, stderr, status } = timed([...checkArguments(one, bin), ...more]);
  if (status !== 0 && status !== 1 && status !== 3) throw new Error(`no verdict, exit status ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
