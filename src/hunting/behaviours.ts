import type { CallId } from "./call.js";
import { groupOf, isGroup, namesOf } from "./call.js";
import type { Handling, HuntedRun, Seen, SeenCall } from "./run-view.js";

/** One way in which a handler was seen to work. */
export interface Behaviour {
  readonly calls: readonly SeenCall[];
  readonly answer: string;
  /** Runs with at most one call disturbed in which it was seen, by their outcome. */
  readonly outcomes: ReadonlySet<string>;
}

interface MutableBehaviour extends Behaviour {
  readonly outcomes: Set<string>;
}

/**
 * What each service did, by request and by what it saw of its own calls. Two behaviours under one key are a contradiction if everything
 * that both saw was the same, since then the service should have gone on alike: the key, and the calls in which the two differ, are
 * unstable.
 */
export class Behaviours {
  private readonly byKey = new Map<string, MutableBehaviour[]>();
  private readonly contradictory = new Set<string>();
  private readonly clean = new Map<string, Behaviour>();
  /** Calls that come or not although nothing that their callers saw was different. */
  readonly unstable = new Set<CallId>();

  /** What was seen of a handler; nothing if it contradicts itself. */
  of(key: string): readonly Behaviour[] {
    return this.contradictory.has(key) ? [] : (this.byKey.get(key) ?? []);
  }

  /** What the handler did in a run without faults. */
  undisturbed(key: string): Behaviour | undefined {
    return this.clean.get(key);
  }

  get contradictions(): readonly string[] {
    return [...this.contradictory];
  }

  /** Learns from a run; returns whether something that was thought stable is not. */
  learn(run: HuntedRun, outcome: string): boolean {
    const before = this.unstable.size + this.contradictory.size;
    const single = disturbed(run) <= 1;
    for (const handling of run.handlings) {
      const behaviour = this.record(handling);
      if (single) behaviour.outcomes.add(outcome);
      if (run.effective.length === 0 && !this.clean.has(handling.key)) this.clean.set(handling.key, behaviour);
    }
    return this.unstable.size + this.contradictory.size > before;
  }

  private record({ handler, key, calls, answer }: Handling): MutableBehaviour {
    const known = this.byKey.get(key) ?? [];
    const same = known.find((other) => textOf(other) === textOf({ calls, answer }));
    if (same !== undefined) return same;
    for (const other of known) {
      const different = contradiction(other, { calls, answer });
      if (different === undefined) continue;
      this.contradictory.add(key);
      for (const name of different) this.unstable.add(`${handler} › ${name}`);
    }
    const added: MutableBehaviour = { calls, answer, outcomes: new Set() };
    this.byKey.set(key, [...known, added]);
    return added;
  }

  /** Calls of calibration that came in some runs only. */
  noteUnstable(ids: Iterable<CallId>): void {
    for (const id of ids) this.unstable.add(id);
  }

  isUnstable(id: CallId): boolean {
    if (this.unstable.has(id)) return true;
    if (isGroup(id) && [...this.unstable].some((one) => groupOf(one) === groupOf(id))) return true;
    const names = namesOf(id);
    // Whatever is called by a call that comes by chance comes by chance.
    return names.some((_, i) => i > 0 && i < names.length && this.unstable.has(names.slice(0, i).join(" › ")));
  }
}

/** How many calls were disturbed: several if a service was down that was called several times. */
function disturbed({ effective, came }: HuntedRun): number {
  return effective.reduce(
    (sum, fault) => sum + (fault.kind === "call" ? 1 : came.filter(({ service }) => service === fault.service).length),
    0,
  );
}

/** The names of the calls in which two behaviours differ, if they cannot both be what a service does that depends on its calls alone. */
function contradiction(
  a: Pick<Behaviour, "calls" | "answer">,
  b: Pick<Behaviour, "calls" | "answer">,
): readonly string[] | undefined {
  const seenByB = new Map(b.calls.map((call) => [call.name, call]));
  const different: string[] = [];
  for (const call of a.calls) {
    const other = seenByB.get(call.name);
    if (other === undefined) different.push(call.name);
    else if (!sameSeen(call.seen, other.seen)) return undefined;
  }
  const seenByA = new Set(a.calls.map((call) => call.name));
  for (const call of b.calls) if (!seenByA.has(call.name)) different.push(call.name);
  return different.length > 0 || a.answer !== b.answer || requests(a) !== requests(b) ? different : undefined;
}

export function sameSeen(a: Seen, b: Seen): boolean {
  return a.symbol === b.symbol && a.waits.join() === b.waits.join();
}

function requests({ calls }: Pick<Behaviour, "calls">): string {
  return calls
    .map(({ name, request }) => `${name} ${request}`)
    .sort()
    .join("\n");
}

function textOf({ calls, answer }: Pick<Behaviour, "calls" | "answer">): string {
  // Which of two calls at once begins first is of no account.
  return [...calls.map((call) => JSON.stringify([call.name, call.request, call.seen])).sort(), answer].join("\n");
}
