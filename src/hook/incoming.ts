import type { IncomingMessage, ServerResponse } from "node:http";
import http from "node:http";
import https from "node:https";
import type { Handler } from "./context.js";
import { handlerFor, withHandler } from "./context.js";
import type { Control } from "./control.js";
import { callHeader, longestBody, partsOf, readBaggage, traceIdOf } from "./wire.js";

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** Gives every request of the hunt its context, and reports what it was answered. */
export function watchServers(control: Control): void {
  for (const { prototype } of [http.Server, https.Server]) {
    const emit = prototype.emit as Emit;
    prototype.emit = function (this: http.Server, event: string | symbol, ...args: unknown[]): boolean {
      if (event !== "request") return emit.call(this, event, ...args);
      const [req, res] = args as [IncomingMessage, ServerResponse];
      const handler = handlerOf(req, control);
      if (handler === undefined) return emit.call(this, event, ...args);
      bind(req, handler);
      bind(res, handler);
      watch(res, handler, control);
      return withHandler(handler, () => emit.call(this, event, ...args));
    } as typeof prototype.emit;
  }
}

function handlerOf(req: IncomingMessage, control: Control): Handler | undefined {
  const { baggage } = req.headers;
  if (baggage === undefined) return undefined;
  const found = readBaggage(Array.isArray(baggage) ? baggage.join(",") : baggage);
  const id = req.headers[callHeader];
  if (found === undefined || typeof id !== "string" || !control.knows(found.token)) return undefined;
  const { traceparent } = req.headers;
  const trace = traceIdOf(typeof traceparent === "string" ? traceparent : undefined);
  return handlerFor(found.run, found.token, decodeURIComponent(id), trace);
}

/** Listeners of a request or a response run for its handler, also those for data that arrives later. */
function bind(emitter: IncomingMessage | ServerResponse, handler: Handler): void {
  const emit = emitter.emit as Emit;
  emitter.emit = ((event: string | symbol, ...args: unknown[]) =>
    withHandler(handler, () => emit.call(emitter, event, ...args))) as typeof emitter.emit;
}

function watch(res: ServerResponse, { run, id }: Handler, control: Control): void {
  control.report({ kind: "handler-begin", run, id });
  const body = new Collector();
  const { write, end } = res;
  res.write = ((...args: Parameters<typeof write>) => {
    body.add(args[0], args[1]);
    return write.apply(res, args);
  }) as typeof write;
  res.end = ((...args: Parameters<typeof end>) => {
    if (typeof args[0] !== "function") body.add(args[0], args[1]);
    return end.apply(res, args);
  }) as typeof end;
  let done = false;
  const report = (): void => {
    if (done) return;
    done = true;
    const type = res.getHeader("content-type");
    const parts = partsOf("", body.bytes, type === undefined ? undefined : String(type));
    control.report({ kind: "handler-end", run, id, answer: { status: res.statusCode, parts } });
  };
  res.once("finish", report);
  res.once("close", report);
}

/** Collects the beginning of a body. */
export class Collector {
  private readonly chunks: Buffer[] = [];
  private length = 0;

  add(chunk: unknown, encoding?: unknown): void {
    if (this.length > longestBody) return;
    const bytes =
      typeof chunk === "string"
        ? Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8")
        : chunk instanceof Uint8Array
          ? Buffer.from(chunk)
          : undefined;
    if (bytes === undefined) return;
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}
