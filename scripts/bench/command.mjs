// One check as the command's thread does it, in a process of its own: command.mjs FOLDER PROGRAM EOT EFF CRASHES BOUNDS, with the folder
// of a built ldfi. Prints one JSON document. The phases follow one another without a gap, from the start of the process
// to the report; what they leave out of a whole process is the thread, the output and the exit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { Script } from "node:vm";
import { files } from "./files.mjs";
import { numericBounds } from "./measure.mjs";

const [folder, path, ...rest] = process.argv.slice(2);
const [eot, eff, crashes] = rest.map(Number);
const { execute } = loadWork(resolve(folder, "dist", "cli"));
let searching;
const host = {
  reader: files,
  print() {},
  // The first sign of progress is given just before the first execution.
  reads: () => {},
  progress: () => {
    searching ??= performance.now();
  },
  interrupted: () => false,
  write() {},
  create() {},
  append() {},
};
const terminal = { colour: false, unicode: true, width: 80 };
const parameters = { eot, eff, crashes, ...numericBounds(JSON.parse(rest[3] ?? "{}")) };
const job = {
  kind: "check",
  files: [path],
  includeDirs: [],
  format: "json",
  quiet: false,
  terminal,
  all: false,
  strict: false,
  pin: false,
  margin: false,
  verbose: false,
  reports: [],
  parameters,
};
const started = performance.now();
const { stdout, stderr } = await (execute.length === 2 ? execute(job, host) : execute("check", job, host));
const ended = performance.now();
if (searching === undefined) throw new Error(`no search was begun: ${stderr}`);
const { verdict, counterexample, budget, statistics } = JSON.parse(stdout);
const { milliseconds, executions, possibleTuples, graphNodes, coneNodes, variables, clauses } = statistics;
const { run, rerun, build, encode, solve, total } = milliseconds;
console.log(
  JSON.stringify({
    verdict,
    ...(verdict === "violated" ? { faults: counterexample.faults } : {}),
    nodes: budget.nodes.length,
    sizes: { executions, possibleTuples, graphNodes, coneNodes, variables, clauses },
    milliseconds: {
      start: started,
      parse: searching - started,
      run,
      build,
      encode,
      solve,
      rerun,
      report: ended - searching - total,
      total,
    },
    // Kilobytes on Linux and macOS.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);

/** What src/cli/compiled-code.ts does: the code and its compiled form. */
function loadWork(cli) {
  const code = join(cli, "work.cjs");
  const script = new Script(readFileSync(code, "latin1"), {
    filename: code,
    cachedData: readFileSync(join(cli, "work.cache")),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(code), module, code);
  return module.exports;
}
