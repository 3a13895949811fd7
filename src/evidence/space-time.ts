import type { Execution, Fate, Message } from "../execution/execution.js";
import type { FaultEvent, NodeState } from "../faults/kind.js";
import type { Fault } from "../faults/kinds.js";
import { eventsOf, periodOf } from "../faults/kinds.js";
import { compareNames } from "../source/names.js";

/*
 * One execution as data for a drawing, independent of the kinds of faults. A node is a column, time runs downward, and
 * faults show in three ways: in the arrivals of an arrow, in the state of a column, and in a mark across channels.
 *
 *     a → b sent at 1, arrivals [2]       arrives one instant later, as messages do
 *     a → b sent at 1, arrivals []        is lost, or never sent
 *     a → b sent at 1, arrivals [2, 4]    arrives, and again later
 *     column c, crashed 3–6
 */

/** How many tuples of one relation an arrow stands for. */
export interface Load {
  readonly relation: string;
  readonly count: number;
}

/** Every message that left `from` for `to` at one instant. They share their fate, since faults affect channels. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** The instants at which it arrives, ascending; EOT + 1 stands for any later instant. */
  readonly arrivals: readonly number[];
  readonly fate: Exclude<Fate, "not-a-node">;
  /** By relation name. */
  readonly loads: readonly Load[];
  readonly messages: readonly Message[];
}

/** The state of a node at the instants `from` … `to`. Otherwise it is up. */
export interface ColumnState {
  readonly kind: NodeState;
  readonly from: number;
  readonly to: number;
}

export interface Column {
  readonly node: string;
  /** Disjoint, in the order of time. */
  readonly states: readonly ColumnState[];
}

/** Nothing that is sent along these channels at the instants `from` … `to` arrives. */
export interface ChannelMark {
  readonly channels: readonly { readonly from: string; readonly to: string }[];
  readonly from: number;
  readonly to: number;
}

/** One execution as data for a drawing: messages with their fates, the states of nodes, and cuts. */
export interface SpaceTime {
  readonly eot: number;
  readonly columns: readonly Column[];
  /** By instant of sending, then sender, then receiver. */
  readonly arrows: readonly Arrow[];
  readonly marks: readonly ChannelMark[];
  /** Messages from or to a place that is not a node: never delivered, and not drawn. */
  readonly strays: number;
}

/**
 * The gaps with a mark for some severed channels; gap i is between the columns i and i + 1. A gap is marked if its
 * neighbours are cut off from each other; a channel that crosses no such gap is marked beside its right end. Channels are
 * pairs of columns.
 *
 *     a | b, c   →   between a and b       a | c (b reaches both)   →   between b and c
 */
export function markedGaps(channels: readonly (readonly [number, number])[]): readonly number[] {
  const spans = channels.map(([from, to]) => ({ first: Math.min(from, to), last: Math.max(from, to) - 1 }));
  const gaps = new Set(spans.flatMap(({ first, last }) => (first === last ? [first] : [])));
  const isMarked = (first: number, last: number): boolean => [...gaps].some((gap) => first <= gap && gap <= last);
  for (const { first, last } of spans) if (!isMarked(first, last)) gaps.add(last);
  return [...gaps].sort((a, b) => a - b);
}

/** Whether some of it arrives later than one instant after it was sent. */
export function isLate({ sent, arrivals }: Pick<Arrow, "sent" | "arrivals">): boolean {
  return arrivals.some((at) => at > sent + 1);
}

/** Whether a message with this fate left its sender. */
export const leavesSender: Readonly<Record<Fate, boolean>> = {
  delivered: true,
  omitted: true,
  "sender-crashed": false,
  "sender-away": false,
  "cut-off": true,
  "receiver-away": true,
  "not-a-node": true,
};

/**
 * The space–time diagram of an execution as data. Two kinds of messages are omitted: those of a node to itself, which only an absence of
 * the node affects, and those sent at EOT, which never arrive. Several messages of one instant between the same two nodes are one arrow.
 */
export function spaceTime(execution: Execution): SpaceTime {
  const { nodes, eot, schedule, program } = execution;
  const byChannel = new Map<string, Message[]>();
  let strays = 0;
  for (const message of execution.messages()) {
    if (message.fate === "not-a-node") {
      strays++;
      continue;
    }
    if (message.from === message.to || message.sent >= eot) continue;
    const channel = JSON.stringify([message.sent, message.from, message.to]);
    const list = byChannel.get(channel);
    if (list === undefined) byChannel.set(channel, [message]);
    else list.push(message);
  }
  const events = schedule.flatMap((fault) => drawnAs(fault, eot));
  const nameOf = (message: Message): string => program.relations[message.relation]?.name ?? "?";
  return {
    eot,
    columns: columnsOf(nodes, events),
    arrows: [...byChannel.values()].flatMap((messages) => arrow(messages, nameOf)).sort(compareArrows),
    marks: events.flatMap(({ event, from, to }) =>
      event.kind === "mark" ? [{ channels: event.channels, from, to }] : [],
    ),
    strays,
  };
}

interface Drawn {
  readonly event: FaultEvent;
  readonly from: number;
  readonly to: number;
}

/** How a fault is drawn, up to the end of time. */
function drawnAs(fault: Fault, eot: number): readonly Drawn[] {
  const { from, to } = periodOf(fault);
  return from > eot ? [] : eventsOf(fault).map((event) => ({ event, from, to: Math.min(to, eot) }));
}

function columnsOf(nodes: readonly string[], drawn: readonly Drawn[]): readonly Column[] {
  return nodes.map((node) => ({
    node,
    states: drawn
      .flatMap(({ event, from, to }): readonly ColumnState[] =>
        event.kind === "state" && event.node === node ? [{ kind: event.state, from, to }] : [],
      )
      .sort((a, b) => a.from - b.from),
  }));
}

function arrow(messages: readonly Message[], nameOf: (message: Message) => string): readonly Arrow[] {
  const first = messages[0];
  if (first === undefined || first.fate === "not-a-node") return [];
  const counts = new Map<string, Set<string>>();
  for (const message of messages) {
    const name = nameOf(message);
    counts.set(name, (counts.get(name) ?? new Set()).add(JSON.stringify(message.args)));
  }
  const loads = [...counts].map(([relation, tuples]) => ({ relation, count: tuples.size }));
  loads.sort((a, b) => compareNames(a.relation, b.relation));
  const { sent, fate, arrivals } = first;
  return [{ from: String(first.from), to: String(first.to), sent, arrivals, fate, loads, messages }];
}

function compareArrows(a: Arrow, b: Arrow): number {
  return a.sent - b.sent || compareNames(a.from, b.from) || compareNames(a.to, b.to);
}
