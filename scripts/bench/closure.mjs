// Plain evaluation, without faults: the transitive closure of a chain, a million derived tuples at one instant.
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { files } from "./files.mjs";
import { spread, timed } from "./measure.mjs";
import { closure } from "./templates.mjs";

/** n(n + 1)/2 tuples: the first n with a million. */
const edges = 1414;

/** Runs the closure in processes of their own. */
export function plainEvaluation(library, temporary, runs, n = edges) {
  const path = closure(n, join(temporary, "closure"));
  const all = Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = timed([fileURLToPath(import.meta.url), library, path]);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  });
  return {
    tuples: all[0].tuples,
    milliseconds: spread(all.map((r) => r.milliseconds)),
    tuplesPerSecond: spread(all.map((r) => (1000 * r.tuples) / r.milliseconds)),
    bytesPerTuple: spread(all.map((r) => r.bytes / r.tuples)),
  };
}

async function child(library, path) {
  const { load, run } = await import(pathToFileURL(library).href);
  const { program } = load([path], files);
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const result = run(program, { nodes: ["x"], eot: 1, schedule: [], maxTuples: 10_000_000, tick: () => undefined });
  const milliseconds = performance.now() - start;
  if (result.kind === "error") throw new Error(result.error.kind);
  const reach = program.relations.find((r) => r.name === "reach");
  const tuples = result.execution.tuples(reach.id, 1).length;
  console.log(JSON.stringify({ tuples, milliseconds, bytes: (process.resourceUsage().maxRSS - before) * 1024 }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await child(process.argv[2], process.argv[3]);
