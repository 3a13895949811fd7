import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import http from "node:http";
import https from "node:https";
import type { Answer } from "../hook/wire.js";
import { callHeader, partsOf } from "../hook/wire.js";
import type { FaultSpec } from "./spec.js";

/** A request that the fault port or a proxy was given, to be disturbed. */
export interface Disturbed {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The origin of the callee. */
  readonly target: string;
  /** The identity of the call. */
  readonly id: string;
  readonly fault: FaultSpec;
  /** If it was read already. */
  readonly body?: Buffer;
  /** What the callee has to be told of the run, where the caller may not have passed it on. */
  readonly context?: RunContext;
  /** Whether the run is not over. */
  readonly goesOn: () => boolean;
}

/** Values of headers that say to which run and to which trace a request belongs. */
export interface RunContext {
  readonly baggage: string;
  /** Taken if there is none yet. */
  readonly traceparent: string;
}

export interface Whole {
  readonly status: number;
  readonly message: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: readonly string[];
  readonly body: Buffer;
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "proxy-connection",
  "te",
  "upgrade",
]);

/**
 * Carries out a fault; returns what the callee answered to each request that it saw. The callee's answer is read to its end before a
 * connection is broken, so that the callee notices nothing.
 */
export async function carryOut(disturbed: Disturbed): Promise<readonly Answer[]> {
  const { req, res, target, id, fault, body, context, goesOn } = disturbed;
  const { socket } = req;
  const sent = async (): Promise<Buffer> => body ?? (await bodyOf(req));
  switch (fault.base) {
    case "refused":
    case "down":
    case "reset":
      req.resume();
      socket.resetAndDestroy();
      return [];
    case "timeout":
      req.resume();
      return [];
    case "error": {
      req.resume();
      const answer = Buffer.from(fault.body);
      res.writeHead(fault.status, { ...fault.headers, "content-length": answer.length, connection: "close" });
      res.end(answer);
      return [];
    }
    case "lost-response": {
      const answer = await forward(req, target, id, await sent(), context);
      socket.resetAndDestroy();
      return [answerOf(answer)];
    }
    case "duplicate": {
      const whole = await sent();
      const first = await forward(req, target, id, whole, context);
      // Its callee would hear of it in the next run.
      if (!goesOn()) return [answerOf(first)];
      const second = await forward(req, target, `${id}~2`, whole, context);
      give(res, first);
      return [answerOf(first), answerOf(second)];
    }
    case "delay": {
      const answer = await forward(req, target, id, await sent(), context);
      const { milliseconds } = fault;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      give(res, answer);
      return [answerOf(answer)];
    }
    case "wrong": {
      const answer = await forward(req, target, id, await sent(), context);
      give(res, { ...answer, body: spoilt(answer.body, fault.patch) });
      return [answerOf(answer)];
    }
    default: {
      const never: never = fault;
      return never;
    }
  }
}

export function answerOf({ status, headers, body }: Whole): Answer {
  return { status, parts: partsOf("", body, headers["content-type"]) };
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Sends a request to its callee and reads the whole answer. */
export function forward(
  req: IncomingMessage,
  target: string,
  id: string | undefined,
  body: Buffer,
  context?: RunContext,
): Promise<Whole> {
  const headers: string[] = [];
  const { rawHeaders } = req;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || (id !== undefined && lower === callHeader)) continue;
    if (context !== undefined && lower === "baggage") continue;
    headers.push(name, rawHeaders[i + 1] as string);
  }
  if (id !== undefined) headers.push(callHeader, encodeURIComponent(id));
  if (context !== undefined) {
    headers.push("baggage", context.baggage);
    if (req.headers.traceparent === undefined) headers.push("traceparent", context.traceparent);
  }
  if (body.length > 0 || !["GET", "HEAD"].includes(req.method ?? "GET"))
    headers.push("content-length", String(body.length));
  headers.push("connection", "close");
  const url = new URL(req.url ?? "/", target);
  const module = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const out = module.request(
      url,
      {
        method: req.method,
        headers: headers as unknown as http.OutgoingHttpHeaders,
        agent: false,
        rejectUnauthorized: false,
      } as http.RequestOptions,
      (answer) => {
        bodyOf(answer).then(
          (bytes) =>
            resolve({
              status: answer.statusCode ?? 0,
              message: answer.statusMessage ?? "",
              headers: answer.headers,
              raw: answer.rawHeaders,
              body: bytes,
            }),
          reject,
        );
      },
    );
    out.on("error", reject);
    out.end(body);
  });
}

/** Gives an answer to the caller. */
export function give(res: ServerResponse, { status, message, raw, body }: Whole): void {
  if (res.destroyed) return;
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    if (!hopByHop.has(name.toLowerCase())) headers.push(name, raw[i + 1] as string);
  }
  headers.push("content-length", String(body.length));
  res.writeHead(status, message, headers);
  res.end(body);
}

/** A body with a merge patch applied, or cut short. */
export function spoilt(body: Buffer, patch: unknown): Buffer {
  if (patch === undefined) return body.subarray(0, Math.floor(body.length / 2));
  try {
    return Buffer.from(JSON.stringify(mergePatch(JSON.parse(body.toString("utf8")), patch)));
  } catch {
    return Buffer.from(JSON.stringify(patch));
  }
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}
