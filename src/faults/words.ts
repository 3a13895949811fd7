import { formatName } from "../source/names.js";
import type { Period } from "../wording/instants.js";
import { duringInWords, periodInWords } from "../wording/instants.js";
import { enumerate } from "../wording/lists.js";
import type { Marks } from "../wording/marks.js";
import { unicodeMarks } from "../wording/marks.js";
import { count } from "../wording/numbers.js";
import type { ChannelFault } from "./channel-faults.js";
import type { CutFault } from "./cut-faults.js";
import type { Fault, FaultKind } from "./kinds.js";
import { formatFault } from "./notation.js";

/** The words of reports for one fault. */
interface FaultWords<F> {
  /** What happens, as an operator would report it; `nodes` are all there are. */
  event(fault: F, nodes: readonly string[], marks: Marks): string;
  /** The condition that the fault violates: after "all derivations need". */
  need(fault: F, marks: Marks): string;
  /** The single point of failure, if this fault alone breaks a promise. */
  culprit(fault: F, marks: Marks): string;
}

type Table = { readonly [K in FaultKind]: FaultWords<Extract<Fault, { readonly kind: K }>> };

function ofNode(noun: string): Omit<FaultWords<{ readonly node: string; readonly at: number }>, "event"> {
  return {
    need: ({ node, at }) => `${formatName(node)} to be up at ${at}`,
    culprit: ({ node, at }) => `${formatName(node)} (by a ${noun} at ${at})`,
  };
}

const ofChannel: Omit<FaultWords<ChannelFault>, "event"> = {
  need: (fault, marks) => `the message ${messageInWords(fault, marks)}`,
  culprit: (fault, marks) => `the message ${messageInWords(fault, marks)}`,
};

const ofCut: Omit<FaultWords<CutFault>, "event"> = {
  need: () => "the network to be whole",
  culprit: formatFault,
};

/** By kind. */
const table: Table = {
  crash: { ...ofNode("crash"), event: ({ node, at }) => `${formatName(node)} crashes at ${at}` },
  restart: {
    ...ofNode("restart"),
    event: ({ node, at, until }, _, marks) =>
      `${formatName(node)} restarts: down at ${periodInWords({ from: at, to: until - 1 }, marks)}, back at ${until}`,
  },
  pause: {
    ...ofNode("pause"),
    event: ({ node, at, until }, _, marks) =>
      `${formatName(node)} is paused at ${periodInWords({ from: at, to: until - 1 }, marks)}`,
  },
  partition: { ...ofCut, event: twoWayCut },
  "partial-partition": { ...ofCut, event: twoWayCut },
  "one-way-partition": {
    ...ofCut,
    event: ({ a, b, at, until }, nodes, marks) =>
      `what ${enumerate(a.map(formatName))} ${a.length === 1 ? "sends" : "send"} does not reach ${groupInWords(b, a, nodes, "or")} ${duringInWords({ from: at, to: until }, marks)} (one way)`,
  },
  omission: {
    ...ofChannel,
    event: ({ from, to, at }, _, { arrow }) =>
      `one message ${formatName(from)} ${arrow} ${formatName(to)}, sent at ${at}, is lost`,
  },
  delay: {
    ...ofChannel,
    event: (fault) =>
      `${sentMessage(fault)} arrives at ${fault.arrives}, ${count(fault.arrives - fault.at - 1, "instant")} late`,
  },
  duplicate: {
    ...ofChannel,
    event: (fault) => `${sentMessage(fault)} arrives at ${fault.at + 1} and again at ${fault.arrives}`,
  },
};

function wordsOf<F extends Fault>(fault: F): FaultWords<F> {
  return table[fault.kind] as unknown as FaultWords<F>;
}

/** One fault as an operator would report it. */
export function faultInWords(fault: Fault, nodes: readonly string[], marks: Marks = unicodeMarks): string {
  return wordsOf(fault).event(fault, nodes, marks);
}

/** The condition that a fault violates. */
export function needInWords(fault: Fault, marks: Marks): string {
  return wordsOf(fault).need(fault, marks);
}

/** A message or a node that is a single point of failure. */
export function culpritInWords(fault: Fault, marks: Marks): string {
  return wordsOf(fault).culprit(fault, marks);
}

/** `a → b sent at 1`. */
export function messageInWords({ from, to, at }: Pick<ChannelFault, "from" | "to" | "at">, { arrow }: Marks): string {
  return `${formatName(from)} ${arrow} ${formatName(to)} sent at ${at}`;
}

/** "a and b are cut off from c during 2–3". */
export function cutInWords(
  side: readonly string[],
  others: readonly string[],
  period: Period,
  nodes: readonly string[],
  marks: Marks,
): string {
  const verb = side.length === 1 ? "is" : "are";
  return `${enumerate(side.map(formatName))} ${verb} cut off from ${groupInWords(others, side, nodes, "and")} ${duringInWords(period, marks)}`;
}

function twoWayCut({ a, b, at, until }: CutFault, nodes: readonly string[], marks: Marks): string {
  return cutInWords(a, b, { from: at, to: until }, nodes, marks);
}

function sentMessage({ from, to, at }: ChannelFault): string {
  return `${formatName(from)}'s message to ${formatName(to)}, sent at ${at},`;
}

/** Names, or "all others" if they are all other nodes and more than three. */
export function groupInWords(
  members: readonly string[],
  apart: readonly string[],
  nodes: readonly string[],
  conjunction: "and" | "or",
): string {
  const everybody = members.length > 3 && members.length === nodes.length - apart.length;
  if (everybody) return conjunction === "or" ? "any other node" : "all others";
  return enumerate(members.map(formatName), conjunction);
}
