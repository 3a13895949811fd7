import type { CallId } from "../hunting/call.js";
import { callId } from "../hunting/call.js";
import type { Span } from "./span.js";
import { attribute, statusOf } from "./span.js";

/** A call of a trace, with the name that a hunt gives it. */
export interface TracedCall {
  readonly id: CallId;
  readonly caller: CallId;
  readonly name: string;
  readonly service: string;
  readonly method: string | undefined;
  readonly succeeded: boolean;
}

/** One request and the calls made for it. */
export interface TracedRequest {
  readonly traceId: string;
  /** The service and the request to it. */
  readonly scenario: string;
  readonly root: CallId;
  readonly succeeded: boolean;
  readonly calls: readonly TracedCall[];
}

/** The requests in some spans, in the order of their start. If a trace has several roots, the first is taken. */
export function requestsOf(spans: readonly Span[]): readonly TracedRequest[] {
  const traces = new Map<string, Span[]>();
  for (const span of spans) {
    const trace = traces.get(span.traceId);
    if (trace === undefined) traces.set(span.traceId, [span]);
    else trace.push(span);
  }
  return [...traces].flatMap(([traceId, trace]) => requestOf(traceId, trace) ?? []);
}

function requestOf(traceId: string, trace: readonly Span[]): TracedRequest | undefined {
  const sorted = [...trace].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  const ids = new Set(sorted.map(({ id }) => id));
  const children = new Map<string, Span[]>();
  for (const span of sorted) {
    if (span.parent === undefined || !ids.has(span.parent)) continue;
    children.set(span.parent, [...(children.get(span.parent) ?? []), span]);
  }
  const root = sorted.find(({ parent }) => parent === undefined || !ids.has(parent));
  if (root === undefined) return undefined;
  const calls: TracedCall[] = [];
  const below = ({ id }: Span): readonly Span[] => children.get(id) ?? [];
  const numbers = new Map<string, number>();
  /** Finds the calls below a span that `service` makes for `caller`. */
  const visit = (span: Span, caller: CallId, service: string): void => {
    for (const child of below(span)) {
      const server = child.kind === "client" || child.kind === "producer" ? below(child).find(isServing) : undefined;
      const outgoing = child.kind === "client" || child.kind === "producer";
      const crossing = !outgoing && child.service !== service;
      if (!outgoing && !crossing) {
        visit(child, caller, service);
        continue;
      }
      const callee = server ?? (crossing ? child : undefined);
      const base = baseOf(child, callee);
      const number = (numbers.get(`${caller} ${base}`) ?? 0) + 1;
      numbers.set(`${caller} ${base}`, number);
      const name = `${base}#${number}`;
      const id = callId(caller, name);
      const called = callee?.service ?? peerOf(child);
      calls.push({ id, caller, name, service: called, method: methodOf(callee ?? child), succeeded: succeeded(child) });
      if (callee !== undefined) visit(callee, id, callee.service);
      if (callee !== child) for (const other of below(child)) if (other !== callee) visit(other, id, called);
    }
  };
  visit(root, root.service, root.service);
  return {
    traceId,
    scenario: `${root.service} ${whatOf(root)}`,
    root: root.service,
    succeeded: succeeded(root),
    calls,
  };
}

function isServing({ kind }: Span): boolean {
  return kind === "server" || kind === "consumer";
}

function succeeded(span: Span): boolean {
  const status = statusOf(span);
  return !span.failed && (status === undefined || status < 400);
}

function baseOf(outgoing: Span, callee: Span | undefined): string {
  const method = methodOf(callee ?? outgoing) ?? methodOf(outgoing);
  const service = callee?.service ?? peerOf(outgoing);
  const route = (callee === undefined ? undefined : routeOfSpan(callee)) ?? routeOfSpan(outgoing);
  return method === undefined ? `${service} ${outgoing.name}` : `${method} ${service}${route ?? "/"}`;
}

function whatOf(span: Span): string {
  const method = methodOf(span);
  return method === undefined ? span.name : `${method} ${routeOfSpan(span) ?? span.name}`;
}

function methodOf(span: Span): string | undefined {
  return attribute(span, "http.request.method", "http.method");
}

function routeOfSpan(span: Span): string | undefined {
  const route = attribute(span, "http.route");
  if (route !== undefined) return route.replace(/:\w+|\{[^}]*\}|<[^>]*>/g, "{}");
  const path =
    attribute(span, "url.path", "http.target", "http.path") ?? pathOf(attribute(span, "url.full", "http.url"));
  return path === undefined ? undefined : generalised(path);
}

function pathOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).pathname;
  } catch {
    return undefined;
  }
}

/** Numbers, UUIDs and long hexadecimal words are parameters. */
function generalised(path: string): string {
  return (path.split(/[?#]/, 1)[0] ?? path)
    .split("/")
    .map((part) => (/^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,})$/i.test(part) ? "{}" : part))
    .join("/");
}

/** The callee, if it has no span. */
function peerOf(span: Span): string {
  const named = attribute(span, "peer.service", "db.system.name", "db.system", "messaging.system");
  return named ?? attribute(span, "server.address", "net.peer.name", "http.host") ?? "unknown";
}
