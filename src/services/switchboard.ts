import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpServer } from "node:http";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { Answer, FromHook, FromHunt, Plan, Preamble } from "../hook/wire.js";
import {
  callHeader,
  digestOf,
  faultOf,
  lineReader,
  Numbering,
  partsOf,
  readBaggage,
  recordedOf,
  routeOf,
  spanIdOf,
  writeBaggage,
} from "../hook/wire.js";
import type { RunContext, Whole } from "./carrier.js";
import { answerOf, bodyOf, carryOut, forward, give } from "./carrier.js";
import { listening, portOf } from "./listening.js";
import type { RunLog } from "./run-log.js";
import type { EdgeSpec, FaultSpec } from "./spec.js";

interface HookConnection {
  readonly socket: Socket;
  readonly service: string | undefined;
  acknowledged: string | undefined;
}

/**
 * Where hooks report and get their plans, where faults are carried out, and the proxies before services whose callers have no hook. All on
 * the loopback. A connection that does not begin with the token of this hunt is closed.
 */
export class Switchboard {
  readonly token = randomBytes(16).toString("hex");
  private readonly hooks = new Set<HookConnection>();
  /** Connections to the fault port, and those to proxies while they are disturbed. */
  private readonly faultSockets = new Set<Socket>();
  private readonly edgeServers: {
    readonly edge: EdgeSpec;
    server: ReturnType<typeof createHttpServer> | undefined;
    sockets: Set<Socket>;
  }[] = [];
  private control: Server | undefined;
  private faultServer: Server | undefined;
  private closedPort = 0;
  private plan: Plan | undefined;
  private log: RunLog | undefined;
  /** The scenario's request, which its service answers for the whole run. */
  private root: { readonly id: string; readonly service: string } | undefined;
  private numberings = new Map<string, Numbering>();
  /** Calls at proxies whose caller could not be told. */
  ambiguousCallers = 0;

  constructor(
    private readonly faults: ReadonlyMap<string, FaultSpec>,
    private readonly edges: readonly EdgeSpec[],
    private readonly ignore: readonly string[],
  ) {}

  /** Opens everything; a port that is taken is an error. */
  async open(): Promise<void> {
    this.control = createServer((socket) => this.welcome(socket));
    await listening(this.control, 0);
    const http = createHttpServer((req, res) => void this.disturb(req, res));
    http.requestTimeout = 0;
    this.faultServer = createServer((socket) => this.readPreamble(socket, http));
    await listening(this.faultServer, 0);
    const closed = createServer();
    await listening(closed, 0);
    this.closedPort = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    for (const edge of this.edges) {
      const entry = { edge, server: undefined, sockets: new Set<Socket>() };
      this.edgeServers.push(entry);
      await this.openEdge(entry);
    }
  }

  get controlPort(): number {
    return this.control === undefined ? 0 : portOf(this.control);
  }

  /** Services whose hooks are connected. */
  get hooked(): readonly string[] {
    return [...this.hooks].flatMap(({ service }) => service ?? []);
  }

  /** Connections on which a fault is going on. */
  get disturbed(): number {
    return this.faultSockets.size;
  }

  /** Begins a run: everybody who may disturb something has its plan before this returns. */
  async begin(
    log: RunLog,
    root: { readonly id: string; readonly service: string },
    plan: Omit<Plan, "kind" | "faultPort" | "closedPort">,
    within: number,
  ): Promise<boolean> {
    this.log = log;
    this.root = root;
    this.numberings = new Map();
    const faultPort = this.faultServer === undefined ? 0 : portOf(this.faultServer);
    this.plan = { kind: "plan", ...plan, faultPort, closedPort: this.closedPort };
    for (const hook of this.hooks) this.send(hook.socket, this.plan);
    const { run } = plan;
    return until(() => [...this.hooks].every((hook) => hook.acknowledged === run), within);
  }

