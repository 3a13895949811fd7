// Two builds of ldfi against one another in one run: what takes longer since.
import { join } from "node:path";
import { checkArguments, markdown, median, ms, ratio, timed } from "./measure.mjs";

/**
 * The same checks by the build of `before` and by that of `now`, taking turns, so that both see the same machine: `runs`
 * whole processes of each, beside as many of `node -e 0`. Gives a table in Markdown. A case that the older build
 * refuses (an option, a part of the language that it does not know) is named and left out.
 */
export function against(cases, { before, now, runs, say }) {
  const bins = { before: join(before, "bin", "ldfi.js"), now: join(now, "bin", "ldfi.js") };
  const rows = [];
  const refused = [];
  for (const one of cases) {
    say(`${one.name}, EOT ${one.eot}`);
    const first = { before: decided(one, bins.before), now: decided(one, bins.now) };
    if (first.now === undefined) throw new Error(`${one.name}: no verdict`);
    if (first.before === undefined) {
      refused.push(`${one.name}, EOT ${one.eot}`);
      continue;
    }
    const took = { empty: [], before: [], now: [] };
    for (let run = 0; run < runs; run++) {
      took.empty.push(timed(["-e", "0"]).milliseconds);
      // Who goes first changes, so that neither always runs after the other.
      for (const build of run % 2 === 0 ? ["before", "now"] : ["now", "before"])
        took[build].push(timed(checkArguments(one, bins[build])).milliseconds);
    }
    const same = first.before.verdict === first.now.verdict && first.before.faults === first.now.faults;
    rows.push({ ...one, same, ...first, took });
  }
  const heading = ["program", "EOT", "verdict", "node -e 0", "before", "now", "medians", "least", "graph nodes"];
  const table = markdown(
    heading,
    rows.map(({ name, eot, same, before: b, now: n, took }) => [
      name,
      eot,
      same ? n.verdict : `DIFFERS: ${b.verdict}, now ${n.verdict}`,
      ...[took.empty, took.before, took.now].map((times) => ms(median(times))),
      ratio(median(took.now) / median(took.before)),
      ratio(Math.min(...took.now) / Math.min(...took.before)),
      b.graphNodes === n.graphNodes ? n.graphNodes : `${b.graphNodes} → ${n.graphNodes}`,
    ]),
  );
  const mean = (of) => ratio(Math.exp(rows.reduce((sum, row) => sum + Math.log(of(row)), 0) / rows.length));
  return [
    `Whole process in milliseconds, ${runs} runs of each build taking turns; now as a multiple of before, of the medians and of the least:`,
    "",
    table,
    "",
    `Geometric mean: ${mean(({ took }) => median(took.now) / median(took.before))} of the medians, ${mean(({ took }) => Math.min(...took.now) / Math.min(...took.before))} of the least.`,
    ...(refused.length === 0 ? [] : ["", `The earlier build refuses: ${refused.join("; ")}.`]),
  ].join("\n");
}

/** What a check says, or undefined where it ends without a verdict. */
function decided(one, bin) {
  const { stdout, status } = timed(checkArguments(one, bin));
  if (status !== 0 && status !== 1) return undefined;
  const { verdict, counterexample, statistics } = JSON.parse(stdout);
  return { verdict, faults: counterexample?.faults?.length, graphNodes: statistics.graphNodes };
}
