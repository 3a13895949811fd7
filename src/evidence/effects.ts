import type { CarriedTuple, Execution, Message, TupleAt } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import { losesMessage } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import { absenceAt } from "../faults/schedule.js";
import type { RuleId, Value } from "../program/program.js";
import type { Difference, DirectEffect } from "./difference.js";

/** What one fault did in the failing run. */
export interface Effect {
  readonly fault: Fault;
  /** The messages that were not received because of it, in the order of the run. */
  readonly lost: readonly Message[];
  /** The messages that it made late or duplicated. */
  readonly late: readonly Message[];
  /** Those of both on which the difference between the runs depends. */
  readonly cut: readonly Message[];
  /** What its node forgot. */
  readonly forgotten: readonly CarriedTuple[];
  /** Why the outcome would be kept, or not be promised, without this fault: a comparison with the run without it. */
  readonly needed?: Difference;
}

/** A place in the source that is to blame for a violation. */
export interface Blame {
  readonly rule: RuleId;
  /**
   * `message`: what it sent was lost or late, and the outcome depends on it; `forgotten`: what it derived was forgotten, and the outcome
   * depends on it; `promise`: it derives a tuple of `pre` that `post` lacks; `present`: it derives a forbidden tuple.
   */
  readonly kind: "message" | "forgotten" | "promise" | "present";
  readonly messages: readonly Message[];
}

/** Relates a fault of a run to the messages that it lost or made late, and these to what the explained differences depend on. */
export function effectOf(
  fault: Fault,
  failing: Execution,
  causes: readonly StruckMessage[],
  needed: Difference | undefined,
): Effect {
  const lost = failing.messages().filter((message) => takenBy(fault, message, failing.schedule));
  const late = failing.messages().filter((message) => madeLateBy(fault, message));
  const all = needed === undefined ? causes : [...causes, ...struckMessages(needed)];
  const cut = [...lost, ...late].filter((message) => all.some((cause) => isCutBy(message, cause)));
  const forgotten = "node" in fault && "until" in fault ? failing.carriedInto(fault).forgotten : [];
  return { fault, lost, late, cut, forgotten, ...(needed === undefined ? {} : { needed }) };
}

/**
 * The message rules whose messages were cut, then the rules whose results were forgotten, those that promised and those that derived a
 * forbidden tuple: each rule once.
 */
export function blameOf(
  effects: readonly Effect[],
  differences: readonly Difference[],
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
  const forgotten = differences.flatMap(directEffectsOf).flatMap((c) => (c.kind === "forgotten" ? [c.rule] : []));
  return [
    ...messages,
    ...others(forgotten, "forgotten"),
    ...others(promises, "promise"),
    ...others(present, "present"),
  ];
}

/** A direct effect of a fault, and the tuple that it removed or added. */
type EffectOnTuple = DirectEffect & { readonly tuple: TupleAt };

/** The direct effects of faults in a tree of differences. */
function directEffectsOf({ tuple, causes }: Difference): readonly EffectOnTuple[] {
  return causes.flatMap((cause): readonly EffectOnTuple[] => {
    if (cause.kind !== "firing") return [{ ...cause, tuple }];
    return cause.because.flatMap((reason) => (reason.kind === "difference" ? directEffectsOf(reason.difference) : []));
  });
}

/** The effect of a fault on a message on which a difference depends. */
type StruckMessage = Extract<EffectOnTuple, { readonly from: Value }>;

export function struckMessages(difference: Difference): readonly StruckMessage[] {
  return directEffectsOf(difference).flatMap((effect) =>
    effect.kind === "message-lost" || effect.kind === "message-late" ? [effect] : [],
  );
}

/** Whether this fault alone explains that the message was not received. */
function takenBy(fault: Fault, message: Message, schedule: Schedule): boolean {
  const { fate, from, to, sent, arrivals } = message;
  if (fate === "delivered" || fate === "not-a-node") return false;
  if (fate === "receiver-away") return arrivals.some((at) => absenceAt(schedule, to, at) === fault);
  return losesMessage(fault, String(from), String(to), sent);
}

/** Whether the message is late or duplicated because of this fault. */
function madeLateBy(fault: Fault, { from, to, sent, arrivals }: Message): boolean {
  return (
    "arrives" in fault &&
    fault.from === from &&
    fault.to === to &&
    fault.at === sent &&
    arrivals.includes(fault.arrives)
  );
}

function isCutBy(message: Message, cause: StruckMessage): boolean {
  return (
    message.rule === cause.rule &&
    message.from === cause.from &&
    cause.instants.includes(message.sent) &&
    message.args.every((value, i) => value === cause.tuple.args[i])
  );
}
