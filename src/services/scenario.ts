import type { IncomingMessage } from "node:http";
import http from "node:http";
import https from "node:https";
import type { Answer } from "../hook/wire.js";
import { callHeader, partsOf, writeBaggage } from "../hook/wire.js";
import type { Judgement } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import { formatHuntFaults } from "../hunting/fault.js";
import { bodyOf } from "./carrier.js";
import { isLoopback } from "./loopback.js";
import type { RunCommand } from "./processes.js";
import type { Expected, HuntSpec, RequestSpec } from "./spec.js";

/** What the scenario's request was answered. */
export interface Answered {
  readonly status: number;
  readonly body: Buffer;
  readonly contentType: string | undefined;
}

/** Sends the request of a scenario, as part of a run unless `run` is absent; `undefined` if there is no answer in time. */
export function sendRequest(
  { method, url, headers, body }: RequestSpec,
  run: { readonly run: string; readonly token: string; readonly id: string; readonly trace: string } | undefined,
  within: number,
): Promise<Answered | string> {
  const module = url.startsWith("https:") ? https : http;
  const own: Record<string, string> = { ...headers };
  if (run !== undefined) {
    own[callHeader] = encodeURIComponent(run.id);
    own.baggage = writeBaggage(headers.baggage, run.run, run.token);
    own.traceparent = run.trace;
  }
  if (body !== undefined) own["content-length"] = String(Buffer.byteLength(body));
  return new Promise((resolve) => {
    const receive = (res: IncomingMessage): void => {
      bodyOf(res).then(
        (bytes) => resolve({ status: res.statusCode ?? 0, body: bytes, contentType: res.headers["content-type"] }),
        () => resolve("the answer broke off"),
      );
    };
    const req = module.request(
      url,
      { method, headers: own, agent: false, signal: AbortSignal.timeout(within), rejectUnauthorized: !isLoopback(url) },
      receive,
    );
    req.on("error", (error) =>
      resolve(
        error.name === "TimeoutError" || error.name === "AbortError"
          ? `no answer within ${within / 1000} s`
          : `no answer: ${error.message}`,
      ),
    );
    req.end(body);
  });
}

export function answerParts({ status, body, contentType }: Answered): Answer {
  return { status, parts: partsOf("", body, contentType) };
}

/** The judgement of a run: its answer, what has to be true afterwards, and whether the same request is answered well then. */
export async function judgeRun(
  spec: HuntSpec,
  faults: HuntFaults,
  answered: Answered | string,
  run: RunCommand,
): Promise<Judgement> {
  const judgement = await judge(spec, answered, run);
  if (!judgement.good) return judgement;
  const { outcome } = judgement;
  if (spec.after !== undefined) {
    const answer =
      typeof answered === "string" ? null : { status: answered.status, body: answered.body.toString("utf8") };
    const input = { outcome, answer, faults: faults.length === 0 ? [] : formatHuntFaults(faults).split(" + ") };
    const { ok, what } = await run(spec.after, input, 30_000);
    if (!ok) return { good: false, outcome: `${outcome}, but ${what}` };
  }
  if (spec.recovery !== undefined) {
    const again = await sendRequest(spec.request, undefined, spec.timeout);
    const problem = await mismatch(spec.recovery, again, spec.timeout, run);
    if (problem !== undefined)
      return { good: false, outcome: `${outcome}, but the request after it fails: ${problem}` };
  }
  return judgement;
}

/** Which of the good outcomes an answer is, or why it is none. */
export async function judge(spec: HuntSpec, answered: Answered | string, run: RunCommand): Promise<Judgement> {
  const problems: string[] = [];
  for (const { name, expected } of spec.expect) {
    const problem = await mismatch(expected, answered, spec.timeout, run);
    if (problem === undefined) return { good: true, outcome: name };
    problems.push(`${name}: ${problem}`);
  }
  const got = typeof answered === "string" ? answered : `status ${answered.status}`;
  return { good: false, outcome: typeof answered === "string" ? got : `${got}; ${problems.join("; ")}` };
}

/** Why an answer is not as expected. Values of the body are not told. */
export async function mismatch(
  { status, json, command, none }: Expected,
  answered: Answered | string,
  within: number,
  run: RunCommand,
): Promise<string | undefined> {
  if (typeof answered === "string") return none ? undefined : answered;
  if (none) return "there is an answer";
  if (status.length > 0 && !status.includes(answered.status))
    return `status ${answered.status}, not ${status.join(" or ")}`;
  if (json !== undefined) {
    let body: unknown;
    try {
      body = JSON.parse(answered.body.toString("utf8"));
    } catch {
      return "the body is not JSON";
    }
    const path = difference(json, body, "");
    if (path !== undefined) return `the body differs at ${path === "" ? "its root" : path}`;
  }
  if (command !== undefined) {
    const input = { status: answered.status, body: answered.body.toString("utf8") };
    const { ok, what } = await run(command, input, within);
    if (!ok) return what;
  }
  return undefined;
}

/** The first place where a value does not contain what was expected: objects may have more keys. */
export function difference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (typeof expected !== "object" || expected === null) return Object.is(expected, actual) ? undefined : path;
  if (typeof actual !== "object" || actual === null) return path;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return path;
  for (const [key, value] of Object.entries(expected)) {
    const found = difference(value, Reflect.get(actual, key), `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
