import type { Fate } from "../../execution/execution.js";

/** The fate of a message between two nodes, for an arrow of a drawing or a node of a lineage. */
interface FateWords {
  /** "a to b, sent at 1, lost". */
  readonly state: string;
  /** The same in short. */
  readonly short: string;
  /** In the key of a drawing. */
  readonly key: string;
}

export const fateWords: Readonly<Record<Exclude<Fate, "not-a-node">, FateWords>> = {
  delivered: { state: "delivered", short: "delivered", key: "arrives one instant later" },
  omitted: { state: "lost", short: "lost", key: "lost" },
  "sender-crashed": {
    state: "never sent, the sender has crashed",
    short: "never sent, crashed",
    key: "not sent: the node has crashed",
  },
  "sender-away": {
    state: "never sent, the sender is away",
    short: "never sent, away",
    key: "not sent: the node is away",
  },
  "cut-off": { state: "lost, cut off", short: "lost, cut off", key: "lost: cut off" },
  "receiver-away": {
    state: "lost, it arrives while the receiver is down",
    short: "lost, receiver down",
    key: "lost: it arrives while the node is down",
  },
};

/** The same for a message of a lineage, whose destination may not be a node. */
export function shortFate(fate: Fate): string {
  return fate === "not-a-node" ? "lost" : fateWords[fate].short;
}

/** Why a message did not arrive that would have derived a tuple. */
interface LossWords {
  /** After "the message a → b, sent at 1,". */
  readonly predicate: string;
  /** After "a sends it to b at 1, but". */
  readonly clause: string;
}

export const lossWords: Readonly<Record<Exclude<Fate, "delivered">, LossWords>> = {
  omitted: { predicate: "is lost", clause: "the message is lost" },
  "sender-crashed": {
    predicate: "never leaves: the sender has crashed",
    clause: "the sender has crashed, and the message never leaves",
  },
  "sender-away": {
    predicate: "never leaves: the sender is away",
    clause: "the sender is away, and the message never leaves",
  },
  "cut-off": {
    predicate: "is lost: the sender is cut off from the receiver",
    clause: "the sender is cut off from the receiver, and the message is lost",
  },
  "receiver-away": {
    predicate: "arrives while the receiver is down, and is lost",
    clause: "the message arrives while the receiver is down, and is lost",
  },
  "not-a-node": { predicate: "goes to no node", clause: "that place is not a node" },
};
