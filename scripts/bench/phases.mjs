// One check through the built library: phases.mjs LIBRARY PROGRAM EOT EFF CRASHES REPEAT wall|cpu BOUNDS. Prints one JSON document.
// With `cpu` the times of the check are of all processors used, and not of the clock on the wall.
import { pathToFileURL } from "node:url";
import { files } from "./files.mjs";
import { median, numericBounds } from "./measure.mjs";

const [libraryPath, path, ...rest] = process.argv.slice(2);
const [eot, eff, crashes, repeat] = rest.map(Number);
const limits = rest[4] === "cpu" ? { now: cpu } : {};
const { check, load, prepare } = await import(pathToFileURL(libraryPath).href);
const { program, diagnostics } = load([path], files);
if (program === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
const { setting } = prepare(program, { eot, eff, crashes, ...numericBounds(JSON.parse(rest[5] ?? "{}")) });
const loaded = performance.now();

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const times = [];
let verdict;
// Long checks are not repeated: what starting up adds to them is little.
for (let i = 0; i < repeat && performance.now() - loaded < 2000; i++) {
  const result = check(setting, limits);
  if (result.kind === "error") throw new Error(result.error.kind);
  verdict = result.verdict;
  times.push(verdict.statistics.times);
}
const { executions, possibleTuples, graphNodes, coneNodes, variables, clauses } = verdict.statistics;
const of = (phase) => median(times.map((t) => t[phase]));
console.log(
  JSON.stringify({
    verdict: verdict.kind,
    method: verdict.method,
    ...(verdict.kind === "violated" ? { faults: verdict.counterexample.schedule.length } : {}),
    ...(verdict.kind === "inconclusive" ? { reason: verdict.detail } : {}),
    nodes: verdict.budget.nodes.length,
    sizes: { executions, possibleTuples, graphNodes, coneNodes, variables, clauses },
    milliseconds: {
      run: of("run") + of("rerun"),
      build: of("build"),
      encode: of("encode"),
      solve: of("solve"),
      total: of("total"),
    },
    // Kilobytes on Linux and macOS.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
