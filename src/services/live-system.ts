import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { normalOrigin, routeOf } from "../hook/wire.js";
import type { Endpoint, Judgement, Observation } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import { formatHuntFaults } from "../hunting/fault.js";
import type { Kinds } from "../hunting/run-view.js";
import { callFaultKind } from "../hunting/standard-kinds.js";
import type { Resumable } from "./journal.js";
import { Processes } from "./processes.js";
import type { Varying } from "./run-log.js";
import { baseOf, differing, nothingVaries, RunLog, varyingBetween } from "./run-log.js";
import type { Answered } from "./scenario.js";
import { answerParts, judge, mismatch, sendRequest } from "./scenario.js";
import type { HuntSpec, ServiceSpec } from "./spec.js";
import { Switchboard, until } from "./switchboard.js";
import { Traces } from "./traces.js";
import type { Unseen } from "./unseen.js";
import { unseenOf } from "./unseen.js";

/** Code that runs outside of this process. */
export interface Scripts {
  readonly guardian: string;
  readonly hook: string;
}

/** How long nothing must happen before a run is taken for over. */
const quiet = 50;
const acknowledgeWithin = 2000;
/** Hooks look twice a second. */
const hooksWithin = 1200;
/** Rounds of calibration, until every call has a name of its own. */
const mostRounds = 3;

interface RunTaken {
  readonly log: RunLog;
  readonly answered: Answered | string;
  readonly judgement: Judgement;
  /** Routes with parameters that frameworks named. */
  readonly routes: ReadonlySet<string>;
}

/** The services of a hunt file, with everything that is needed to disturb them. */
export class LiveSystem implements Resumable {
  /** Hosts that are called and that the file does not name. */
  readonly foreign = new Set<string>();
  /** Calls that ran at the same time under faults alone, and are numbered as they come. */
  readonly byArrival = new Set<string>();
  /** Calls whose bodies are long or streamed, and have no digest. */
  readonly undigested = new Set<string>();
  /** Services whose hooks reported what they answered. */
  private readonly hooked = new Set<string>();
  private readonly switchboard: Switchboard;
  private readonly processes: Processes;
  private readonly traces: Traces;
  private routes: ReadonlySet<string>;
  private readonly kinds: Kinds;
  private readonly root: Endpoint & { readonly id: string };
  private varying: Varying = nothingVaries;
  private byDigest = new Set<string>();
  /** Names of calls that are alike in everything and come at the same time. */
  private alike: ReadonlySet<string> = new Set();
  private runs = 0;

  constructor(
    private readonly spec: HuntSpec,
    private readonly scripts: Scripts,
    private readonly env: NodeJS.ProcessEnv,
    private readonly recordBodies = false,
  ) {
    this.switchboard = new Switchboard(
      new Map(spec.faults.map((fault) => [fault.text, fault])),
      spec.edges,
      spec.ignore,
    );
    this.kinds = new Map(
      spec.faults.flatMap(({ base, text }) => {
        const kind = callFaultKind(base, text);
        return kind === undefined ? [] : [[text, kind]];
      }),
    );
    const { method, url, body } = spec.request;
    const entry = this.serviceAt(url) ?? "scenario";
    const route = routeOf(new URL(url).pathname, spec.routes);
    this.root = { id: entry, service: entry, method, route, request: body === undefined ? "" : "body" };
    this.processes = new Processes(scripts.guardian);
    this.traces = new Traces(spec, this.root, this.kinds);
    this.routes = new Set(spec.routes);
  }

  get ambiguousCallers(): number {
    return this.switchboard.ambiguousCallers;
  }

