// node scripts/external-solvers.mjs [docs/performance.md] [--runs N] [--only TEXT] [--timeout SECONDS]
//
// Measures whole checks of the bench's cases with the built-in solver and with those of `--solver` that are installed, one after the
// other, and writes the ratios between <!-- external:begin --> and <!-- external:end --> of the file. Without a file: prints.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cases } from "./bench/cases.mjs";
import { between, checkArguments, markdown, median, options, root, timed } from "./bench/measure.mjs";
import { broadcast, paxos } from "./bench/templates.mjs";

const given = options(process.argv.slice(2), []);
const [page] = given.words;
const runs = Number(given.runs ?? 3);
const timeout = Number(given.timeout ?? 60) * 1000;
/** Smaller questions are answered before a process could start. */
const leastClauses = 500;

const known = [
  { name: "cadical", command: "cadical", version: ["--version"] },
  { name: "minisat", command: "minisat {}", version: [] },
  { name: "picosat", command: "picosat", version: ["--version"] },
];
const solvers = known.flatMap(({ name, command, version }) => {
  const { error, stdout } = spawnSync(name, version.length === 0 ? ["--help"] : version, { encoding: "utf8" });
  return error === undefined ? [{ name, command, version: version.length === 0 ? "" : stdout.trim() }] : [];
});

const temporary = mkdtempSync(join(tmpdir(), "ldfi-external-"));
try {
  const text = report(
    [...cases(join(root, "programs"), temporary), ...larger()]
      .filter(({ name }) => given.only === undefined || name.includes(given.only))
      .flatMap(measured),
  );
  if (page === undefined) console.log(text);
  else writeFileSync(page, between(readFileSync(page, "utf8"), "external", text));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Questions that are larger than those of the bench. */
function larger() {
  const deep = (name, path, eot, crashes = 1) => ({ name, path, eot, eff: eot - 1, crashes });
  const library = (name) => join(root, "programs", `${name}.ded`);
  return [
    deep("delivery/ack, 30 nodes", broadcast("ack", 30, join(temporary, "ack-30")), 20),
    deep("paxos, 7 acceptors", paxos(7, join(temporary, "paxos-7-deep")), 80),
    { ...deep("replication/kafka-isr-clean", library("replication/kafka-isr-clean"), 65), eff: 63 },
    deep("large/vsr", library("large/vsr"), 20),
  ];
}

/** One case with every solver in turn; none if its question is small. */
function measured(one) {
  const variants = [undefined, ...solvers].map((solver) => ({
    words: [...checkArguments(one), ...(solver === undefined ? [] : ["--solver", solver.command])],
    times: [],
    solving: [],
  }));
  for (let run = 0; run < runs; run++) {
    for (const variant of variants) {
      if (variant.late === true) continue;
      const { milliseconds, status, stdout, stderr } = timed(variant.words, { timeout });
      if (milliseconds >= timeout) {
        variant.late = true;
        continue;
      }
      if (status > 1) throw new Error(`${one.name}, ${variant.words.at(-1)}: exit status ${status}: ${stderr}`);
      const { verdict, counterexample, statistics } = JSON.parse(stdout);
      if (statistics.clauses < leastClauses) return [];
      variant.times.push(milliseconds);
      variant.solving.push(statistics.milliseconds.solve);
      variant.answer = { verdict, faults: counterexample?.faults, statistics };
    }
  }
  const [builtIn] = variants;
  if (builtIn.late === true) throw new Error(`${one.name}: ${timeout / 1000} s are not enough for the built-in solver`);
  for (const { answer, words } of variants)
    if (answer !== undefined && answer.verdict !== builtIn.answer?.verdict)
      throw new Error(`${one.name}: ${words.at(-1)} says ${answer.verdict}, and not ${builtIn.answer?.verdict}`);
  process.stderr.write(`${one.name}: ${variants.map(({ times }) => times.map(Math.round).join(" ")).join(" | ")}\n`);
  return [{ ...one, variants }];
}

function report(rows) {
  const names = solvers.map(({ name }) => name);
  const heading = ["program", "EOT", "verdict", "clauses", "questions", "built-in", "of it solving", ...names];
  const ratio = (i, of) => (row) => median(row.variants[i + 1][of]) / median(row.variants[0][of]);
  const cells = rows.map((row) => {
    const [{ answer, times, solving }, ...others] = row.variants;
    const { verdict, faults, statistics } = answer;
    return [
      row.name,
      row.eot,
      faults === undefined ? verdict : `${verdict}, ${faults}`,
      statistics.clauses,
      statistics.solverCalls,
      Math.round(median(times)),
      Math.round(median(solving)),
      ...others.map(({ late }, i) =>
        late === true ? "–" : `${ratio(i, "times")(row).toFixed(2)} (${ratio(i, "solving")(row).toFixed(2)})`,
      ),
    ];
  });
  const mean = (i, of) => {
    const logs = rows.filter((row) => row.variants[i + 1].late !== true).map((row) => Math.log(ratio(i, of)(row)));
    return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length).toFixed(2);
  };
  const means = solvers.map((_, i) => `${mean(i, "times")} (${mean(i, "solving")})`);
  const versions = solvers.map(({ name, version }) => `${name}${version === "" ? "" : ` ${version}`}`).join(", ");
  return [
    `Node ${process.version}; ${versions}. Milliseconds of whole checks with the built-in solver, medians of ${runs};`,
    "for the others the ratio to that, and in parentheses the ratio of the time of solving alone;",
    `– where ${timeout / 1000} s were not enough.`,
    "",
    markdown(heading, [...cells, ["geometric mean", "", "", "", "", "", "", ...means]]),
  ].join("\n");
}
