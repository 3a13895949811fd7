import { normalOrigin } from "../hook/wire.js";
import type { Endpoint } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import type { Kinds } from "../hunting/run-view.js";
import { Collector } from "./collector.js";
import type { RunLog } from "./run-log.js";
import type { ReadTrace, Surroundings } from "./run-trace.js";
import { RunTrace } from "./run-trace.js";
import type { HuntSpec } from "./spec.js";
import { until } from "./switchboard.js";

/** How long spans are waited for that are to come, and in the first run, while it is not known who sends any. */
const spansWithin = 2000;
/** The same where services were started by others: exporters of OpenTelemetry wait for five seconds. */
const foreignSpansWithin = 6000;

/** The traces of the runs of a hunt: who sends spans, and what they tell of services without a hook. */
export class Traces {
  private readonly collector = new Collector((spans) => this.trace.receive(spans));
  private trace = new RunTrace();
  private known: ReadonlySet<string> | undefined;

  constructor(
    private readonly spec: HuntSpec,
    private readonly root: Endpoint & { readonly id: string },
    private readonly kinds: Kinds,
  ) {}

  open(): Promise<void> {
    return this.collector.open();
  }

  close(): void {
    this.collector.close();
  }

  get port(): number {
    return this.collector.port;
  }

  get atUsualPort(): boolean {
    return this.collector.isUsual;
  }

  /** Services without a hook that send spans; known after the first run. */
  get senders(): ReadonlySet<string> {
    return this.known ?? new Set();
  }

  set senders(known: ReadonlySet<string>) {
    this.known = known;
  }

  begin(): RunTrace {
    this.trace = new RunTrace();
    return this.trace;
  }

  /**
   * Waits for the spans of services without a hook, and gives the log what nothing else tells. Returns the routes with parameters that were
   * named.
   */
  async end(
    log: RunLog,
    faults: HuntFaults,
    services: Readonly<Record<string, string>>,
    routes: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { trace, spec } = this;
    const read = (): ReadTrace => trace.read(this.surroundings(log, services, routes));
    const senders = this.known ?? (await this.find(log, read));
    this.known = senders;
    if (senders.size === 0) return read().routes;
    const complete = (): boolean => {
      const { answered, calls } = read();
      const heard = [...log.heard(this.kinds), ...calls.filter(({ status }) => status !== undefined)];
      return [this.root, ...heard].every(({ id, service }) => !senders.has(service) || answered.has(id));
    };
    const foreign = spec.services.some(({ name, start }) => start === undefined && senders.has(name));
    log.traceIncomplete = !(await until(complete, foreign ? foreignSpansWithin : spansWithin));
    const taken = read();
    const injected = (id: string, service: string): string | undefined => {
      const fault = faults.find((one) => (one.kind === "call" ? one.call === id : one.service === service));
      return fault?.kind === "call" ? fault.fault : fault?.kind;
    };
    log.takeTrace(taken, spec.inject === undefined ? undefined : injected);
    return taken.routes;
  }

  /** It is the first run: who has no hook may send spans, and may not. */
  private async find(log: RunLog, read: () => ReadTrace): Promise<ReadonlySet<string>> {
    const dark = this.spec.services.filter(({ name }) => !this.watches(log, name));
    const within = dark.some(({ start }) => start === undefined) ? foreignSpansWithin : spansWithin;
    if (dark.length > 0) await until(() => dark.every(({ name }) => read().services.has(name)), within);
    return new Set(dark.map(({ name }) => name).filter((name) => read().services.has(name)));
  }

  private surroundings(
    log: RunLog,
    services: Readonly<Record<string, string>>,
    routes: readonly string[],
  ): Surroundings {
    const proxied = new Map(this.spec.edges.map(({ host, port, to }) => [normalOrigin(`http://${host}:${port}`), to]));
    return {
      root: this.root,
      routes,
      serviceAt: (origin) => services[origin] ?? proxied.get(origin),
      watches: (service) => this.watches(log, service),
      reported: (caller, base) => log.callsOf(caller, base),
      calls: log.callees,
    };
  }

  /** Whether the hook of a service reports what it calls. */
  private watches(log: RunLog, service: string): boolean {
    if (this.spec.services.some(({ name, start }) => name === service && start?.hook === true)) return true;
    return [[this.root.id, this.root.service] as const, ...log.callees].some(
      ([id, callee]) => callee === service && log.hasHandler(id),
    );
  }
}