  /** Waits until the hooks of services that run already had time to look for the hunt. */
  async awaitHooks(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, hooksWithin));
  }

  /** Opens ports and starts services; returns what went wrong. */
  async open(): Promise<string | undefined> {
    try {
      await this.switchboard.open();
      await this.traces.open();
    } catch (error) {
      return `a port could not be opened: ${error instanceof Error ? error.message : String(error)}`;
    }
    return (await this.processes.taken(this.startable)) ?? this.startServices();
  }

  get control(): { readonly port: number; readonly token: string } {
    return { port: this.switchboard.controlPort, token: this.switchboard.token };
  }

  async close(): Promise<void> {
    await this.switchboard.end();
    await this.inject([]);
    await this.processes.close();
    await this.switchboard.close();
    this.traces.close();
  }

  /** Whether services that were not started by the hunt send their spans elsewhere. */
  get tracesElsewhere(): boolean {
    return !this.traces.atUsualPort && this.spec.services.some(({ start }) => start === undefined);
  }

  /** What is not seen of services, by the calls that came. */
  unseen(calls: readonly string[]): Unseen {
    const started = this.startable.filter(({ start }) => start?.hook === true).map(({ name }) => name);
    return unseenOf(this.spec, this.root.service, new Set([...started, ...this.hooked, ...this.traces.senders]), calls);
  }

  /** What calibration found out. */
  get calibration(): {
    readonly varying: Varying;
    readonly byDigest: readonly string[];
    readonly routes: readonly string[];
    readonly tracing: readonly string[];
    readonly alike: readonly string[];
    readonly hooked: readonly string[];
  } {
    const { varying, byDigest, routes, traces, alike, hooked } = this;
    const lists = { byDigest: [...byDigest], alike: [...alike], routes: [...routes], hooked: [...hooked] };
    return { varying, ...lists, tracing: [...traces.senders] };
  }

  recall(calibration: unknown): void {
    const { varying, byDigest, routes, tracing, alike, hooked } = calibration as LiveSystem["calibration"];
    for (const name of hooked) this.hooked.add(name);
    this.alike = new Set(alike);
    this.varying = varying;
    this.byDigest = new Set(byDigest);
    this.routes = new Set(routes);
    this.traces.senders = new Set(tracing);
  }

  async calibrate(runs: number): Promise<readonly Observation[] | Stopped> {
    for (let round = 1; ; round++) {
      const taken: RunTaken[] = [];
      for (let i = 0; i < runs; i++) {
        const one = await this.take([]);
        if ("reason" in one) return one;
        const first = this.spec.expect[0]?.name;
        const wrong = one.judgement.good && one.judgement.outcome !== first;
        taken.push(
          wrong
            ? {
                ...one,
                judgement: { good: false, outcome: `${one.judgement.outcome}, where ${first} is expected` },
              }
            : one,
        );
      }
      this.varying = withRoot(varyingBetween(taken.map(({ log }) => log)), baseOf(this.root), taken);
      const concurrent = taken.flatMap(({ log }) => [...log.concurrent]).filter((base) => !this.byDigest.has(base));
      const routes = taken.flatMap((one) => [...one.routes]).filter((route) => !this.routes.has(route));
      this.routes = new Set([...this.routes, ...routes]);
      this.alike = new Set(taken.flatMap(({ log }) => [...log.alike]));
      if ((concurrent.length === 0 && routes.length === 0) || round === mostRounds)
        return taken.map((one) => this.observationOf(one));
      for (const base of concurrent) this.byDigest.add(base);
    }
  }

  async run(faults: HuntFaults): Promise<Observation | Stopped> {
    const taken = await this.take(faults);
    return "reason" in taken ? taken : this.observationOf(taken);
  }

  private observationOf({ log, answered, judgement }: RunTaken): Observation {
    const answer = typeof answered === "string" ? undefined : answerParts(answered);
    for (const base of log.undigested) this.undigested.add(base);
    for (const base of log.concurrent) if (!this.byDigest.has(base)) this.byArrival.add(base);
    const own = normalOrigin(`http://127.0.0.1:${this.traces.port}`);
    for (const host of log.foreign) if (host !== own) this.foreign.add(host);
    const observation = log.observation(this.root, answer, judgement, this.kinds, this.varying, this.alike);
    return this.recordBodies && typeof answered !== "string"
      ? { ...observation, body: answered.body.toString("utf8") }
      : observation;
  }

  private async take(faults: HuntFaults): Promise<RunTaken | Stopped> {
    const { spec, switchboard } = this;
    if (spec.restartEachRun && this.runs > 0) await this.processes.stop(this.startable);
    const problem = spec.restartEachRun && this.runs > 0 ? await this.startServices() : await this.revive();
    if (problem !== undefined) return stopped("interrupted", problem);
    if (spec.before !== undefined) {
      const { ok, what } = await this.processes.run(spec.before, {}, 30_000);
      if (!ok) return stopped("interrupted", `a clean state could not be made before a run: ${what}`);
    }
    const run = `r${++this.runs}`;
    const log = new RunLog(run);
    const trace = this.traces.begin();
    const down = faults.flatMap((fault) => (fault.kind === "down" ? [fault.service] : []));
    const ready = await switchboard.begin(
      log,
      this.root,
      {
        run,
        faults: Object.fromEntries(
          faults.flatMap((fault) => (fault.kind === "call" ? [[fault.call, fault.fault]] : [])),
        ),
        down,
        services: this.origins(),
        routes: [...this.routes],
        trace: trace.id,
        record: this.recordBodies,
        byDigest: [...this.byDigest],
        varying: this.varying.requests,
      },
      acknowledgeWithin,
    );
    if (!ready) return stopped("interrupted", "a service did not take note of the faults of a run in time");
    await this.inject(faults);
    const { id } = this.root;
    const part = { run, token: switchboard.token, id, trace: trace.header(id) };
    const answered = await sendRequest(spec.request, part, spec.timeout);
    await this.settle(log);
    for (const [call, service] of [[id, this.root.service] as const, ...log.callees])
      if (log.hasHandler(call)) this.hooked.add(service);
    await switchboard.end();
    const routes = await this.traces.end(log, faults, this.origins(), [...this.routes]);
    await this.inject([]);
    return { log, answered, judgement: await this.judgement(faults, answered), routes };
  }

  private async judgement(faults: HuntFaults, answered: Answered | string): Promise<Judgement> {
    const { spec } = this;
    for (const { name } of this.startable) {
      const died = this.processes.died(name);
      if (died !== undefined) return { good: false, outcome: `${name} died in the run: ${died}` };
    }
    const judgement = await judge(spec, answered, this.processes.run);
    if (!judgement.good) return judgement;
    const { outcome } = judgement;
    if (spec.after !== undefined) {
      const answer =
        typeof answered === "string" ? null : { status: answered.status, body: answered.body.toString("utf8") };
      const input = { outcome, answer, faults: faults.length === 0 ? [] : formatHuntFaults(faults).split(" + ") };
      const { ok, what } = await this.processes.run(spec.after, input, 30_000);
      if (!ok) return { good: false, outcome: `${outcome}, but ${what}` };
    }
    if (spec.recovery !== undefined) {
      const again = await sendRequest(spec.request, undefined, spec.timeout);
      const problem = await mismatch(spec.recovery, again, spec.timeout, this.processes.run);
      if (problem !== undefined)
        return { good: false, outcome: `${outcome}, but the request after it fails: ${problem}` };
    }
    return judgement;
  }

  /** Waits until nothing is open, for a moment, or as long as a run may take. */
  private async settle(log: RunLog): Promise<void> {
    const over = (): boolean => !log.open && performance.now() - log.last > quiet;
    // What a service that died had begun never ends.
    const dead = (): boolean => this.startable.some(({ name }) => this.processes.died(name) !== undefined);
    await until(() => over() || dead(), this.spec.timeout);
  }

  private async inject(faults: HuntFaults): Promise<void> {
    if (this.spec.inject !== undefined) await this.processes.run(this.spec.inject, { faults }, 30_000);
  }

  private get startable(): readonly ServiceSpec[] {
    return this.spec.services.filter(({ start }) => start !== undefined);
  }

  private async startServices(): Promise<string | undefined> {
    const { port, token } = this.control;
    this.processes.give(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.traces.port}`,
        // Spans are waited for at the end of each run.
        OTEL_BSP_SCHEDULE_DELAY: "50",
      },
      {
        LDFI_CONTROL: `${port}:${token}`,
        NODE_OPTIONS: [this.env.NODE_OPTIONS ?? "", `--import=${this.scripts.hook}`].join(" ").trim(),
      },
    );
    const problem = await this.processes.start(this.spec.services);
    if (problem !== undefined) return problem;
    const hooked = this.startable.filter(({ start }) => start?.hook === true).map(({ name }) => name);
    if (await until(() => hooked.every((name) => this.switchboard.hooked.includes(name)), acknowledgeWithin))
      return undefined;
    const missing = hooked.filter((name) => !this.switchboard.hooked.includes(name));
    return `the hook of ${missing.join(", ")} does not report: is it a Node.js service? If not, write \`hook: false\``;
  }

  /** Starts what died in the run before. */
  private async revive(): Promise<string | undefined> {
    const dead = this.startable.filter(({ name }) => this.processes.died(name) !== undefined);
    return dead.length === 0 ? undefined : this.processes.start(dead);
  }

  private serviceAt(url: string): string | undefined {
    return this.origins()[normalOrigin(url)];
  }

  private origins(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.spec.services.flatMap(({ name, origins }) => origins.map((origin) => [normalOrigin(origin), name])),
    );
  }
}

/** What also differs between the answers to the scenario's request. */
function withRoot(varying: Varying, base: string, taken: readonly RunTaken[]): Varying {
  const parts = taken.map(({ answered }) => (typeof answered === "string" ? {} : answerParts(answered).parts));
  const [first = {}, ...rest] = parts;
  const different = new Set(rest.flatMap((other) => differing(first, other)));
  if (different.size === 0) return varying;
  return { ...varying, answers: { ...varying.answers, [base]: [...different].sort() } };
}
