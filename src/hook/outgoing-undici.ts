import { hasSubscribers } from "node:diagnostics_channel";
import Module from "node:module";
import type { Socket } from "node:net";
import type { Handler as Handling } from "./context.js";
import { currentHandler, sending, sentBody } from "./context.js";
import type { Control } from "./control.js";
import { Collector } from "./incoming.js";
import type { CallResult, RequestHead } from "./outgoing.js";
import { beginCall, faultySocket, whoCalls } from "./outgoing.js";
import { callHeader, codeOf, normalOrigin, partsOf, spanIdOf, withoutRun, writeBaggage } from "./wire.js";

/* The parts of undici, versions 5 to 7, that are used; the one that node's `fetch` is made of is one of them. */

interface DispatchOptions {
  readonly origin?: string | URL;
  readonly path: string;
  readonly method: string;
  readonly headers?: unknown;
  readonly body?: unknown;
}

type Handler = Readonly<Record<string, unknown>>;

interface Dispatcher {
  dispatch(options: DispatchOptions, handler: Handler): boolean;
}

type AgentClass = new (options: object) => Dispatcher & { close(): Promise<void> };

const globalDispatcher = Symbol.for("undici.globalDispatcher.1");
const watchedPrototypes = new WeakSet<object>();
/** Dispatchers that disturb one call, whose requests were seen before. */
const disturbing = new WeakSet<object>();

/** Watches `fetch` and every undici that is loaded, with agents of any kind. Loads none itself. */
export function watchUndici(control: Control): void {
  const { fetch } = globalThis;
  if (typeof fetch === "function") {
    const watched = function (this: unknown, ...args: Parameters<typeof fetch>): ReturnType<typeof fetch> {
      if (currentHandler() === undefined) return fetch.apply(globalThis, args);
      watchGlobal(control);
      return sending(bytesOf(args[1]?.body), () => fetch.apply(globalThis, args));
    };
    Object.defineProperty(globalThis, "fetch", {
      value: watched,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = function (request: string, ...rest: unknown[]): unknown {
    const loaded = load.call(this, request, ...rest);
    if (isUndici(loaded)) watchDispatcher(control, loaded.Agent);
    return loaded;
  };
}

function isUndici(loaded: unknown): loaded is { readonly Agent: AgentClass } {
  if (typeof loaded !== "object" && typeof loaded !== "function") return false;
  if (loaded === null || !("setGlobalDispatcher" in loaded) || !("Agent" in loaded)) return false;
  return typeof loaded.Agent === "function";
}

/** The dispatcher of `fetch`, which node loads when it is first needed. */
function watchGlobal(control: Control): void {
  // Reading this loads node's own undici.
  void globalThis.Headers;
  const dispatcher: unknown = Reflect.get(globalThis, globalDispatcher);
  if (typeof dispatcher !== "object" || dispatcher === null) return;
  watchDispatcher(control, dispatcher.constructor as unknown as AgentClass);
}

function watchDispatcher(control: Control, agent: AgentClass): void {
  let prototype: object | null = agent.prototype as object;
  while (prototype !== null && !Object.hasOwn(prototype, "dispatch"))
    prototype = Object.getPrototypeOf(prototype) as object | null;
  if (prototype === null || watchedPrototypes.has(prototype)) return;
  watchedPrototypes.add(prototype);
  const base = prototype as Dispatcher;
  const dispatch = base.dispatch;
  // An agent passes a request on to a pool, and the pool to a client: only the first of them is watched.
  let inside = false;
  const plain = (dispatcher: Dispatcher, options: DispatchOptions, handler: Handler): boolean => {
    const before = inside;
    inside = true;
    try {
      return dispatch.call(dispatcher, options, handler);
    } finally {
      inside = before;
    }
  };
  base.dispatch = function (this: Dispatcher, options: DispatchOptions, handler: Handler): boolean {
    if (inside || currentHandler() === undefined || disturbing.has(this)) return dispatch.call(this, options, handler);
    return watched(control, agent, this, plain, options, handler);
  };
}

function watched(
  control: Control,
  agent: AgentClass,
  dispatcher: Dispatcher,
  plain: (dispatcher: Dispatcher, options: DispatchOptions, handler: Handler) => boolean,
  options: DispatchOptions,
  handler: Handler,
): boolean {
  const origin = normalOrigin(String(options.origin ?? urlOf(dispatcher) ?? ""));
  const caller = whoCalls(control, origin);
  if (caller === undefined) return plain(dispatcher, options, handler);
  if (caller === "foreign") return plain(dispatcher, { ...options, headers: withoutOurs(options.headers) }, handler);
  const bytes = bytesOf(options.body) ?? (isStream(options.body) ? sentBody() : undefined);
  const head: RequestHead = { origin, method: options.method.toUpperCase(), path: options.path, body: bytes };
  const call = beginCall(control, caller, head);
  const headers = withOurs(options.headers, call.id, call.handler);
  const streamed = bytes === undefined && isStream(options.body) ? { long: "" } : {};
  const request = { ...partsOf(options.path, bytes ?? new Uint8Array(), undefined), ...streamed };
  const finish = (result: CallResult): void => call.end(result, { parts: request, body: bytes ?? new Uint8Array() });
  const observed = observing(handler, finish);
  if (call.fault === undefined) return plain(dispatcher, { ...options, headers }, observed);
  const connect = (_: unknown, done: (error: Error | null, socket: Socket | null) => void): Socket => {
    const socket = faultySocket(call);
    const fail = (error: Error): void => done(error, null);
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      done(null, socket);
    });
    return socket;
  };
  const faulty = new agent({ ...timeoutsOf(dispatcher), connect, pipelining: 0 });
  disturbing.add(faulty);
  return plain(faulty, { ...options, origin: origin.replace(/^https:/, "http:"), headers }, observed);
}

/** How long a dispatcher waits for an answer: an agent or a pool knows it by its options, a client by itself. */
function timeoutsOf(dispatcher: object): Readonly<Record<string, number>> {
  const own = (description: string): unknown => {
    const symbol = Object.getOwnPropertySymbols(dispatcher).find((one) => one.description === description);
    return symbol === undefined ? undefined : Reflect.get(dispatcher, symbol);
  };
  const options = own("options");
  const given = (key: string): unknown =>
    typeof options === "object" && options !== null ? Reflect.get(options, key) : undefined;
  const found = {
    headersTimeout: given("headersTimeout") ?? own("headers timeout"),
    bodyTimeout: given("bodyTimeout") ?? own("body timeout"),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (typeof value === "number" ? [[key, value]] : [])),
  );
}

