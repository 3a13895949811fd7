// What a bench says: the tables made from the document that it measured.
import { markdown, ms, ratio } from "./measure.mjs";

/** Less memory than this, in bytes, is not worth dividing. */
const noise = 10 * 2 ** 20;
/** The phases as the table names them. */
const shown = {
  "start-up": "start",
  parse: "parse",
  run: "run",
  build: "build",
  encode: "encode",
  solve: "solve",
  "re-run": "rerun",
  total: "total",
  report: "report",
};

/** Everything that a bench measured. */
export function report({ machine, othersTimeout, empty, version, cases: results, plain }) {
  const range = ({ median: m, min, max }) => `${ms(m)} (${ms(min)}–${ms(max)})`;
  const lines = [
    `Node ${machine.node}, ${machine.platform}, ${machine.processors} processors; ${empty.runs / results.length} runs of each, medians, (minimum–maximum) where given.`,
    `\`node -e 0\`: ${range(empty)} ms. \`ldfi --version\`: ${range(version)} ms, ${ratio(version.median / empty.median)} × \`node -e 0\`.`,
    "",
    "Whole process, in milliseconds; the ratio is to the median of `node -e 0` measured in between the runs of the same program:",
    "",
    markdown(
      ["program", "EOT", "EFF", "crashes", "verdict", "executions", "whole process", "× node -e 0"],
      results.map((r) => [
        r.name,
        r.eot,
        r.eff,
        r.crashes,
        verdictOf(r),
        r.sizes?.executions ?? "–",
        range(r.whole),
        ratio(r.whole.median / r.empty.median),
      ]),
    ),
    "",
    "Inside a process that does what the command's thread does, from its start to the report; total is the search, without the first two and the last:",
    "",
    markdown(
      ["program", "EOT", ...Object.keys(shown)],
      inner(results).map(({ name, eot, phases: p }) => [
        name,
        eot,
        ...Object.values(shown).map((phase) => ms(p[phase].median)),
      ]),
    ),
    "",
    "Sizes:",
    "",
    markdown(
      ["program", "EOT", "nodes", "possible tuples", "graph nodes", "in the cone", "variables", "clauses"],
      inner(results).map(({ name, eot, nodes, sizes: s }) => [
        name,
        eot,
        nodes,
        s.possibleTuples,
        s.graphNodes,
        s.coneNodes,
        s.variables,
        s.clauses,
      ]),
    ),
    "",
    memory(inner(results)),
  ];
  const compared = results.filter((r) => r.others !== undefined && r.phases !== undefined);
  if (compared.length > 0) {
    lines.push(
      "",
      `The other strategies, as multiples of the time of \`lineage\` (total), and their executions; – where the time limit of ${othersTimeout} s was not enough:`,
      "",
    );
    lines.push(
      markdown(
        [
          "program",
          "EOT",
          "verdict",
          "alternate",
          "executions",
          "exhaustive",
          "executions",
          "random",
          "executions",
          "seeds that found it",
        ],
        compared.map(otherRow),
      ),
    );
  }
  if (plain !== undefined) {
    lines.push(
      "",
      `Plain evaluation, a transitive closure of ${plain.tuples} derived tuples: ${range(plain.milliseconds)} ms, ${(plain.tuplesPerSecond.median / 1e6).toFixed(2)} million tuples a second, ${Math.round(plain.bytesPerTuple.median)} bytes of peak memory for each.`,
    );
  }
  return lines.join("\n");
}

/** Peak memory, and what it comes to beyond the smallest check of the list, where that is more than noise. */
function memory(results) {
  const least = Math.min(...results.map((r) => r.peakMegabytes.median));
  const rows = results.flatMap(({ name, eot, sizes, peakMegabytes: { median: peak } }) => {
    const beyond = (peak - least) * 2 ** 20;
    return beyond < noise
      ? []
      : [
          [
            name,
            eot,
            Math.round(peak),
            ms(beyond / sizes.possibleTuples / 1024),
            Math.round(beyond / sizes.graphNodes),
          ],
        ];
  });
  const heading = `Peak memory where it is ${noise / 2 ** 20} MB or more above the ${Math.round(least)} MB of the smallest check, and what that comes to (clauses, solver and garbage included):`;
  return [
    heading,
    "",
    markdown(["program", "EOT", "peak MB", "kB for each possible tuple", "bytes for each graph node"], rows),
  ].join("\n");
}

function inner(results) {
  return results.filter((r) => r.phases !== undefined);
}

function verdictOf({ verdict, faults }) {
  return faults === undefined ? verdict : `${verdict}, ${faults}`;
}

function otherRow({ name, eot, verdict, others: o }) {
  const against = (strategy) =>
    o[strategy] === undefined ? ["–", "–"] : [ratio(o[strategy].milliseconds / o.lineage), o[strategy].executions];
  const seeds = verdict === "violated" ? `${o.random?.found ?? 0} of 25` : "–";
  return [name, eot, verdict, ...against("alternate"), ...against("exhaustive"), ...against("random"), seeds];
}

/** Time and sizes against an earlier file: below 1 is better. */
export function comparison(now, before) {
  const phases = ["run", "build", "encode", "solve", "total"];
  const old = new Map(before.cases.map((c) => [`${c.name} ${c.eot} ${c.eff} ${c.crashes}`, c]));
  const rows = now.cases.flatMap((c) => {
    const was = old.get(`${c.name} ${c.eot} ${c.eff} ${c.crashes}`);
    if (was?.phases === undefined || c.phases === undefined) return [];
    const times = phases.map((phase) => ratio(c.phases[phase].median / was.phases[phase].median));
    const process = ratio(c.whole.median / c.empty.median / (was.whole.median / was.empty.median));
    const sizes = ["graphNodes", "clauses"].map((size) => ratio(c.sizes[size] / was.sizes[size]));
    return [[c.name, c.eot, process, ...times, ...sizes, ratio(c.peakMegabytes.median / was.peakMegabytes.median)]];
  });
  const heading = ["program", "EOT", "whole / node -e 0", ...phases, "graph nodes", "clauses", "peak MB"];
  return `Now as a multiple of the earlier file (\`node -e 0\`: ${ms(now.empty.median)} ms now, ${ms(before.empty.median)} ms then):\n\n${markdown(heading, rows)}`;
}
