import type { Stopped } from "../../src/execution/stopped.js";
import type { CallId, Observation, ObservedCall } from "../../src/hunting/call.js";
import { callId, handlerId, placesOf } from "../../src/hunting/call.js";
import type { CallFaultKind, HuntFault, HuntFaults } from "../../src/hunting/fault.js";
import { formatHuntFaults, huntFaults } from "../../src/hunting/fault.js";
import { hunt } from "../../src/hunting/hunt.js";
import type { HuntOptions, RunEvent } from "../../src/hunting/options.js";
import type { HuntResult } from "../../src/hunting/result.js";
import type { FaultBase } from "../../src/hunting/standard-kinds.js";
import { callFaultKind } from "../../src/hunting/standard-kinds.js";
import type { SystemUnderTest } from "../../src/hunting/system.js";

/* Services as functions, on a clock of their own: what the loop needs to know of services, without processes. */

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What a caller gets instead of an answer. */
export class Failed extends Error {
  constructor(readonly reason: "refused" | "reset" | "timeout" | "lost-response") {
    super(reason);
  }
}

export interface Request {
  readonly method: string;
  readonly route: string;
  readonly body: string;
}

export interface Context<S> {
  readonly state: S;
  /** Calls `"POST cart/lock"`, for as long as `timeout` milliseconds. */
  call(what: string, options?: { readonly body?: string; readonly timeout?: number }): Answer;
  /** A number in [0, 1), by chance. */
  chance(): number;
}

export type Services<S> = Readonly<Record<string, (request: Request, context: Context<S>) => Answer>>;

export interface Simulation<S> {
  readonly services: Services<S>;
  readonly state: () => S;
  readonly root: string;
  /** Calls that run at the same time and are alike in everything, as `"GET a/x"`. */
  readonly alike?: string;
  readonly judge: (answer: Answer, state: S, elapsed: number) => { good: boolean; outcome: string };
}

const defaultTimeout = 1000;

/** Runs the scenario of a simulation. */
export function simulate<S>(
  { services, state: fresh, root, judge, alike }: Simulation<S>,
  faults: HuntFaults,
  chance: () => number = () => 0.5,
): Observation {
  const state = fresh();
  const calls: ObservedCall[] = [];
  let clock = 0;
  const endpoint = (what: string, body: string) => {
    const [method = "", path = ""] = what.split(" ");
    const [service = "", ...route] = path.split("/");
    return { service, method, route: `/${route.join("/")}`, request: body };
  };
  const handle = (what: string, body: string, id: CallId): Answer => {
    const { service, method, route } = endpoint(what, body);
    const numbers = new Map<string, number>();
    const context: Context<S> = {
      state,
      chance,
      call: (next, options = {}) => {
        const number = (numbers.get(next) ?? 0) + 1;
        numbers.set(next, number);
        return call(id, next, `${next}#${number}`, options.body ?? "", options.timeout ?? defaultTimeout);
      },
    };
    const handler = services[service];
    if (handler === undefined) throw new Error(`no service ${service}`);
    clock += 1;
    return handler({ method, route, body }, context);
  };
  const call = (caller: CallId, what: string, name: string, body: string, timeout: number): Answer => {
    const id = callId(caller, name);
    const at = endpoint(what, body);
    const down = faults.some((fault) => fault.kind === "down" && fault.service === at.service);
    const marks = what === alike ? { grouped: true as const } : {};
    const places = placesOf({ id, ...marks });
    const fault = faults.find((f): f is HuntFault & { kind: "call" } => f.kind === "call" && places.includes(f.call));
    const injected = down ? "down" : fault?.fault;
    const answers: string[] = [];
    const index = calls.length;
    const began = clock;
    const note = (outcome: string): void => {
      calls[index] = {
        ...at,
        id,
        caller,
        name,
        answers,
        outcome,
        ...marks,
        ...(injected === undefined ? {} : { injected }),
      };
    };
    note("none");
    const base = injected?.replace(/\(.*/, "");
    if (base === "refused" || base === "down" || base === "reset")
      throw new Failed(base === "reset" ? base : "refused");
    if (base === "error") return { status: Number(/\d+/.exec(injected ?? "")?.[0]), body: "" };
    if (base === "timeout") {
      clock += timeout;
      throw new Failed("timeout");
    }
    const given = handle(what, body, id);
    answers.push(symbol(given));
    if (base === "duplicate") answers.push(symbol(handle(what, body, handlerId(id, 1))));
    if (base === "delay") clock += Number(/\d+/.exec(injected ?? "")?.[0]);
    if (base === "lost-response") throw new Failed("lost-response");
    if (clock - began > timeout) {
      note("gave up");
      throw new Failed("timeout");
    }
    note(symbol(given));
    return base === "wrong" ? { ...given, body: "wrong" } : given;
  };
  const rootEndpoint = endpoint(root, "");
  const answer = handle(root, "", rootEndpoint.service);
  return {
    root: { ...rootEndpoint, id: rootEndpoint.service },
    answer: symbol(answer),
    calls,
    complete: true,
    ...judge(answer, state, clock),
  };
}

function symbol({ status, body }: Answer): string {
  return `${status} ${body}`;
}

export function kindsNamed(...texts: readonly string[]): readonly CallFaultKind[] {
  return texts.map((text) => {
    const kind = callFaultKind(text.replace(/\(.*/, "") as FaultBase, text);
    if (kind === undefined) throw new Error(`no kind ${text}`);
    return kind;
  });
}

export const downKind = kindsNamed("down")[0];

/** A system of these runs, which counts them. */
export function simulated<S>(
  simulation: Simulation<S>,
  chance?: () => number,
): SystemUnderTest & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async calibrate(runs) {
      return Array.from({ length: runs }, () => simulate(simulation, [], chance));
    },
    async run(faults) {
      asked.push(formatHuntFaults(faults));
      return simulate(simulation, faults, chance);
    },
  };
}

