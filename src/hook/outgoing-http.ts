import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { urlToHttpOptions } from "node:url";
import type { Handler } from "./context.js";
import { currentHandler, withHandler } from "./context.js";
import type { Control } from "./control.js";
import { Collector } from "./incoming.js";
import type { CallResult, Outgoing, RequestHead } from "./outgoing.js";
import { beginCall, faultySocket, needsBody, whoCalls } from "./outgoing.js";
import { callHeader, codeOf, normalOrigin, partsOf, spanIdOf, withoutRun, writeBaggage } from "./wire.js";

type Callback = (res: IncomingMessage) => void;
type Request = (...args: unknown[]) => ClientRequest;

/** Watches `http` and `https`, and what is built upon them. */
export function watchHttp(control: Control): void {
  for (const [module, protocol] of [
    [http, "http:"],
    [https, "https:"],
  ] as const) {
    const original = module.request as Request;
    const request = (...args: unknown[]): ClientRequest => watched(control, protocol, original, args);
    const get = (...args: unknown[]): ClientRequest => {
      const req = request(...args);
      req.end();
      return req;
    };
    Object.assign(module, { request, get });
  }
  syncBuiltinESMExports();
}

function watched(control: Control, protocol: string, original: Request, args: unknown[]): ClientRequest {
  if (currentHandler() === undefined) return original(...args);
  const { options, callback } = read(args);
  const origin = originOf(options, protocol);
  const caller = whoCalls(control, origin);
  if (caller === undefined) return original(...args);
  if (caller === "foreign") return withoutHeaders(original(...args));
  const head: RequestHead = { origin, method: (options.method ?? "GET").toUpperCase(), path: options.path ?? "/" };
  const body = new Collector();
  let call: Outgoing | undefined;
  let req: ClientRequest;
  if (needsBody(caller.plan, caller.service, head)) {
    // The name of the call depends on its body, and its fate on its name: the connection waits for the end of the request.
    const usual = agentOf(options, protocol);
    const waiting = {
      defaultPort: protocol === "https:" ? 443 : 80,
      protocol,
      addRequest: (waited: ClientRequest, given: object) => {
        const { end } = waited;
        waited.end = ((...last: Parameters<typeof end>) => {
          const result = end.apply(waited, last);
          call = beginCall(control, caller, { ...head, body: body.bytes });
          const agent = call.fault === undefined ? usual : disturbing(call, protocol);
          // The headers were written before the identity was known, so it goes into what waits to be sent.
          retitle(waited, call.id);
          (agent as unknown as { addRequest(r: ClientRequest, o: object): void }).addRequest(waited, given);
          return result;
        }) as typeof end;
      },
    };
    req = original({ ...options, agent: waiting }, callback);
    mark(req, undefined, caller.handler);
  } else {
    call = beginCall(control, caller, head);
    req =
      call.fault === undefined
        ? original(...args)
        : originalHttp(
            {
              ...options,
              protocol: "http:",
              defaultPort: protocol === "https:" ? 443 : 80,
              agent: disturbing(call, "http:"),
            },
            callback,
          );
    mark(req, call.id, caller.handler);
  }
  observe(req, body, head, () => call);
  return req;
}

/** As it was before anything was watched. */
const originalHttp = http.request as Request;

const placeholder = "ldfi-pending-call-identity";
const spanPlaceholder = "1df10000000df100";

/** Replaces the placeholders in headers that are written but not sent. */
function retitle(req: ClientRequest, id: string): void {
  const pending = req as unknown as { outputData: { data: unknown }[]; outputSize: number; _header: string };
  const titled = (head: string): string =>
    head.replace(placeholder, encodeURIComponent(id)).replace(spanPlaceholder, spanIdOf(id));
  for (const entry of pending.outputData) if (typeof entry.data === "string") entry.data = titled(entry.data);
  if (typeof pending._header === "string") pending._header = titled(pending._header);
}

/** An agent for one request, whose connection is faulty and is not kept. */
function disturbing(call: Outgoing, protocol: string): Agent {
  const agent = new http.Agent({ keepAlive: false });
  Object.assign(agent, { protocol, createConnection: () => faultySocket(call) });
  return agent;
}

