import type { Estimate, Sample } from "../../search/estimate.js";
import { count, formatTime } from "../../wording/numbers.js";

/** What a check is likely to take, from the checks up to smaller ends of time. */
export function estimateInWords({ eot, samples, builtTo, nodes, milliseconds }: Estimate): string {
  const lines = samples.map((sample) => `EOT ${sample.eot}  ${outcome(sample)}`);
  if (samples.at(-1)?.eot === eot) return `${lines.join("\n")}\n`;
  const size = builtTo === eot ? count(nodes, "graph node") : `about ${count(rounded(nodes), "graph node")}`;
  const from = builtTo === eot ? "" : `, from instants 1 to ${builtTo} of it`;
  const time = milliseconds === undefined ? "" : `, and is likely to take about ${formatTime(milliseconds)}`;
  return `${[...lines, `EOT ${eot}  has ${size}${from}${time}`].join("\n")}\n`;
}

function outcome({ verdict, nodes, clauses, milliseconds }: Sample): string {
  if (verdict === "error") return "ends in an error of the program";
  return `${verdict} in ${formatTime(milliseconds)}: ${count(nodes, "graph node")}, ${count(clauses, "clause")}`;
}

/** Two digits say as much as an extrapolation knows. */
function rounded(n: number): number {
  return Number(n.toPrecision(2));
}
