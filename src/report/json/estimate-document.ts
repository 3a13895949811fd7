import type { Estimate } from "../../search/estimate.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";

/** The estimate of a check, as schema/estimate.schema.json describes it. */
export function estimateDocument(
  { eot, samples, builtTo, nodes, milliseconds }: Estimate,
  files: readonly string[],
  envelope: Envelope,
): JsonObject {
  return {
    format: formatVersion,
    ...envelope,
    files,
    eot,
    builtTo,
    graphNodes: nodes,
    ...(milliseconds === undefined ? {} : { milliseconds: Math.round(milliseconds) }),
    samples: samples.map((sample) => ({
      eot: sample.eot,
      verdict: sample.verdict,
      graphNodes: sample.nodes,
      clauses: sample.clauses,
      milliseconds: Math.round(sample.milliseconds),
    })),
  };
}
