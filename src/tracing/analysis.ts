import { isStopped } from "../execution/stopped.js";
import type { CallId } from "../hunting/call.js";
import { namesOf } from "../hunting/call.js";
import { SmallestSets } from "../solving/smallest-sets.js";
import type { TracedCall, TracedRequest } from "./trace-calls.js";

/** The result for recorded traces of one scenario. */
export interface TraceAnalysis {
  readonly scenario: string;
  readonly successes: number;
  /** Failed requests of the scenario, and requests of other scenarios, which are ignored. */
  readonly failures: number;
  readonly others: number;
  /** Calls in the order of their first occurrence, with the number of successes that have them. */
  readonly calls: readonly SeenCall[];
  /** The minimal sets of calls of which every success needed one, smallest first. */
  readonly cuts: readonly (readonly CallId[])[];
  /** Whether these are all of at most `most` calls. */
  readonly complete: boolean;
  readonly most: number;
  /** The fault sets to try first. */
  readonly suggestions: readonly Suggestion[];
}

export interface SeenCall {
  readonly call: TracedCall;
  readonly count: number;
  /** In every success: no alternative to it was observed. */
  readonly always: boolean;
}

export interface Suggestion {
  readonly calls: readonly CallId[];
  readonly fault: string;
  readonly why: string;
}

const mostCuts = 100;

/** Analyses the requests of the given scenario, or of the most frequent one. */
export function analyse(
  requests: readonly TracedRequest[],
  asked: string | undefined,
  most: number,
): TraceAnalysis | undefined {
  const scenario = asked ?? mostFrequent(requests.map((request) => request.scenario));
  if (scenario === undefined) return undefined;
  const own = requests.filter((request) => request.scenario === scenario);
  const good = own.filter(({ succeeded }) => succeeded);
  const first = new Map<CallId, TracedCall>();
  const counts = new Map<CallId, number>();
  for (const { calls } of good)
    for (const call of calls) {
      if (!first.has(call.id)) first.set(call.id, call);
      if (call.succeeded) counts.set(call.id, (counts.get(call.id) ?? 0) + 1);
    }
  const calls = [...first.values()].map((call): SeenCall => {
    const count = counts.get(call.id) ?? 0;
    return { call, count, always: good.length > 0 && count === good.length };
  });
  const { cuts, complete } = cutsOf(good, [...first.keys()], most);
  return {
    scenario,
    successes: good.length,
    failures: own.length - good.length,
    others: requests.length - own.length,
    calls,
    cuts,
    complete,
    most,
    suggestions: suggestionsFor(calls, cuts),
  };
}

function mostFrequent(scenarios: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const scenario of scenarios) counts.set(scenario, (counts.get(scenario) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Minimal hitting sets of the calls that succeeded in each success. */
function cutsOf(
  good: readonly TracedRequest[],
  ids: readonly CallId[],
  most: number,
): { readonly cuts: readonly (readonly CallId[])[]; readonly complete: boolean } {
  if (good.length === 0 || good.some(({ calls }) => !calls.some(({ succeeded }) => succeeded)))
    return { cuts: [], complete: true };
  const sets = new SmallestSets();
  const items = new Map(ids.map((id, i) => [id, i]));
  for (const i of items.values()) sets.add(i, false);
  for (const { calls } of good)
    sets.forbid(
      [],
      calls.flatMap(({ id, succeeded }) => (succeeded ? [items.get(id) as number] : [])),
    );
  const cuts: (readonly CallId[])[] = [];
  while (cuts.length < mostCuts) {
    const found = sets.smallest(most);
    if (found === undefined) return { cuts, complete: true };
    if (isStopped(found)) return { cuts, complete: false };
    cuts.push(found.map((i) => ids[i] as CallId));
    sets.forbid(found);
  }
  return { cuts, complete: false };
}

/** First unsafe calls, whose answers may be lost; then the calls with the most calls below them. */
function suggestionsFor(calls: readonly SeenCall[], cuts: readonly (readonly CallId[])[]): readonly Suggestion[] {
  const byId = new Map(calls.map(({ call }) => [call.id, call]));
  const unsafe = ({ method }: TracedCall): boolean =>
    method !== undefined && !["GET", "HEAD", "OPTIONS"].includes(method);
  const below = (id: CallId): number => calls.filter(({ call }) => call.id.startsWith(`${id} › `)).length;
  const lost = calls
    .filter(({ call }) => unsafe(call))
    .map(
      ({ call }): Suggestion => ({
        calls: [call.id],
        fault: "lost-response",
        why: "if the answer is lost, the caller may repeat it",
      }),
    );
  const refused = [...cuts]
    .sort((a, b) => a.length - b.length || below(b[0] ?? "") - below(a[0] ?? ""))
    .slice(0, 10)
    .map(
      (cut): Suggestion => ({
        calls: cut,
        fault: "refused",
        why:
          cut.length > 1
            ? "some success did without each of them, but none without all"
            : `every success had it${below(cut[0] ?? "") > 0 ? `, and ${below(cut[0] ?? "")} below it` : ""}`,
      }),
    );
  return [...lost, ...refused].filter(({ calls: ids }) => ids.every((id) => byId.has(id) && namesOf(id).length > 1));
}