export const standard = kindsNamed("refused", "error(503)", "timeout", "lost-response");

export async function huntIn(
  system: SystemUnderTest,
  options: Partial<HuntOptions> = {},
): Promise<HuntResult & { readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const result = await hunt(system, {
    kinds: standard,
    down: downKind,
    budget: 2,
    spare: [],
    reach: "by-class",
    all: true,
    calibration: 5,
    repeat: 3,
    maxRuns: 10_000,
    poll: (): Stopped | undefined => undefined,
    onRun: (event) => events.push(event),
    ...options,
  });
  return { ...result, events };
}

/** All sets of at most `budget` faults over calls that some set brings about, and the minimal ones that fail. */
export function enumerate<S>(
  simulation: Simulation<S>,
  kinds: readonly CallFaultKind[],
  budget: number,
  downs = true,
): { readonly sets: number; readonly minimal: readonly string[] } {
  const calls = new Map<CallId, string>();
  const ran = new Map<string, { faults: HuntFaults; good: boolean }>();
  for (let before = -1; before < calls.size || before === -1; ) {
    before = calls.size;
    const faults: HuntFault[] = [
      ...[...calls.keys()].flatMap((call) => kinds.map(({ text }): HuntFault => ({ kind: "call", call, fault: text }))),
      ...(downs ? [...new Set(calls.values())].map((service): HuntFault => ({ kind: "down", service })) : []),
    ];
    for (const set of subsets(faults, budget)) {
      const places = set.map((fault) => (fault.kind === "call" ? fault.call : fault.service));
      if (new Set(places).size < places.length) continue;
      if (set.some((f) => f.kind === "call" && set.some((g) => g.kind === "down" && g.service === calls.get(f.call))))
        continue;
      const canonical = huntFaults(set);
      const key = formatHuntFaults(canonical);
      if (ran.has(key)) continue;
      const observation = simulate(simulation, canonical);
      ran.set(key, { faults: canonical, good: observation.good });
      for (const { id, service } of observation.calls) calls.set(id, service);
    }
  }
  const bad = [...ran.values()].filter(({ good }) => !good);
  const minimal = bad.filter(
    ({ faults }) =>
      !bad.some(
        (other) =>
          other.faults.length < faults.length &&
          other.faults.every((f) => faults.some((g) => formatHuntFaults([f]) === formatHuntFaults([g]))),
      ),
  );
  return { sets: ran.size, minimal: minimal.map(({ faults }) => formatHuntFaults(faults)).sort() };
}

function* subsets<T>(items: readonly T[], most: number, from = 0): Generator<T[]> {
  yield [];
  if (most === 0) return;
  for (let i = from; i < items.length; i++)
    for (const rest of subsets(items, most - 1, i + 1)) yield [items[i] as T, ...rest];
}

/** Every set that a hunt found, folded ones too. */
export function found({ verdict }: HuntResult): readonly string[] {
  if (verdict.kind !== "violated") return [];
  return verdict.findings.flatMap(({ faults, alike }) => [faults, ...alike].map(formatHuntFaults)).sort();
}
