import type { Behaviour, Behaviours } from "./behaviours.js";
import { sameSeen } from "./behaviours.js";
import type { Seen } from "./run-view.js";

/** Whether a caller treats two outcomes of one of its calls alike. */
export type Alike = (key: string, name: string, a: Seen, b: Seen) => boolean;

export const onlySame: Alike = (_key, _name, a, b) => sameSeen(a, b);

/**
 * Outcomes of a call that its caller was seen to treat alike under single faults: the same answer, the same further calls with the same
 * outcomes, the same judgement. That the call succeeded is not an outcome of a fault and is a class of its own; the same answer after a
 * wait belongs to it.
 *
 *     refused at GET db/items#1:      calls GET cache/items#1, answers 200:ab      } alike
 *     error(503) at GET db/items#1:   calls GET cache/items#1, answers 200:ab      }
 */
export function classesOf(behaviours: Behaviours): Alike {
  const signatures = new Map<string, string | undefined>();
  return (key, name, a, b) => {
    if (sameSeen(a, b)) return true;
    if (a.symbol !== b.symbol && (isUsual(key, name, a) || isUsual(key, name, b))) return false;
    const left = signatureOf(key, name, a);
    return left !== undefined && left === signatureOf(key, name, b);
  };

  function isUsual(key: string, name: string, { symbol }: Seen): boolean {
    return (
      behaviours.undisturbed(key)?.calls.some((call) => call.name === name && call.seen.symbol === symbol) === true
    );
  }

  function signatureOf(key: string, name: string, seen: Seen): string | undefined {
    const at = JSON.stringify([key, name, seen]);
    if (!signatures.has(at)) signatures.set(at, find(key, name, seen));
    return signatures.get(at);
  }

  function find(key: string, name: string, seen: Seen): string | undefined {
    const clean = behaviours.undisturbed(key);
    if (clean === undefined) return undefined;
    if (clean.calls.some((call) => call.name === name && sameSeen(call.seen, seen))) return signature(clean, name);
    const found = behaviours
      .of(key)
      .filter(({ outcomes }) => outcomes.size > 0)
      .filter((behaviour) => {
        const deviation = firstDeviation(clean, behaviour);
        return deviation?.name === name && sameSeen(deviation.seen, seen);
      });
    const [only] = found;
    return found.length === 1 && only !== undefined ? signature(only, name) : undefined;
  }
}

/** The first call of a behaviour whose outcome is not that of the undisturbed one. */
function firstDeviation(clean: Behaviour, behaviour: Behaviour): { name: string; seen: Seen } | undefined {
  const before = new Map(clean.calls.map((call) => [call.name, call.seen]));
  return behaviour.calls.find(({ name, seen }) => {
    const usual = before.get(name);
    return usual !== undefined && !sameSeen(usual, seen);
  });
}

function signature({ calls, answer, outcomes }: Behaviour, name: string): string {
  const others = calls
    .filter((call) => call.name !== name)
    .map((call) => JSON.stringify([call.name, call.request, call.seen]));
  return JSON.stringify([answer, others.sort(), [...outcomes].sort()]);
}
