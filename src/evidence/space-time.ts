import type { Execution, Fate, Message } from "../execution/execution.js";
import { compareNames } from "../faults/kind.js";

/** How many tuples of one relation an arrow stands for. */
export interface Load {
  readonly relation: string;
  readonly count: number;
}

/** Every message that left `from` for `to` at one instant. They share their fate, since faults strike channels. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly fate: Exclude<Fate, "not-a-node">;
  /** By relation name. */
  readonly loads: readonly Load[];
  readonly messages: readonly Message[];
}

export interface Moment {
  readonly instant: number;
  /** Nodes that crash at this instant. */
  readonly crashes: readonly string[];
  /** By sender, then receiver. */
  readonly arrows: readonly Arrow[];
}

/** One execution as a drawing needs it: who sent what to whom, and what became of it. */
export interface SpaceTime {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** Instants 1 … eot. */
  readonly moments: readonly Moment[];
  /** Messages from or to a place that is not a node: never delivered, and not drawn. */
  readonly strays: number;
}

/**
 * The space–time diagram of an execution as data. Messages of a node to itself are left out, since nothing can
 * happen to them, and so are those sent at the end of time, which arrive nowhere. Several messages of one instant
 * between the same two nodes are one arrow.
 */
export function spaceTime(execution: Execution): SpaceTime {
  const { nodes, eot, schedule, program } = execution;
  const byInstant = new Map<number, Map<string, Message[]>>();
  let strays = 0;
  for (const message of execution.messages()) {
    if (message.fate === "not-a-node") {
      strays++;
      continue;
    }
    if (message.from === message.to || message.sent >= eot) continue;
    const channels = byInstant.get(message.sent) ?? new Map<string, Message[]>();
    byInstant.set(message.sent, channels);
    const channel = JSON.stringify([message.from, message.to]);
    const list = channels.get(channel);
    if (list === undefined) channels.set(channel, [message]);
    else list.push(message);
  }
  const nameOf = (message: Message): string => program.relations[message.relation]?.name ?? "?";
  const moments: Moment[] = [];
  for (let instant = 1; instant <= eot; instant++) {
    moments.push({
      instant,
      crashes: schedule.flatMap((f) => (f.kind === "crash" && f.at === instant ? [f.node] : [])),
      arrows: [...(byInstant.get(instant)?.values() ?? [])]
        .flatMap((messages) => arrow(messages, nameOf))
        .sort(byChannel),
    });
  }
  return { nodes, eot, moments, strays };
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
  return [{ from: String(first.from), to: String(first.to), fate: first.fate, loads, messages }];
}

function byChannel(a: Arrow, b: Arrow): number {
  return compareNames(a.from, b.from) || compareNames(a.to, b.to);
}
