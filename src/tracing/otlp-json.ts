import type { JsonObject } from "./json-values.js";
import { isObject, objects, text } from "./json-values.js";
import type { Span, SpanKind } from "./span.js";

/** By number (opentelemetry-proto, trace.proto) and by name, which some exporters write. */
const kinds: Readonly<Record<string, SpanKind>> = {
  "2": "server",
  "3": "client",
  "4": "producer",
  "5": "consumer",
  SPAN_KIND_SERVER: "server",
  SPAN_KIND_CLIENT: "client",
  SPAN_KIND_PRODUCER: "producer",
  SPAN_KIND_CONSUMER: "consumer",
};

/** The spans of an `ExportTraceServiceRequest` as JSON; `undefined` if it is not one. */
export function spansOfOtlp(document: unknown): readonly Span[] | undefined {
  if (!isObject(document)) return undefined;
  const resources = document.resourceSpans ?? document.resource_spans;
  if (!Array.isArray(resources)) return undefined;
  return objects(resources).flatMap((entry) => {
    const resource = isObject(entry.resource) ? attributesOf(entry.resource.attributes) : {};
    const scopes = entry.scopeSpans ?? entry.scope_spans ?? entry.instrumentationLibrarySpans;
    return objects(scopes).flatMap((scope) => objects(scope.spans).flatMap((span) => spanOf(span, resource)));
  });
}

function spanOf(span: JsonObject, resource: Readonly<Record<string, string>>): readonly Span[] {
  const traceId = text(span.traceId ?? span.trace_id);
  const id = text(span.spanId ?? span.span_id);
  if (traceId === undefined || id === undefined) return [];
  const status = isObject(span.status) ? String(span.status.code ?? "") : "";
  return [
    {
      traceId: traceId.toLowerCase(),
      id: id.toLowerCase(),
      parent: text(span.parentSpanId ?? span.parent_span_id)?.toLowerCase(),
      service: resource["service.name"] ?? "unknown",
      name: text(span.name) ?? "",
      kind: kinds[String(span.kind)] ?? "internal",
      attributes: attributesOf(span.attributes),
      start: Number(span.startTimeUnixNano ?? span.start_time_unix_nano ?? 0),
      failed: status === "2" || status === "STATUS_CODE_ERROR",
    },
  ];
}

function attributesOf(list: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    objects(list).flatMap(({ key, value }) => {
      if (typeof key !== "string" || !isObject(value)) return [];
      const found = value.stringValue ?? value.intValue ?? value.boolValue ?? value.doubleValue;
      return found === undefined ? [] : [[key, String(found)]];
    }),
  );
}
