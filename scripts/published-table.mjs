// node scripts/published-table.mjs [--check] [README.md]
//
// Runs the configurations published for the research prototype (Alvaro, Rosen, Hellerstein, SIGMOD 2015) and writes
// our executions beside the published ones, between <!-- published:begin --> and <!-- published:end --> of the file.
// With --check nothing is written, and the exit status is 1 if the file says something else. Without a file: prints.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { published } from "./bench/cases.mjs";
import { between, checkArguments, markdown, options, root, timed } from "./bench/measure.mjs";

const given = options(process.argv.slice(2), ["check"]);
const [path] = given.words;
const bin = given.bin ?? join(root, "bin", "ldfi.js");

const rows = published.map((row) => {
  const { stdout, stderr, status } = timed(
    checkArguments({ ...row, path: join("programs", `${row.program}.ded`) }, bin),
  );
  if (status !== 0 && status !== 1) throw new Error(`${row.program}: exit status ${status}: ${stderr}`);
  const { verdict, counterexample, statistics } = JSON.parse(stdout);
  if (verdict !== row.expect) throw new Error(`${row.program} at EOT ${row.eot}: ${verdict}, and not ${row.expect}`);
  return { ...row, faults: counterexample?.faults, ours: statistics.executions };
});

const cells = ({ program, eot, eff, crashes, executions = "–", ours }) => [
  `\`${program}\``,
  eot,
  eff,
  crashes,
  executions,
  ours,
];
const heading = ["program", "EOT", "EFF", "crashes", "published executions", "ours"];
const violated = rows.filter((row) => row.expect === "violated");
const text = [
  "Violated, with the smallest number of faults:",
  "",
  markdown(
    [...heading, "faults"],
    violated.map((row) => [...cells(row), row.faults]),
  ),
  "",
  "Holds:",
  "",
  markdown(heading, rows.filter((row) => row.expect === "holds").map(cells)),
].join("\n");

if (path === undefined) {
  console.log(text);
} else {
  const before = readFileSync(path, "utf8");
  const after = between(before, "published", text);
  if (given.check === true) process.exitCode = before === after ? 0 : 1;
  else if (before !== after) writeFileSync(path, after);
}
