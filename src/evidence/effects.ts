import type { Execution, Message } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import { losesMessage } from "../faults/kinds.js";
import type { RuleId } from "../program/program.js";
import type { Cause, Difference } from "./difference.js";

/** What one fault did in the failing run. */
export interface Effect {
  readonly fault: Fault;
  /** The messages that it kept from arriving, in the order of the run. */
  readonly lost: readonly Message[];
  /** Those of them that some lost derivation of the outcome needed. */
  readonly cut: readonly Message[];
  /** Why the outcome would be kept, or not be promised, if this fault alone did not happen: the run without it, compared. */
  readonly needed?: Difference;
}

/** A place in the source that a violation points at. */
export interface Blame {
  readonly rule: RuleId;
  /**
   * `message`: what it sent was lost and the outcome needed it; `promise`: it derives `pre` though `post` is not kept; `present`: it
   * derives what must never be there.
   */
  readonly kind: "message" | "promise" | "present";
  readonly messages: readonly Message[];
}

/** Ties each fault of a run to the messages it took away, and these to the derivations they cut. */
export function effectsOf(
  failing: Execution,
  differences: readonly Difference[],
  neededBy: (fault: Fault) => Difference | undefined,
): readonly Effect[] {
  const causes = differences.flatMap(lostMessages);
  return failing.schedule.map((fault) => {
    const lost = failing.messages().filter((message) => message.from !== message.to && takenBy(fault, message));
    const needed = neededBy(fault);
    const all = needed === undefined ? causes : [...causes, ...lostMessages(needed)];
    const cut = lost.filter((message) => all.some((cause) => isCutBy(message, cause)));
    return { fault, lost, cut, ...(needed === undefined ? {} : { needed }) };
  });
}

/** The message rules whose messages were cut, then the rules that promised and those that derived what is present: by rule, each once. */
export function blameOf(
  effects: readonly Effect[],
  promises: readonly RuleId[],
  present: readonly RuleId[],
): readonly Blame[] {
  const byRule = new Map<RuleId, Message[]>();
  for (const { cut } of effects) {
    for (const message of cut) {
      const list = byRule.get(message.rule) ?? [];
      if (!list.includes(message)) list.push(message);
      byRule.set(message.rule, list);
    }
  }
  const messages = [...byRule]
    .sort(([a], [b]) => a - b)
    .map(([rule, list]): Blame => ({ rule, kind: "message", messages: list }));
  const others = (rules: readonly RuleId[], kind: Blame["kind"]): readonly Blame[] =>
    [...new Set(rules)].sort((a, b) => a - b).map((rule): Blame => ({ rule, kind, messages: [] }));
  return [...messages, ...others(promises, "promise"), ...others(present, "present")];
}

/** Every lost message in a tree of differences. */
function lostMessages(difference: Difference): readonly LostMessage[] {
  return difference.causes.flatMap((cause): readonly LostMessage[] => {
    switch (cause.kind) {
      case "message-lost":
        return [{ ...cause, tuple: difference.tuple }];
      case "crash":
      case "restart":
        return [];
      case "firing":
        return cause.because.flatMap((reason) => (reason.kind === "difference" ? lostMessages(reason.difference) : []));
      default: {
        const never: never = cause;
        return never;
      }
    }
  });
}

type LostMessage = Extract<Cause, { kind: "message-lost" }> & { readonly tuple: Difference["tuple"] };

/** Whether this fault alone explains that the message did not arrive. */
function takenBy(fault: Fault, message: Message): boolean {
  if (message.fate === "delivered" || message.fate === "not-a-node") return false;
  return losesMessage(fault, String(message.from), String(message.to), message.sent);
}

function isCutBy(message: Message, cause: LostMessage): boolean {
  return (
    message.rule === cause.rule &&
    message.from === cause.from &&
    cause.instants.includes(message.sent) &&
    message.args.every((value, i) => value === cause.tuple.args[i])
  );
}
