import type { Execution, Fate, Message } from "../execution/execution.js";
import type { Schedule } from "../faults/schedule.js";
import { compareNames } from "../source/names.js";

/*
 * One execution as a drawing needs it, whatever kinds of faults there are. A node is a column, time runs downward, and
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

/** Every message that left `from` for `to` at one instant. They share their fate, since faults strike channels. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** The instants at which it arrives, ascending; one past the end of time stands for all of them. */
  readonly arrivals: readonly number[];
  readonly fate: Exclude<Fate, "not-a-node">;
  /** By relation name. */
  readonly loads: readonly Load[];
  readonly messages: readonly Message[];
}

/** What a node is at the instants `from` … `to`. Where no state is given it is up. */
export interface ColumnState {
  readonly kind: "crashed";
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

/** One execution as a drawing needs it: who sent what to whom, what became of it, and what befell the nodes and the channels. */
export interface SpaceTime {
  readonly eot: number;
  readonly columns: readonly Column[];
  /** By instant of sending, then sender, then receiver. */
  readonly arrows: readonly Arrow[];
  readonly marks: readonly ChannelMark[];
  /** Messages from or to a place that is not a node: never delivered, and not drawn. */
  readonly strays: number;
}

/** Whether a message with this fate left its sender. */
export const leavesSender: Readonly<Record<Fate, boolean>> = {
  delivered: true,
  omitted: true,
  "sender-crashed": false,
  "sender-away": false,
  "cut-off": true,
  "not-a-node": true,
};

/**
 * The space–time diagram of an execution as data. Messages of a node to itself are left out, since nothing can
 * happen to them, and so are those sent at the end of time, which arrive nowhere. Several messages of one instant
 * between the same two nodes are one arrow.
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
  const nameOf = (message: Message): string => program.relations[message.relation]?.name ?? "?";
  return {
    eot,
    columns: nodes.map((node) => ({ node, states: statesOf(node, schedule, eot) })),
    arrows: [...byChannel.values()].flatMap((messages) => arrow(messages, nameOf)).sort(compareArrows),
    marks: [],
    strays,
  };
}

function statesOf(node: string, schedule: Schedule, eot: number): readonly ColumnState[] {
  return schedule.flatMap((fault): readonly ColumnState[] =>
    fault.kind === "crash" && fault.node === node && fault.at <= eot
      ? [{ kind: "crashed", from: fault.at, to: eot }]
      : [],
  );
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
  const { sent, fate } = first;
  const arrivals = fate === "delivered" ? [sent + 1] : [];
  return [{ from: String(first.from), to: String(first.to), sent, arrivals, fate, loads, messages }];
}

function compareArrows(a: Arrow, b: Arrow): number {
  return a.sent - b.sent || compareNames(a.from, b.from) || compareNames(a.to, b.to);
}
