import type { TraceAnalysis } from "../../tracing/analysis.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";

/** The result for recorded traces, as JSON (schema/trace.schema.json). */
export function traceDocument(files: readonly string[], analysis: TraceAnalysis, envelope: Envelope): JsonObject {
  const { scenario, successes, failures, others, calls, cuts, complete, most, suggestions } = analysis;
  return {
    format: formatVersion,
    ...envelope,
    files,
    scenario,
    successes,
    failures,
    others,
    calls: calls.map(({ call, count, always }) => ({
      id: call.id,
      caller: call.caller,
      service: call.service,
      ...(call.method === undefined ? {} : { method: call.method }),
      successes: count,
      always,
    })),
    most,
    complete,
    cuts,
    suggestions: suggestions.map(({ calls: ids, fault, why }) => ({ calls: ids, fault, why })),
  };
}
