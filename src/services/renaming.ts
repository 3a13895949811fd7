import type { CallId, Observation, ObservedCall } from "../hunting/call.js";
import { callId, groupOf, isGroup } from "../hunting/call.js";
import type { HuntFault, HuntFaults } from "../hunting/fault.js";
import { huntFaults } from "../hunting/fault.js";
import { baseOf } from "./run-log.js";

export interface RunOf {
  readonly faults: HuntFaults;
  readonly observation: Observation;
}

export interface RunsMade {
  readonly clean: readonly Observation[];
  readonly runs: readonly RunOf[];
  /** Calls, as `POST cart/lock`, that are told apart by what they carry. */
  readonly byDigest: ReadonlySet<string>;
}

/**
 * A run with the names that its calls would have had if calls of these kinds, as `POST cart/lock`, had been told apart by what they carry;
 * nothing if a fault is at a call that did not come, since it is not known what it would have been called.
 */
export function renamed({ faults, observation }: RunOf, byDigest: ReadonlySet<string>): readonly RunOf[] {
  const names = new Map<CallId, CallId>();
  const counts = new Map<string, number>();
  const now = (id: CallId): CallId => {
    const again = /~\d+$/.exec(id)?.[0] ?? "";
    return `${names.get(id.slice(0, id.length - again.length)) ?? id.slice(0, id.length - again.length)}${again}`;
  };
  const rename = (call: ObservedCall): ObservedCall => {
    const caller = now(call.caller);
    const base = baseOf(call);
    let { name } = call;
    if (byDigest.has(base) && name.startsWith(`${base}#`)) {
      const stem = `${base}[${call.request}]`;
      const number = (counts.get(callId(caller, stem)) ?? 0) + 1;
      counts.set(callId(caller, stem), number);
      name = `${stem}#${number}`;
    }
    names.set(call.id, callId(caller, name));
    return { ...call, id: callId(caller, name), caller, name };
  };
  // Callers come before what they call.
  const depth = ({ id }: ObservedCall): number => id.split(" › ").length;
  const order = new Map(observation.calls.map((call, i) => [call, i]));
  const calls = [...observation.calls]
    .sort((a, b) => depth(a) - depth(b) || (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map((call) => ({ call: rename(call), at: order.get(call) ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ call }) => call);
  const place = (call: CallId): CallId | undefined => {
    if (!isGroup(call)) return names.get(call);
    const [, one] = [...names].find(([id]) => groupOf(id) === groupOf(call)) ?? [];
    return one === undefined ? undefined : `${groupOf(one)}${call.slice(groupOf(call).length)}`;
  };
  const moved = faults.flatMap((fault): readonly HuntFault[] => {
    if (fault.kind === "down") return [fault];
    const call = place(fault.call);
    return call === undefined ? [] : [{ ...fault, call }];
  });
  return moved.length < faults.length ? [] : [{ faults: huntFaults(moved), observation: { ...observation, calls } }];
}
