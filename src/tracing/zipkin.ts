import { isObject, objects, text } from "./json-values.js";
import type { Span, SpanKind } from "./span.js";

const kinds: Readonly<Record<string, SpanKind>> = {
  SERVER: "server",
  CLIENT: "client",
  PRODUCER: "producer",
  CONSUMER: "consumer",
};

/**
 * The spans of a list of Zipkin v2 spans, or of a list of such lists. The two sides of a call may share one span id (`shared`):
 * the server's span then gets its own, below the client's.
 */
export function spansOfZipkin(document: unknown): readonly Span[] | undefined {
  if (!Array.isArray(document)) return undefined;
  const list = objects(document.flat());
  if (!list.every((span) => typeof span.traceId === "string" && typeof span.id === "string")) return undefined;
  const spans = list.map((span): Span => {
    const tags = Object.fromEntries(
      Object.entries(isObject(span.tags) ? span.tags : {}).map(([k, v]) => [k, String(v)]),
    );
    const remote = isObject(span.remoteEndpoint) ? text(span.remoteEndpoint.serviceName) : undefined;
    const kind = kinds[String(span.kind)] ?? "internal";
    const id = String(span.id);
    return {
      traceId: String(span.traceId),
      id: kind === "server" ? serverId(id) : id,
      parent: text(span.parentId),
      service: (isObject(span.localEndpoint) ? text(span.localEndpoint.serviceName) : undefined) ?? "unknown",
      name: text(span.name) ?? "",
      kind,
      attributes: remote === undefined ? tags : { ...tags, "peer.service": remote },
      start: Number(span.timestamp ?? 0),
      failed: tags.error !== undefined,
    };
  });
  const key = (traceId: string, id: string): string => `${traceId} ${id}`;
  const ids = new Set(spans.map(({ traceId, id }) => key(traceId, id)));
  return spans.map((span) => {
    const client = span.kind === "server" ? span.id.slice(0, -serverMark.length) : undefined;
    if (client !== undefined && ids.has(key(span.traceId, client))) return { ...span, parent: client };
    const { parent } = span;
    if (parent === undefined) return span;
    // The server's own calls are children of the server's side of the call.
    const server = serverId(parent);
    const below = ids.has(key(span.traceId, server)) && span.id !== server;
    return below ? { ...span, parent: server } : span;
  });
}

const serverMark = "/server";

function serverId(id: string): string {
  return `${id}${serverMark}`;
}