  /** Ends a run: no fault is left. */
  async end(): Promise<void> {
    this.plan = undefined;
    for (const hook of this.hooks) this.send(hook.socket, { kind: "end" });
    for (const socket of this.faultSockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const { socket } of this.hooks) socket.destroy();
    for (const socket of this.faultSockets) socket.destroy();
    for (const entry of this.edgeServers) this.closeEdge(entry);
    for (const server of [this.control, this.faultServer]) server?.close();
  }

  private send(socket: Socket, message: FromHunt): void {
    socket.write(`${JSON.stringify(message)}\n`);
  }

  private welcome(socket: Socket): void {
    socket.on("error", () => undefined);
    socket.setNoDelay(true);
    let hook: HookConnection | undefined;
    socket.on(
      "data",
      lineReader((line) => {
        const message = line as FromHook;
        if (hook === undefined) {
          if (message.kind !== "hello" || message.token !== this.token) {
            socket.destroy();
            return;
          }
          hook = { socket, service: message.service, acknowledged: undefined };
          this.hooks.add(hook);
          if (this.plan !== undefined) this.send(socket, this.plan);
        } else if (message.kind === "ack") hook.acknowledged = message.run;
        else this.log?.receive(message as Exclude<FromHook, { kind: "hello" }>);
      }),
    );
    socket.on("close", () => {
      if (hook !== undefined) this.hooks.delete(hook);
    });
  }

