import { randomBytes } from "node:crypto";
import { normalOrigin, routeOf, spanIdOf } from "../hook/wire.js";
import type { CallId } from "../hunting/call.js";
import { callId, handlerId } from "../hunting/call.js";
import type { Span } from "../tracing/span.js";
import { attribute, statusOf } from "../tracing/span.js";

/** What the reading of a trace needs to know of the services, and of the calls that were seen otherwise. */
export interface Surroundings {
  readonly root: { readonly id: CallId; readonly service: string };
  readonly routes: readonly string[];
  /** The service that answers at an origin, also where a proxy stands before it. */
  serviceAt(origin: string): string | undefined;
  /** Whether a service reports its own calls. */
  watches(service: string): boolean;
  /** The calls of this name by a caller, in the order in which they began, as hooks and proxies reported them. */
  reported(caller: CallId, base: string): readonly CallId[];
  /** Every call that was reported, with its callee. */
  readonly calls: ReadonlyMap<CallId, string>;
}

/** A call that only a trace tells of. */
export interface TracedCall {
  readonly id: CallId;
  readonly caller: CallId;
  readonly name: string;
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  /** In milliseconds. */
  readonly at: number;
  /** Absent if there was no answer. */
  readonly status: number | undefined;
}

export interface ReadTrace {
  readonly calls: readonly TracedCall[];
  /** Calls whose callee has a span. */
  readonly answered: ReadonlySet<CallId>;
  /** Services with a span that answers a call. */
  readonly services: ReadonlySet<string>;
  /** Hosts that were called and that the file does not name. */
  readonly foreign: ReadonlySet<string>;
  /** Routes with parameters, as frameworks name them: `/user/{}`. */
  readonly routes: ReadonlySet<string>;
}

/**
 * The trace of a run. Spans have to be told which call they belong to: the scenario's request, and calls by services and proxies without
 * OpenTelemetry, have a parent that is derived from their identity (`spanIdOf`); below those, the k-th client span of a handler with the
 * same method, service and route is the k-th call of that name.
 */
export class RunTrace {
  readonly id = randomBytes(16).toString("hex");
  private readonly spans = new Map<string, Span>();

  /** Takes what belongs to this run. */
  receive(spans: readonly Span[]): void {
    for (const span of spans) if (span.traceId === this.id) this.spans.set(span.id, span);
  }

  /** The header that makes the scenario's request the root of the trace. */
  header(root: CallId): string {
    return `00-${this.id}-${spanIdOf(root)}-01`;
  }

  read(around: Surroundings): ReadTrace {
    const children = new Map<string, Span[]>();
    for (const span of [...this.spans.values()].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))) {
      if (span.parent !== undefined) children.set(span.parent, [...(children.get(span.parent) ?? []), span]);
    }
    const below = (id: string): readonly Span[] => children.get(id) ?? [];
    const calls: TracedCall[] = [];
    const answered = new Set<CallId>();
    const services = new Set<string>();
    const foreign = new Set<string>();
    const routes = new Set<string>();
    const numbers = new Map<string, number>();

    /** The handlers that answer a call: two if the request was sent twice. */
    const serve = (call: CallId, service: string, spans: readonly Span[]): void => {
      spans.filter(isServing).forEach((span, i) => {
        answered.add(call);
        services.add(service);
        const route = attribute(span, "http.route")?.replace(/:\w+|\{[^}]*\}|<[^>]*>/g, "{}");
        if (route?.includes("{}") === true) routes.add(route);
        visit(below(span.id), handlerId(call, i), service);
      });
    };
    const visit = (spans: readonly Span[], caller: CallId, service: string): void => {
      for (const span of spans) {
        const target = span.kind === "client" ? targetOf(span) : undefined;
        if (target === undefined) {
          if (!isServing(span)) visit(below(span.id), caller, service);
          continue;
        }
        const callee = around.serviceAt(target.origin);
        if (callee === undefined) {
          foreign.add(target.origin);
          continue;
        }
        const route = routeOf(target.path, around.routes);
        const base = `${target.method} ${callee}${route}`;
        const number = (numbers.get(`${caller} ${base}`) ?? 0) + 1;
        numbers.set(`${caller} ${base}`, number);
        const reported = around.reported(caller, base)[number - 1];
        if (reported === undefined && around.watches(service)) continue;
        const name = `${base}#${number}`;
        const id = reported ?? callId(caller, name);
        if (reported === undefined)
          calls.push({
            ...{ id, caller, name, service: callee, method: target.method, route, path: target.path },
            at: span.start / 1e6,
            status: statusOf(span),
          });
        serve(id, callee, below(span.id));
      }
    };
    for (const [id, service] of [[around.root.id, around.root.service] as const, ...around.calls])
      serve(id, service, below(spanIdOf(id)));
    return { calls, answered, services, foreign, routes };
  }
}

function isServing({ kind }: Span): boolean {
  return kind === "server" || kind === "consumer";
}

/** What a client span calls; nothing if that is not HTTP. */
function targetOf(span: Span): { readonly origin: string; readonly method: string; readonly path: string } | undefined {
  const method = attribute(span, "http.request.method", "http.method");
  if (method === undefined) return undefined;
  const url = attribute(span, "url.full", "http.url");
  if (url !== undefined && URL.canParse(url)) {
    const { pathname, search } = new URL(url);
    return { origin: normalOrigin(url), method: method.toUpperCase(), path: `${pathname}${search}` };
  }
  const host = attribute(span, "server.address", "net.peer.name") ?? "unknown";
  const port = attribute(span, "server.port", "net.peer.port");
  const scheme = attribute(span, "url.scheme", "http.scheme") ?? "http";
  const path = attribute(span, "url.path", "http.target") ?? "/";
  return {
    origin: normalOrigin(`${scheme}://${host}${port === undefined ? "" : `:${port}`}`),
    method: method.toUpperCase(),
    path,
  };
}
