import type { CallId, Endpoint, Observation, ObservedCall } from "./call.js";
import { handlerId, isUnsafe, placesOf } from "./call.js";
import type { CallFaultKind, HuntFault, HuntFaults } from "./fault.js";

/** The kinds by their texts. `down` is the kind of every call into a service that is down. */
export type Kinds = ReadonlyMap<string, CallFaultKind>;

/**
 * What a caller was given for a call: the callee's answer or the outcome of a fault, and the faults that it had to wait for. Whether it
 * waits for so long follows from these.
 */
export interface Seen {
  readonly symbol: string;
  readonly waits: Waits;
}

/** Faults that take time, each with its call, in order. Times add up, so they are told apart. */
export type Waits = readonly string[];

export const noWaits: Waits = [];

export interface SeenCall extends Endpoint {
  readonly name: string;
  readonly seen: Seen;
  readonly outOfReach?: true;
  readonly grouped?: true;
}

/** What a service did with one request: the calls that it made with what it saw of them, and its answer. */
export interface Handling {
  readonly handler: CallId;
  /** What the assumptions let it depend on besides its calls: the request, and the unsafe requests that the service saw before. */
  readonly key: string;
  readonly calls: readonly SeenCall[];
  readonly answer: string;
}

/** The unsafe requests that were executed so far, in the order of `HuntedRun.handlings`. */
export class Executed {
  private constructor(private readonly counts: ReadonlyMap<string, number>) {}

  static readonly none = new Executed(new Map());

  with(endpoint: Endpoint): Executed {
    if (!isUnsafe(endpoint)) return this;
    const counts = new Map(this.counts);
    const key = endpointKey(endpoint);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return new Executed(counts);
  }

  /** As text; of one service if given. */
  text(service?: string): string {
    return [...this.counts]
      .filter(([key]) => service === undefined || key.startsWith(`${service} `))
      .map(([key, count]) => `${key} ×${count}`)
      .sort()
      .join("; ");
  }
}

function endpointKey({ service, method, route, request }: Endpoint): string {
  return `${service} ${method} ${route} ${request}`;
}

/** What a handler's behaviour is kept under. */
export function handlingKey(endpoint: Endpoint, before: Executed): string {
  return `${endpointKey(endpoint)} after [${before.text(endpoint.service)}]`;
}

/** A run as the assumptions see it. */
export interface HuntedRun {
  /** The faults that came to act. */
  readonly effective: readonly HuntFault[];
  readonly came: readonly CameCall[];
  /** Each service's part, callers before callees. */
  readonly handlings: readonly Handling[];
  /** What decides whether the run is good: the root's answer and what was executed. */
  readonly end: string;
  /** What it waited for: it has to be over in time. */
  readonly waits: Waits;
}

export type CameCall = Pick<ObservedCall, "id" | "service" | "outOfReach" | "grouped">;

/** The end of a run, as a key. */
export function endKey(answer: string, executed: Executed): string {
  return `${answer} having executed [${executed.text()}]`;
}

/** What a fault that takes time is called among waits. */
export function waitFor(call: CallId, kind: CallFaultKind): Waits {
  return kind.slow ? [`${kind.text} at ${call}`] : noWaits;
}

export function addWaits(a: Waits, b: Waits): Waits {
  if (b.length === 0) return a;
  return a.length === 0 ? b : [...a, ...b].sort();
}

/** Reads an observation. Calls count in depth-first order, which is also the order that compositions use. */
export function huntedRun(observation: Observation, asked: HuntFaults, kinds: Kinds): HuntedRun {
  const children = new Map<CallId, ObservedCall[]>();
  for (const call of observation.calls) {
    const siblings = children.get(call.caller);
    if (siblings === undefined) children.set(call.caller, [call]);
    else siblings.push(call);
  }
  const handlings: Handling[] = [];
  let executed = Executed.none;
  const visit = (handler: CallId, endpoint: Endpoint, answer: string): Waits => {
    const key = handlingKey(endpoint, executed);
    executed = executed.with(endpoint);
    const calls: SeenCall[] = [];
    const at = handlings.length;
    handlings.push({ handler, key, calls, answer });
    let waits = noWaits;
    for (const call of children.get(handler) ?? []) {
      const kind = call.injected === undefined ? undefined : kinds.get(call.injected);
      let waited = kind === undefined ? noWaits : waitFor(call.id, kind);
      call.answers.forEach((given, i) => {
        waited = addWaits(waited, visit(handlerId(call.id, i), call, given));
      });
      const symbol =
        kind === undefined ? (call.answers[0] ?? call.outcome) : kind.outcome(call.answers[0] ?? "no answer");
      calls.push({ ...endpointOf(call), name: call.name, seen: { symbol, waits: waited }, ...marksOf(call) });
      waits = addWaits(waits, waited);
    }
    handlings[at] = { handler, key, calls, answer };
    return waits;
  };
  const waits = visit(observation.root.id, observation.root, observation.answer);
  return {
    effective: effectiveFaults(asked, observation.calls),
    came: observation.calls,
    handlings,
    end: endKey(observation.answer, executed),
    waits,
  };
}

/** What a call is besides its identity, for whoever wants to disturb it. */
export function marksOf({ outOfReach, grouped }: Pick<ObservedCall, "outOfReach" | "grouped">): {
  outOfReach?: true;
  grouped?: true;
} {
  return { ...(outOfReach === true ? { outOfReach } : {}), ...(grouped === true ? { grouped } : {}) };
}

function endpointOf({ service, method, route, request }: Endpoint): Endpoint {
  return { service, method, route, request };
}

/** Of the faults that were asked for, those that were injected. */
function effectiveFaults(asked: HuntFaults, calls: readonly ObservedCall[]): readonly HuntFault[] {
  return asked.filter((fault) =>
    fault.kind === "down"
      ? calls.some((call) => call.service === fault.service && call.injected === "down")
      : calls.some((call) => placesOf(call).includes(fault.call) && call.injected === fault.fault),
  );
}