  /** The first line of a connection to the fault port says what to do with it. */
  private readPreamble(socket: Socket, http: ReturnType<typeof createHttpServer>): void {
    this.faultSockets.add(socket);
    socket.on("close", () => this.faultSockets.delete(socket));
    socket.on("error", () => undefined);
    let head = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(10);
      if (end < 0) return;
      socket.off("data", read);
      socket.pause();
      const preamble = parsePreamble(head.subarray(0, end).toString("utf8"));
      if (preamble?.token !== this.token || preamble.run !== this.plan?.run) {
        socket.destroy();
        return;
      }
      preambles.set(socket, preamble);
      socket.unshift(head.subarray(end + 1));
      http.emit("connection", socket);
      socket.resume();
    };
    socket.on("data", read);
  }

  private async disturb(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const preamble = preambles.get(req.socket);
    const fault = preamble === undefined ? undefined : this.faults.get(preamble.fault);
    if (preamble === undefined || fault === undefined) {
      req.socket.destroy();
      return;
    }
    const { run, id, target } = preamble;
    try {
      const answers = await carryOut({ req, res, target, id, fault, goesOn: () => this.plan?.run === run });
      this.log?.receive({ kind: "carried", run, id, answers });
    } catch {
      req.socket.destroy();
    }
  }

  private async openEdge(entry: (typeof this.edgeServers)[number]): Promise<void> {
    const server = createHttpServer((req, res) => void this.proxy(entry.edge, req, res));
    server.requestTimeout = 0;
    server.on("connection", (socket) => {
      entry.sockets.add(socket);
      socket.on("close", () => entry.sockets.delete(socket));
    });
    await listening(server, entry.edge.port, entry.edge.host);
    entry.server = server;
  }

  private closeEdge(entry: (typeof this.edgeServers)[number]): void {
    entry.server?.close();
    for (const socket of entry.sockets) socket.destroy();
    entry.server = undefined;
  }

  /** A request at a proxy: a call like those that hooks see, by a caller that says who it is, or is the only one that can be. */
  private async proxy(edge: EdgeSpec, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? "/";
    const body = await bodyOf(req).catch(() => Buffer.alloc(0));
    // By now: the run in which the request began may be over.
    const { plan, log } = this;
    const caller = plan === undefined || log === undefined ? undefined : this.callerAt(edge, req, log, plan);
    if (plan === undefined || log === undefined || caller === undefined || this.ignore.includes(path)) {
      await this.relay(req, res, edge.target, undefined, body);
      return;
    }
    const method = req.method ?? "GET";
    const route = routeOf(path, plan.routes);
    const base = `${method} ${edge.to}${route}`;
    // As hooks do, which know no type yet: what it is shows in the body.
    const parts = partsOf(path, body, undefined);
    const numbering = this.numberings.get(caller) ?? new Numbering();
    this.numberings.set(caller, numbering);
    const digest = plan.byDigest.includes(base) ? digestOf(parts, plan.varying[base]) : undefined;
    const called = numbering.begin(base, digest);
    const { name, concurrent, alike } = called;
    const id = `${caller} › ${name}`;
    const injected = plan.down.includes(edge.to) ? "down" : faultOf(plan, caller, called);
    const { run } = plan;
    const at = performance.timeOrigin + performance.now();
    const begin = { run, id, caller, name, service: edge.to, method, route, at, concurrent, alike };
    log.receive({ kind: "call-begin", ...begin, ...(injected === undefined ? {} : { injected }) });
    const finish = (result: { answer?: Answer; failure?: string }, answered?: Uint8Array): void => {
      numbering.end(called);
      const recorded = plan.record ? { recorded: recordedOf(path, body, answered) } : {};
      log.receive({ kind: "call-end", run, id, request: parts, ...result, ...recorded });
    };
    const fault = injected === undefined ? undefined : this.faults.get(injected);
    try {
      if (fault === undefined) {
        const answer = await this.relay(req, res, edge.target, id, body);
        if (answer === undefined) finish({ failure: "ECONNREFUSED" });
        else finish({ answer: answerOf(answer) }, answer.body);
        return;
      }
      this.faultSockets.add(req.socket);
      res.on("close", () => {
        // What comes over it next may be no call of the run.
        this.faultSockets.delete(req.socket);
        finish({ failure: fault.base });
      });
      const context = this.contextOf(req, id);
      const disturbed = { req, res, target: edge.target, id, fault, body, goesOn: () => this.plan?.run === run };
      const answers = await carryOut({ ...disturbed, ...(context === undefined ? {} : { context }) });
      log.receive({ kind: "carried", run, id, answers });
    } catch {
      req.socket.destroy();
      finish({ failure: "broken" });
    }
  }

  private async relay(
    req: IncomingMessage,
    res: ServerResponse,
    target: string,
    id: string | undefined,
    body: Buffer,
  ): Promise<Whole | undefined> {
    const context = id === undefined ? undefined : this.contextOf(req, id);
    try {
      const whole = await forward(req, target, id, body, context);
      give(res, whole);
      return whole;
    } catch {
      req.socket.destroy();
      return undefined;
    }
  }

  private contextOf(req: IncomingMessage, id: string): RunContext | undefined {
    const { plan } = this;
    if (plan === undefined) return undefined;
    const baggage = writeBaggage(String(req.headers.baggage ?? ""), plan.run, this.token);
    return { baggage, traceparent: `00-${plan.trace}-${spanIdOf(id)}-01` };
  }

  private callerAt(edge: EdgeSpec, req: IncomingMessage, log: RunLog, plan: Plan): string | undefined {
    const baggage = readBaggage(String(req.headers.baggage ?? ""));
    const id = req.headers[callHeader];
    if (baggage !== undefined && typeof id === "string")
      return baggage.token === this.token && baggage.run === plan.run ? decodeURIComponent(id) : undefined;
    const { root } = this;
    const open = [...(root?.service === edge.from ? [root.id] : []), ...log.openInto(edge.from)];
    if (open.length > 1) this.ambiguousCallers++;
    return open.length > 0 ? open[open.length - 1] : undefined;
  }
}

const preambles = new WeakMap<Socket, Preamble>();

function parsePreamble(line: string): Preamble | undefined {
  try {
    return JSON.parse(line) as Preamble;
  } catch {
    return undefined;
  }
}

/** Whether a condition came true in time. */
export async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return true;
}
