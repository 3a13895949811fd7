/**
 * The identity of a call within a scenario: the identities of its callers, then its own name, the same in every run in which the call
 * comes (distributed execution indexing: Meiklejohn, Padhye, Miller 2022):
 *
 *     checkout › POST cart/lock#1 › GET db/items#2
 */
export type CallId = string;

const separator = " › ";

/** The identity of a call by its caller's identity and its own name. */
export function callId(caller: CallId, name: string): CallId {
  return `${caller}${separator}${name}`;
}

/** The names along an identity, from the root's. */
export function namesOf(id: CallId): readonly string[] {
  return id.split(separator);
}

/**
 * The places at which a fault may disturb a call: its identity, or, where calls alike in everything run at the same time, all of them at
 * once (`#all`) and one of them (`#any`: the first to come, since they are exchangeable).
 */
export function placesOf({ id, grouped }: Pick<ObservedCall, "id" | "grouped">): readonly CallId[] {
  if (grouped !== true) return [id];
  const group = groupOf(id);
  return id === `${group}#1` ? [`${group}#all`, `${group}#any`] : [`${group}#all`];
}

/** The identity of a call without its number. */
export function groupOf(id: CallId): string {
  return id.replace(/#(\d+|all|any)$/, "");
}

/** Whether a place is a group of calls, or one of a group. */
export function isGroup(place: CallId): boolean {
  return /#(all|any)$/.test(place);
}

/** The identity of a handler: that of the call which it answers. A request that is sent again has a handler of its own. */
export function handlerId(call: CallId, execution: number): CallId {
  return execution === 0 ? call : `${call}~${execution + 1}`;
}

/** What a request asks, and of whom. */
export interface Endpoint {
  readonly service: string;
  readonly method: string;
  readonly route: string;
  /** A digest of what it carries; empty if that is not known. */
  readonly request: string;
}

/** Whether a request may change the state of its callee. */
export function isUnsafe({ method }: Endpoint): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** One outgoing request of one service to another, as a run had it. */
export interface ObservedCall extends Endpoint {
  readonly id: CallId;
  readonly caller: CallId;
  /** The last part of the identity. */
  readonly name: string;
  /** The kind of fault that was injected here, as written in fault sets. */
  readonly injected?: string;
  /** What the callee answered to each request that it saw: twice after a `duplicate`, not at all after `refused`. */
  readonly answers: readonly string[];
  /** What the caller saw, where nothing was injected. */
  readonly outcome: string;
  /** Whether it was seen where nothing can be injected: in a trace. */
  readonly outOfReach?: true;
  /** Whether it is one of several calls that are alike in everything and run at the same time. */
  readonly grouped?: true;
  /** What it carried, if that is wanted. */
  readonly recorded?: RecordedCall;
}

/** What a call carried, as text; no answer if there was none. */
export interface RecordedCall {
  readonly path: string;
  readonly sent: string;
  readonly answered?: string;
}

/** The judgement of a run. */
export interface Judgement {
  readonly good: boolean;
  /** Which of the good outcomes it was, or why it is bad. */
  readonly outcome: string;
}

/** What was seen of a run. Calls are in the order in which they began. */
export interface Observation extends Judgement {
  readonly root: Endpoint & { readonly id: CallId };
  /** What the root answered. */
  readonly answer: string;
  readonly calls: readonly ObservedCall[];
  /** The body of the root's answer, if that is wanted. */
  readonly body?: string;
  /** Whether everything that reports was heard; an incomplete run is judged, but nothing is learned from it. */
  readonly complete: boolean;
}