/** The origin of a client or a pool, which is bound to one. */
function urlOf(dispatcher: object): unknown {
  const symbol = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "url");
  const url: unknown = symbol === undefined ? undefined : Reflect.get(dispatcher, symbol);
  return url instanceof URL ? url.origin : url;
}

function bytesOf(body: unknown): Uint8Array | undefined {
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return body instanceof URLSearchParams ? Buffer.from(body.toString()) : undefined;
}

function isStream(body: unknown): boolean {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

/** The headers in any of the forms that dispatchers take, as a flat list. */
function flat(headers: unknown): string[] {
  if (headers === undefined || headers === null) return [];
  if (Array.isArray(headers)) {
    return headers.every((entry) => Array.isArray(entry)) ? headers.flat().map(String) : headers.map(String);
  }
  const entries =
    typeof headers === "object" && Symbol.iterator in headers
      ? [...(headers as Iterable<[unknown, unknown]>)]
      : Object.entries(headers as object);
  return entries.flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.flatMap((one) => [String(name), String(one)])
      : value === undefined
        ? []
        : [String(name), String(value)],
  );
}

function withOurs(headers: unknown, id: string, handling: Handling): string[] {
  const { rest, baggage } = taken(headers);
  const { run, token, trace } = handling;
  // OpenTelemetry would set it later, as a subscriber of this channel.
  const traced =
    hasSubscribers("undici:request:create") ||
    rest.some((name, i) => i % 2 === 0 && name.toLowerCase() === "traceparent");
  return [
    ...rest,
    ...(trace === undefined || traced ? [] : ["traceparent", `00-${trace}-${spanIdOf(id)}-01`]),
    "baggage",
    writeBaggage(baggage, run, token),
    callHeader,
    encodeURIComponent(id),
  ];
}

function withoutOurs(headers: unknown): string[] {
  const { rest, baggage } = taken(headers);
  const others = withoutRun(baggage);
  return others.length === 0 ? rest : [...rest, "baggage", others.join(",")];
}

function taken(headers: unknown): { rest: string[]; baggage: string | undefined } {
  const list = flat(headers);
  const rest: string[] = [];
  let baggage: string | undefined;
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = list[i] as string;
    const value = list[i + 1] as string;
    if (name.toLowerCase() === "baggage") baggage = baggage === undefined ? value : `${baggage},${value}`;
    else if (name.toLowerCase() !== callHeader) rest.push(name, value);
  }
  return { rest, baggage };
}

/** The handler with its methods watched, of either of the two interfaces that undici has had. */
function observing(handler: Handler, finish: (result: CallResult) => void): Handler {
  const body = new Collector();
  let status = 0;
  let type: string | undefined;
  const answered = (): void => finish({ answer: { status, parts: partsOf("", body.bytes, type) }, body: body.bytes });
  const watchers: Readonly<Record<string, (...args: unknown[]) => void>> = {
    onHeaders: (code, raw) => {
      if (Number(code) < 200) return;
      status = Number(code);
      type = rawHeader(raw, "content-type");
    },
    onData: (chunk) => body.add(chunk),
    onComplete: answered,
    onError: (error) => finish({ failure: codeOf(error) }),
    onResponseStart: (_, code, headers) => {
      status = Number(code);
      const given: unknown =
        typeof headers === "object" && headers !== null ? Reflect.get(headers, "content-type") : undefined;
      type = given === undefined ? undefined : String(given);
    },
    onResponseData: (_, chunk) => body.add(chunk),
    onResponseEnd: answered,
    onResponseError: (_, error) => finish({ failure: codeOf(error) }),
  };
  return new Proxy(handler, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      const watcher = typeof property === "string" ? watchers[property] : undefined;
      return (...args: unknown[]): unknown => {
        watcher?.(...args);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

function rawHeader(raw: unknown, name: string): string | undefined {
  if (!Array.isArray(raw)) return undefined;
  for (let i = 0; i + 1 < raw.length; i += 2) if (String(raw[i]).toLowerCase() === name) return String(raw[i + 1]);
  return undefined;
}
