import type { Answer, CallBegin, CallEnd, FromHook, Parts } from "../hook/wire.js";
import { digestOf, partsOf } from "../hook/wire.js";
import type { Endpoint, Judgement, Observation, ObservedCall } from "../hunting/call.js";
import { callId, groupOf } from "../hunting/call.js";
import type { Kinds } from "../hunting/run-view.js";
import { compareNames } from "../source/names.js";
import type { ReadTrace } from "./run-trace.js";

/** What varies from clean run to clean run, and so belongs to no digest: by call as `POST cart/lock`, of requests and of answers. */
export interface Varying {
  readonly requests: Readonly<Record<string, readonly string[]>>;
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

export const nothingVaries: Varying = { requests: {}, answers: {} };

/** What the fault port or a proxy saw of the callee. */
export interface Carried {
  readonly kind: "carried";
  readonly run: string;
  readonly id: string;
  readonly answers: readonly Answer[];
}

interface LoggedCall extends CallBegin {
  end?: CallEnd;
  carried?: readonly Answer[];
  outOfReach?: true;
}

/** The events of one run, from hooks, proxies and the fault port. */
export class RunLog {
  readonly foreign = new Set<string>();
  readonly unseen = new Set<string>();
  /** Calls whose identity came twice. */
  ambiguous = 0;
  /** Whether spans are missing that were waited for. */
  traceIncomplete = false;
  /** When the last event came, on the clock of this process. */
  last = performance.now();
  private readonly calls = new Map<string, LoggedCall>();
  private readonly handlers = new Map<string, Answer | undefined>();

  constructor(readonly run: string) {}

  receive(event: FromHook | Carried): void {
    if (!("run" in event) || event.run !== this.run) return;
    this.last = performance.now();
    switch (event.kind) {
      case "call-begin":
        if (this.calls.has(event.id)) this.ambiguous++;
        else this.calls.set(event.id, { ...event });
        break;
      case "call-end": {
        const call = this.calls.get(event.id);
        if (call !== undefined && call.end === undefined) call.end = event;
        break;
      }
      case "carried": {
        const call = this.calls.get(event.id);
        if (call !== undefined) call.carried = event.answers;
        break;
      }
      case "handler-begin":
        if (!this.handlers.has(event.id)) this.handlers.set(event.id, undefined);
        break;
      case "handler-end":
        this.handlers.set(event.id, event.answer);
        break;
      case "foreign":
        this.foreign.add(event.host);
        break;
      case "unseen":
        this.unseen.add(event.what);
        break;
      case "ack":
        break;
      default:
        event satisfies never;
    }
  }

  /** Takes the calls that only the trace of the run tells of. `injected`: the fault that something outside injected at a call, by its identity. */
  takeTrace(read: ReadTrace, injected: ((id: string, service: string) => string | undefined) | undefined): void {
    for (const host of read.foreign) this.foreign.add(host);
    for (const { id, caller, name, service, method, route, path, at, status } of read.calls) {
      const { run } = this;
      const fault = injected?.(id, service);
      const call = { run, id, caller, name, service, method, route, at, concurrent: false, alike: false };
      const request = partsOf(path, new Uint8Array(), undefined);
      const end = status === undefined ? { failure: "no answer" } : { answer: { status, parts: {} } };
      this.calls.set(id, {
        ...{ kind: "call-begin", ...call, end: { kind: "call-end", run, id, request, ...end } },
        ...(fault === undefined ? {} : { injected: fault }),
        ...(injected === undefined ? { outOfReach: true } : {}),
      });
    }
  }

  /** Calls with their callees. */
  get callees(): ReadonlyMap<string, string> {
    return new Map([...this.calls.values()].map(({ id, service }) => [id, service]));
  }

  /** Whether a handler was reported: by a hook in its service. */
  hasHandler(id: string): boolean {
    return this.handlers.has(id);
  }

  /** The calls of one name by a caller, in the order in which they began. */
  callsOf(caller: string, base: string): readonly string[] {
    return this.begun.filter((call) => call.caller === caller && baseOf(call) === base).map(({ id }) => id);
  }

  /** The calls in the order in which they began. */
  private get begun(): readonly LoggedCall[] {
    return [...this.calls.values()].sort((a, b) => a.at - b.at);
  }

  /** Calls that their callee heard and may have answered. */
  heard(kinds: Kinds): readonly LoggedCall[] {
    return [...this.calls.values()].filter(({ injected, end }) =>
      injected === undefined ? end?.failure === undefined : (kinds.get(injected)?.executions ?? 0) > 0,
    );
  }

  /** Whether some call or handler has not ended. */
  get open(): boolean {
    return (
      [...this.calls.values()].some(({ end }) => end === undefined) ||
      [...this.handlers.values()].some((answer) => answer === undefined)
    );
  }

  /** The open handlers that answer calls into a service: identities of callers that do not tell it. */
  openInto(service: string): readonly string[] {
    return [...this.calls.values()]
      .filter((call) => call.service === service && call.end === undefined)
      .map(({ id }) => id);
  }

  /** Calls that came while another of the same kind was open. */
  get concurrent(): ReadonlySet<string> {
    return new Set([...this.calls.values()].filter((call) => call.concurrent).map(baseOf));
  }

  /** What was carried by calls of one kind by one caller that ended, in the order in which they began, where there are several. */
  get repeated(): ReadonlyMap<string, { readonly base: string; readonly requests: readonly Parts[] }> {
    const byKind = new Map<string, { base: string; requests: Parts[] }>();
    for (const { end, caller, ...call } of this.begun) {
      if (end === undefined) continue;
      const base = baseOf(call);
      const key = callId(caller, base);
      const kind = byKind.get(key);
      if (kind === undefined) byKind.set(key, { base, requests: [end.request] });
      else kind.requests.push(end.request);
    }
    return new Map([...byKind].filter(([, { requests }]) => requests.length > 1));
  }

