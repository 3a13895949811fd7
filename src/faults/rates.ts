import { formatName, parseNames } from "../source/names.js";
import type { ChannelInstant } from "./channel-faults.js";
import { omission } from "./channel-faults.js";
import { crash } from "./node-faults.js";

/*
 * Probabilities of faults, as in `--rate` and in the lines of a file of rates:
 *
 *     omission=0.01        each message between two nodes is lost with this probability
 *     omission(a,b)=0.2    those from a to b
 *     crash=0.001          each node crashes at each instant with this probability, if it has not
 *     crash(c)=0.05        this node
 */

/** A rate of all faults of a kind, or of those of one node or channel. */
export interface Rate {
  readonly kind: "omission" | "crash";
  /** Sender and receiver, or a node; empty: all. */
  readonly names: readonly string[];
  /** From 0 to 1. */
  readonly probability: number;
}

export type ParsedRate =
  | { readonly kind: "rate"; readonly rate: Rate }
  /** Why it is not a rate, as a sentence. */
  | { readonly kind: "problem"; readonly problem: string };

/** The kinds that can have a rate: those of the others would need a model of their duration. */
const kinds = [omission.kind, crash.kind] as const;

/** Parses `omission=0.01`, or with a colon as in a file. */
export function parseRate(text: string): ParsedRate {
  const match = /^\s*([a-z-]+)\s*(?:\((.*)\))?\s*[=:]\s*(\S+)\s*$/.exec(text);
  if (match === null) return problem("Give a kind and a probability: omission=0.01, crash(c)=0.001.");
  const [, word, list, number = ""] = match;
  const kind = kinds.find((known) => known === word);
  if (kind === undefined) return problem(`Only ${kinds.join(" and ")} can have a rate, not ${word ?? ""}.`);
  const probability = Number(number);
  if (!(probability >= 0 && probability <= 1)) return problem(`A probability is a number from 0 to 1, not ${number}.`);
  if (list === undefined) return { kind: "rate", rate: { kind, names: [], probability } };
  const names = parseNames(list);
  const wanted = kind === omission.kind ? 2 : 1;
  if (names.kind !== "names" || names.names.length !== wanted)
    return problem(
      `Name ${wanted === 2 ? "the sender and the receiver: omission(a,b)" : "one node: crash(c)"}=${number}.`,
    );
  return { kind: "rate", rate: { kind, names: names.names, probability } };
}

function problem(text: string): ParsedRate {
  return { kind: "problem", problem: text };
}

/** All rates together: if a name has several, the last counts; if it has none, that of the kind. */
export class Rates {
  constructor(readonly list: readonly Rate[]) {}

  /** Whether some fault of a kind has a rate above 0. */
  has(kind: Rate["kind"]): boolean {
    return this.list.some((rate) => rate.kind === kind && rate.probability > 0);
  }

  /** The probability that a message from one node to another is lost. */
  ofOmission({ from, to }: Pick<ChannelInstant, "from" | "to">): number {
    return this.of(omission.kind, [from, to]);
  }

  /** The probability that a node which is up crashes at an instant. */
  ofCrash(node: string): number {
    return this.of(crash.kind, [node]);
  }

  /** The names that are not nodes, in the order of the rates. */
  unknownNames(nodes: readonly string[]): readonly string[] {
    return [...new Set(this.list.flatMap(({ names }) => names.filter((name) => !nodes.includes(name))))].map(
      formatName,
    );
  }

  private of(kind: Rate["kind"], names: readonly string[]): number {
    const own = this.list.findLast((rate) => rate.kind === kind && rate.names.join("\0") === names.join("\0"));
    return (own ?? this.list.findLast((rate) => rate.kind === kind && rate.names.length === 0))?.probability ?? 0;
  }
}
