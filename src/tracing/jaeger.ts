import type { JsonObject } from "./json-values.js";
import { isObject, objects, text } from "./json-values.js";
import type { Span, SpanKind } from "./span.js";

const kinds: readonly SpanKind[] = ["server", "client", "producer", "consumer"];

/** The spans of traces as Jaeger's API and its user interface export them: `{ "data": [{ "spans": …, "processes": … }] }`. */
export function spansOfJaeger(document: unknown): readonly Span[] | undefined {
  const traces = isObject(document) && Array.isArray(document.data) ? objects(document.data) : undefined;
  if (traces === undefined || !traces.every((trace) => Array.isArray(trace.spans))) return undefined;
  return traces.flatMap((trace) => {
    const processes = isObject(trace.processes) ? trace.processes : {};
    return objects(trace.spans).flatMap((span) => spanOf(span, processes));
  });
}

function spanOf(span: JsonObject, processes: JsonObject): readonly Span[] {
  const traceId = text(span.traceID);
  const id = text(span.spanID);
  if (traceId === undefined || id === undefined) return [];
  const own = isObject(span.process) ? span.process : processes[String(span.processID)];
  const tags = Object.fromEntries(
    objects(span.tags).flatMap(({ key, value }) => (typeof key === "string" ? [[key, String(value)]] : [])),
  );
  const references = objects(span.references);
  const parent = references.find(({ refType }) => refType === "CHILD_OF") ?? references[0];
  const kind = kinds.find((one) => one === tags["span.kind"]);
  return [
    {
      traceId,
      id,
      parent: text(parent?.spanID),
      service: (isObject(own) ? text(own.serviceName) : undefined) ?? "unknown",
      name: text(span.operationName) ?? "",
      kind: kind ?? "internal",
      attributes: tags,
      start: Number(span.startTime ?? 0),
      failed: tags.error === "true" || tags["otel.status_code"] === "ERROR",
    },
  ];
}