  /** Calls that could not be told apart by what they carry: it is too long, or a stream. */
  get undigested(): readonly string[] {
    return [...this.calls.values()].filter(({ end }) => end?.request.long !== undefined).map(baseOf);
  }

  /** The names, without their numbers, of calls that came while one that is alike in everything was open. */
  get alike(): ReadonlySet<string> {
    return new Set([...this.calls.values()].filter((call) => call.alike).map(({ name }) => groupOf(name)));
  }

  /** What the calls of each name carried and were answered, for comparison with another run. */
  get parts(): ReadonlyMap<string, readonly { readonly request: Parts; readonly answer: Parts }[]> {
    const byBase = new Map<string, { request: Parts; answer: Parts }[]>();
    for (const call of this.calls.values()) {
      const answer = (this.handlers.get(call.id) ?? call.carried?.[0] ?? call.end?.answer)?.parts ?? {};
      const base = baseOf(call);
      byBase.set(base, [...(byBase.get(base) ?? []), { request: call.end?.request ?? {}, answer }]);
    }
    return byBase;
  }

  observation(
    root: Endpoint & { readonly id: string },
    answer: Answer | undefined,
    judgement: Judgement,
    kinds: Kinds,
    varying: Varying,
    alike: ReadonlySet<string>,
  ): Observation {
    const calls = [...this.calls.values()].sort((a, b) => a.at - b.at || compareNames(a.id, b.id));
    return {
      root: { id: root.id, service: root.service, method: root.method, route: root.route, request: root.request },
      answer: answer === undefined ? "no answer" : symbolOf(answer, varying.answers[baseOf(root)]),
      calls: calls.map((call) => ({
        ...this.observed(call, kinds, varying),
        ...(alike.has(groupOf(call.name)) ? { grouped: true } : {}),
      })),
      complete: !this.open && this.ambiguous === 0 && !this.traceIncomplete,
      ...judgement,
    };
  }

  private observed(call: LoggedCall, kinds: Kinds, varying: Varying): ObservedCall {
    const { id, caller, name, service, method, route, end, carried, injected, outOfReach } = call;
    const base = baseOf(call);
    const symbol = (answer: Answer): string => symbolOf(answer, varying.answers[base]);
    const executions = injected === undefined ? 1 : (kinds.get(injected)?.executions ?? 0);
    const answers: string[] = [];
    for (let i = 0; i < executions; i++) {
      const answer =
        this.handlers.get(i === 0 ? id : `${id}~${i + 1}`) ?? carried?.[i] ?? (i === 0 ? end?.answer : undefined);
      if (answer !== undefined) answers.push(symbol(answer));
      // It may have been heard and not answered in time.
      else if (injected !== undefined || end?.failure !== "ECONNREFUSED") answers.push("no answer");
    }
    const outcome = end?.answer === undefined ? `failed: ${end?.failure ?? "never ended"}` : symbol(end.answer);
    return {
      id,
      caller,
      name,
      service,
      method,
      route,
      request: digestOf(end?.request ?? {}, varying.requests[base]),
      answers,
      outcome,
      ...(injected === undefined ? {} : { injected }),
      ...(outOfReach === undefined ? {} : { outOfReach }),
      ...(end?.recorded === undefined ? {} : { recorded: end.recorded }),
    };
  }
}

/** As `POST cart/lock`: what calls have in common that come again and again. */
export function baseOf({ method, service, route }: Pick<Endpoint, "method" | "service" | "route">): string {
  return `${method} ${service}${route}`;
}

function symbolOf({ status, parts }: Answer, varying: readonly string[] | undefined): string {
  return `${status}:${digestOf(parts, varying)}`;
}

/**
 * What differs between clean runs. Calls of one name may come in another order each time, so a part varies if the values that it has in all
 * of them together do; runs with more calls or fewer say nothing.
 */
export function varyingBetween(logs: readonly RunLog[]): Varying {
  const requests: Record<string, Set<string>> = {};
  const answers: Record<string, Set<string>> = {};
  const note = (into: Record<string, Set<string>>, base: string, parts: readonly string[]): void => {
    into[base] = new Set([...(into[base] ?? []), ...parts]);
  };
  const [first, ...rest] = logs.map((log) => log.parts);
  for (const [base, calls] of first ?? []) {
    for (const other of rest) {
      const others = other.get(base) ?? [];
      if (others.length !== calls.length) continue;
      note(
        requests,
        base,
        differing(together(calls.map(({ request }) => request)), together(others.map(({ request }) => request))),
      );
      note(
        answers,
        base,
        differing(together(calls.map(({ answer }) => answer)), together(others.map(({ answer }) => answer))),
      );
    }
  }
  const lists = (sets: Record<string, Set<string>>): Record<string, readonly string[]> =>
    Object.fromEntries(
      Object.entries(sets).flatMap(([base, set]) => (set.size === 0 ? [] : [[base, [...set].sort()]])),
    );
  return { requests: lists(requests), answers: lists(answers) };
}

/** The values of each part, whatever their order. */
export function together(all: readonly Parts[]): Parts {
  const names = new Set(all.flatMap((parts) => Object.keys(parts)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      all
        .map((parts) => parts[name] ?? "")
        .sort()
        .join(),
    ]),
  );
}

export function differing(a: Parts, b: Parts): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((part) => a[part] !== b[part]);
}
