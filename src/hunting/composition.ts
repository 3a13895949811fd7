import type { Behaviours } from "./behaviours.js";
import type { CallId, Endpoint } from "./call.js";
import { callId, handlerId, placesOf } from "./call.js";
import type { Alike } from "./classes.js";
import type { CallFaultKind, HuntFault, HuntFaults } from "./fault.js";
import type { CameCall, Kinds, Seen, SeenCall, Waits } from "./run-view.js";
import { addWaits, Executed, endKey, handlingKey, marksOf, noWaits, waitFor } from "./run-view.js";

/** What a run would be, put together from what the services were seen to do. */
export interface Composed {
  readonly effective: readonly HuntFault[];
  readonly came: readonly CameCall[];
  readonly end: string;
  readonly waits: Waits;
}

/** Something was never seen, or seen in two ways. */
const gap = "gap";
type Gap = typeof gap;

interface State {
  readonly executed: Executed;
  readonly came: readonly CameCall[];
}

interface Handled {
  readonly answer: string;
  readonly waits: Waits;
  readonly state: State;
}

interface Called {
  readonly seen: Seen;
  readonly state: State;
}

/**
 * Composes the run under a set of faults from the leaves: a handler does what it was seen to do when its calls had the same outcomes.
 * If those of the calls that a recorded behaviour lists are what the composition gives for each of them, a service that depends on
 * nothing else would have made the same calls, one after the other, and given the same answer.
 *
 * Returns nothing if some handler was not seen under these outcomes, or was seen to do different things.
 */
export function compose(
  behaviours: Behaviours,
  root: Endpoint & { readonly id: CallId },
  faults: HuntFaults,
  kinds: Kinds,
  alike: Alike,
): Composed | undefined {
  const atCall = new Map<CallId, CallFaultKind>();
  const down = new Set<string>();
  for (const fault of faults) {
    if (fault.kind === "down") down.add(fault.service);
    else {
      const kind = kinds.get(fault.fault);
      if (kind === undefined) return undefined;
      atCall.set(fault.call, kind);
    }
  }
  const downKind = kinds.get("down");
  const memo = new Map<string, Handled | Gap>();

  const result = handle(root.id, root, { executed: Executed.none, came: [] });
  if (result === gap) return undefined;
  const { came, executed } = result.state;
  const ids = new Set(came.flatMap(placesOf));
  const services = new Set(came.filter(({ outOfReach }) => outOfReach !== true).map(({ service }) => service));
  return {
    effective: faults.filter((fault) => (fault.kind === "down" ? services.has(fault.service) : ids.has(fault.call))),
    came,
    end: endKey(result.answer, executed),
    waits: result.waits,
  };

  function handle(id: CallId, endpoint: Endpoint, before: State): Handled | Gap {
    const at = `${id} ${endpoint.request} ${before.executed.text()}`;
    let known = memo.get(at);
    if (known === undefined) {
      known = work(id, endpoint, { executed: before.executed, came: [] });
      memo.set(at, known);
    }
    if (known === gap) return gap;
    return { ...known, state: { ...known.state, came: [...before.came, ...known.state.came] } };
  }

  function work(id: CallId, endpoint: Endpoint, before: State): Handled | Gap {
    const key = handlingKey(endpoint, before.executed);
    let matched: Handled | undefined;
    for (const { calls, answer } of behaviours.of(key)) {
      let state: State = { ...before, executed: before.executed.with(endpoint) };
      let waits = noWaits;
      let matches = true;
      for (const recorded of calls) {
        const called = call(id, recorded, state);
        if (called === gap || !alike(key, recorded.name, called.seen, recorded.seen)) {
          matches = false;
          break;
        }
        waits = addWaits(waits, called.seen.waits);
        state = called.state;
      }
      if (!matches) continue;
      if (matched !== undefined && !sameEffect(matched, { answer, waits, state })) return gap;
      matched ??= { answer, waits, state };
    }
    return matched ?? gap;
  }

  function call(caller: CallId, recorded: SeenCall, before: State): Called | Gap {
    const id = callId(caller, recorded.name);
    const { service, outOfReach } = recorded;
    const here = { id, service, ...marksOf(recorded) };
    let state: State = { ...before, came: [...before.came, here] };
    const own = placesOf(here).map((place) => atCall.get(place));
    const kind = outOfReach === true ? undefined : down.has(service) ? downKind : own.find((one) => one !== undefined);
    let answer: string | undefined;
    let waits = kind === undefined ? noWaits : waitFor(id, kind);
    for (let i = 0; i < (kind?.executions ?? 1); i++) {
      const handled = handle(handlerId(id, i), recorded, state);
      if (handled === gap) return gap;
      answer ??= handled.answer;
      waits = addWaits(waits, handled.waits);
      state = handled.state;
    }
    const symbol = kind === undefined ? (answer ?? "no answer") : kind.outcome(answer ?? "no answer");
    return { seen: { symbol, waits }, state };
  }
}

function sameEffect(a: Handled, b: Handled): boolean {
  const text = ({ answer, waits, state }: Handled): string =>
    JSON.stringify([answer, waits, state.executed.text(), state.came.map(({ id }) => id).sort()]);
  return text(a) === text(b);
}
