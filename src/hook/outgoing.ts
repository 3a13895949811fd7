import { connect, type Socket } from "node:net";
import type { Handler } from "./context.js";
import { currentHandler, withHandler } from "./context.js";
import type { Control } from "./control.js";
import type { Answer, Parts, Plan, Preamble } from "./wire.js";
import { digestOf, faultOf, partsOf, recordedOf, routeOf } from "./wire.js";

/** A call that begins: whose it is, and what to do with it. */
export interface Outgoing {
  readonly handler: Handler;
  readonly plan: Plan | undefined;
  readonly id: string;
  /** The kind of fault to inject; `refused` for calls into services that are down. */
  readonly fault: string | undefined;
  readonly origin: string;
  end(result: CallResult, request: { readonly parts: Parts; readonly body: Uint8Array }): void;
}

export interface CallResult {
  readonly answer?: Answer;
  readonly failure?: string;
  /** Of the answer. */
  readonly body?: Uint8Array;
}

/** What is known of a request before it is sent. */
export interface RequestHead {
  readonly origin: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Absent if it is not known yet. */
  readonly body?: Uint8Array | undefined;
}

/** The handler that code works for, if what it calls is a service of the hunt; reports what is none. */
export function whoCalls(
  control: Control,
  origin: string,
): { handler: Handler; plan: Plan; service: string } | "foreign" | undefined {
  const handler = currentHandler();
  if (handler === undefined) return undefined;
  const plan = control.planFor(handler.run, handler.token);
  if (plan === undefined) return undefined;
  const service = plan.services[origin];
  if (service !== undefined) return { handler, plan, service };
  control.report({ kind: "foreign", run: handler.run, host: origin });
  return "foreign";
}

/** Whether the digest of a call, and so its body, must be known before it gets its name. */
export function needsBody(plan: Plan, service: string, head: RequestHead): boolean {
  return plan.byDigest.includes(baseOf(plan, service, head));
}

function baseOf(plan: Plan, service: string, { method, path }: RequestHead): string {
  return `${method} ${service}${routeOf(path, plan.routes)}`;
}

/** Names a call and reports that it begins. */
export function beginCall(
  control: Control,
  { handler, plan, service }: { handler: Handler; plan: Plan; service: string },
  head: RequestHead,
): Outgoing {
  const { run, numbering } = handler;
  const { method, path, origin } = head;
  const base = baseOf(plan, service, head);
  const parts = partsOf(path, head.body ?? new Uint8Array(), undefined);
  const digest = plan.byDigest.includes(base) ? digestOf(parts, plan.varying[base]) : undefined;
  const called = numbering.begin(base, digest);
  const { name, concurrent, alike } = called;
  const id = `${handler.id} › ${name}`;
  const injected = plan.down.includes(service) ? "down" : faultOf(plan, handler.id, called);
  control.report({
    kind: "call-begin",
    run,
    id,
    caller: handler.id,
    name,
    service,
    method,
    route: routeOf(path, plan.routes),
    at: performance.timeOrigin + performance.now(),
    concurrent,
    alike,
    ...(injected === undefined ? {} : { injected }),
  });
  let ended = false;
  return {
    handler,
    plan,
    id,
    fault: injected === "down" ? "refused" : injected,
    origin,
    end: ({ body, ...result }, request) => {
      if (ended) return;
      ended = true;
      numbering.end(called);
      const recorded = plan.record ? { recorded: recordedOf(path, request.body, body) } : {};
      control.report({ kind: "call-end", run, id, request: request.parts, ...result, ...recorded });
    },
  };
}

/** A connection on which the fault of a call happens; nothing else is sent over it. */
export function faultySocket({ id, fault, plan, handler, origin }: Outgoing): Socket {
  if (plan === undefined || fault === undefined) throw new Error("no fault to inject");
  return withHandler(undefined, () => {
    if (fault === "refused") return connect(plan.closedPort, "127.0.0.1");
    const socket = connect(plan.faultPort, "127.0.0.1");
    const preamble: Preamble = { token: handler.token, run: handler.run, id, fault, target: origin };
    socket.write(`${JSON.stringify(preamble)}\n`);
    return socket;
  });
}