function agentOf(options: RequestOptions, protocol: string): Agent {
  const usual = protocol === "https:" ? https.globalAgent : http.globalAgent;
  if (options.agent === false) return protocol === "https:" ? new https.Agent() : new http.Agent();
  return typeof options.agent === "object" ? options.agent : usual;
}

/** `id`: nothing if it is not known yet. */
function mark(req: ClientRequest, id: string | undefined, handler: Handler): void {
  if (req.headersSent) return;
  const { run, token, trace } = handler;
  const before = req.getHeader("baggage");
  req.setHeader("baggage", writeBaggage(before === undefined ? undefined : String(before), run, token));
  req.setHeader(callHeader, id === undefined ? placeholder : encodeURIComponent(id));
  // Where OpenTelemetry is at work it has been set.
  if (trace === undefined || req.hasHeader("traceparent")) return;
  req.setHeader("traceparent", `00-${trace}-${id === undefined ? spanPlaceholder : spanIdOf(id)}-01`);
}

/** Takes what belongs to the hunt off a request to somebody else. */
function withoutHeaders(req: ClientRequest): ClientRequest {
  if (req.headersSent) return req;
  const before = req.getHeader("baggage");
  if (before !== undefined) {
    const rest = withoutRun(String(before));
    if (rest.length === 0) req.removeHeader("baggage");
    else req.setHeader("baggage", rest.join(","));
  }
  req.removeHeader(callHeader);
  return req;
}

/** Reports how the call ends. Nothing is consumed, and no listener is added that would change what node does without one. */
function observe(req: ClientRequest, sent: Collector, head: RequestHead, call: () => Outgoing | undefined): void {
  const { write, end, emit } = req;
  req.write = ((...args: Parameters<typeof write>) => {
    sent.add(args[0], args[1]);
    return write.apply(req, args);
  }) as typeof write;
  req.end = ((...args: Parameters<typeof end>) => {
    if (typeof args[0] !== "function") sent.add(args[0], args[1]);
    return end.apply(req, args);
  }) as typeof end;
  const requestParts = (): ReturnType<typeof partsOf> =>
    partsOf(head.path, sent.bytes, req.headersSent ? undefined : String(req.getHeader("content-type") ?? ""));
  const finish = (result: CallResult): void => call()?.end(result, { parts: requestParts(), body: sent.bytes });
  let answered = false;
  req.emit = ((event: string | symbol, ...args: unknown[]) => {
    if (event === "response") {
      answered = true;
      observeResponse(args[0] as IncomingMessage, finish);
    } else if (event === "error" && !answered) finish({ failure: codeOf(args[0]) });
    else if (event === "close" && !answered) finish({ failure: "closed" });
    return emit.call(req, event, ...args);
  }) as typeof emit;
}

function observeResponse(res: IncomingMessage, finish: (result: CallResult) => void): void {
  const body = new Collector();
  const { push, emit } = res;
  const status = res.statusCode ?? 0;
  res.push = ((chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) {
      withHandler(undefined, () =>
        finish({ answer: { status, parts: partsOf("", body.bytes, res.headers["content-type"]) }, body: body.bytes }),
      );
    } else body.add(chunk, encoding);
    return push.call(res, chunk, encoding);
  }) as typeof push;
  res.emit = ((event: string | symbol, ...args: unknown[]) => {
    if (event === "error" || event === "aborted" || event === "close") finish({ failure: "answer broken off" });
    return emit.call(res, event, ...args);
  }) as typeof emit;
}

/** The arguments of `http.request`, which come in three forms. */
function read(args: readonly unknown[]): { options: RequestOptions; callback: Callback | undefined } {
  const [first, second, third] = args;
  const isUrl = typeof first === "string" || first instanceof URL;
  const fromUrl = isUrl ? (urlToHttpOptions(new URL(first)) as RequestOptions) : {};
  const own = (isUrl ? (typeof second === "function" ? {} : second) : first) as RequestOptions | undefined;
  const callback = [second, third].find((arg) => typeof arg === "function") as Callback | undefined;
  return { options: { ...fromUrl, ...own }, callback };
}

function originOf(options: RequestOptions, protocol: string): string {
  const scheme = options.protocol ?? protocol;
  const host = options.hostname ?? options.host ?? "localhost";
  const port = options.port ?? options.defaultPort ?? (scheme === "https:" ? 443 : 80);
  return normalOrigin(`${scheme}//${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`);
}
