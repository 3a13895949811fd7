import type { Stopped } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import { normalOrigin, routeOf } from "../hook/wire.js";
import type { Endpoint, Judgement, Observation } from "../hunting/call.js";
import type { HuntFaults } from "../hunting/fault.js";
import type { Kinds } from "../hunting/run-view.js";
import { callFaultKind } from "../hunting/standard-kinds.js";
import type { Resumable } from "./journal.js";
import type { CleanRun, NamingState } from "./naming.js";
import { Naming } from "./naming.js";
import { Processes } from "./processes.js";
import type { RunsMade } from "./renaming.js";
import { baseOf, RunLog } from "./run-log.js";
import type { Answered } from "./scenario.js";
import { answerParts, judgeRun, sendRequest } from "./scenario.js";
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

/** As many show what differs from run to run. */
const runsToTellApart = 3;

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
  /** Calls whose bodies are long or streamed, and have no digest. */
  readonly undigested = new Set<string>();
  /** Services whose hooks reported what they answered. */
  private readonly hooked = new Set<string>();
  private readonly switchboard: Switchboard;
  private readonly processes: Processes;
  private readonly traces: Traces;
  private readonly naming: Naming;
  private readonly kinds: Kinds;
  private readonly root: Endpoint & { readonly id: string };
  /** What runs have shown, for when calls get other names: the clean ones of calibration, and all others. */
  private clean: readonly RunTaken[] = [];
  private readonly history: { readonly faults: HuntFaults; readonly taken: RunTaken }[] = [];
  private only: HuntFaults = [];
  /** How often calls got other names after calibration. */
  renamings = 0;
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
    this.naming = new Naming(new Set(spec.routes));
  }

  /** Calls that are numbered as they come, although they ran at the same time. */
  get byArrival(): ReadonlySet<string> {
    return this.naming.byArrival;
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
  get calibration(): NamingState & { readonly tracing: readonly string[]; readonly hooked: readonly string[] } {
    return { ...this.naming.state, hooked: [...this.hooked], tracing: [...this.traces.senders] };
  }

  recall(calibration: unknown): void {
    const { tracing, hooked, ...naming } = calibration as LiveSystem["calibration"];
    for (const name of hooked) this.hooked.add(name);
    this.naming.recall(naming);
    this.traces.senders = new Set(tracing);
  }

  /** Says before calibration which set alone will be run. */
  announce(faults: HuntFaults): void {
    this.only = faults;
  }

  /** Every run of this process, under the names that calls had then, and which calls are told apart by what they carry now. */
  get made(): RunsMade {
    return {
      clean: this.clean.map((taken) => this.observationOf(taken)),
      runs: this.history.map(({ faults, taken }) => ({ faults, observation: this.observationOf(taken) })),
      byDigest: this.naming.byDigest,
    };
  }

  async calibrate(runs: number): Promise<readonly Observation[] | Stopped> {
    const expected = this.naming.expect(this.only);
    for (let round = 1; ; round++) {
      const taken: RunTaken[] = [];
      for (let i = 0; i < runs; i++) {
        const one = await this.take([]);
        if ("reason" in one) return one;
        const { good, outcome } = one.judgement;
        const first = this.spec.expect[0]?.name;
        const unlike = { good: false, outcome: `${outcome}, where ${first} is expected` };
        taken.push(good && outcome !== first ? { ...one, judgement: unlike } : one);
      }
      if (this.naming.learn(taken.map(cleanRun), baseOf(this.root), round === mostRounds)) continue;
      this.clean = taken;
      const unseen = expected.filter((base) => !taken.some(({ log }) => log.parts.has(base)));
      const stop = unseen.length === 0 ? undefined : await this.tellApart(this.only, unseen, []);
      return stop ?? taken.map((one) => this.observationOf(one));
    }
  }

  async run(faults: HuntFaults): Promise<Observation | Stopped> {
    const taken = await this.take(faults);
    if ("reason" in taken) return taken;
    this.history.push({ faults, taken });
    const numbered = this.naming.numbered(taken.log);
    const stop = numbered.length === 0 ? undefined : await this.tellApart(faults, numbered, [taken.log]);
    return stop ?? this.observationOf(taken);
  }

  /** Runs a set until three runs show what tells calls apart that come under faults alone. */
  private async tellApart(
    faults: HuntFaults,
    bases: readonly string[],
    before: readonly RunLog[],
  ): Promise<Stopped | undefined> {
    const logs = [...before];
    while (logs.length < runsToTellApart) {
      const taken = await this.take(faults);
      if ("reason" in taken) return taken;
      this.history.push({ faults, taken });
      logs.push(taken.log);
    }
    if (this.naming.learnApart(logs, bases)) this.renamings++;
    return undefined;
  }

  private observationOf({ log, answered, judgement }: RunTaken): Observation {
    const answer = typeof answered === "string" ? undefined : answerParts(answered);
    for (const base of log.undigested) this.undigested.add(base);
    this.naming.note(log);
    const { naming } = this;
    const own = normalOrigin(`http://127.0.0.1:${this.traces.port}`);
    for (const host of log.foreign) if (host !== own) this.foreign.add(host);
    const observation = log.observation(this.root, answer, judgement, this.kinds, naming.varying, naming.alike);
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
        routes: [...this.naming.routes],
        trace: trace.id,
        record: this.recordBodies,
        byDigest: [...this.naming.byDigest],
        varying: this.naming.varying.requests,
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
    const routes = await this.traces.end(log, faults, this.origins(), [...this.naming.routes]);
    await this.inject([]);
    return { log, answered, judgement: await this.judged(faults, answered), routes };
  }

  private async judged(faults: HuntFaults, answered: Answered | string): Promise<Judgement> {
    for (const { name } of this.startable) {
      const died = this.processes.died(name);
      if (died !== undefined) return { good: false, outcome: `${name} died in the run: ${died}` };
    }
    return judgeRun(this.spec, faults, answered, this.processes.run);
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

function cleanRun({ log, routes, answered }: RunTaken): CleanRun {
  return { log, routes, answer: typeof answered === "string" ? {} : answerParts(answered).parts };
}
