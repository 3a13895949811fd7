import type { Algebra, Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";

/** A message arrives at instant `at` under the schedules of `when`, which is not false. */
export interface Arrival {
  readonly at: number;
  readonly when: Annotation;
}

/**
 * How a tuple comes to hold at a node, as far as it matters when the node is away: written at the instant before (and kept over a
 * restart or not), by a message, or by what the instant itself gives (facts, deductive rules).
 */
export type Arising = "kept" | "carried" | "arriving" | "derived";

/** What becomes of a tuple that is to hold at a node at an instant under the schedules of x: the parts of x. */
export interface Presence {
  /** Under x ∧ `survives` ∧ ¬`away` it holds; under x ∧ `survives` ∧ `away` it is held back until the node returns; else it is gone. */
  readonly survives: Annotation;
  readonly away: Annotation;
}

/** What an evaluation asks of the world in which its program runs. Nodes are indices. */
export interface Environment {
  /** When a message that leaves `from` for `to` at `sent` arrives. A node's message to itself is a message like others. */
  arrivals(from: number, to: number, sent: number): readonly Arrival[];
  /** Whether nodes can be away at all. */
  readonly hasAbsences: boolean;
  /** What becomes of a tuple that is to hold at `node` at `at`; `undefined` if the node is not away under any schedule. */
  presence(node: number, at: number, arising: Arising): Presence | undefined;
  /** The schedules in which `node` crashes at exactly `at`: what the relation `crash` holds. */
  crashed(node: number, at: number): Annotation;
  /** The schedules in which `node` comes back from a restart at exactly `at`: what the relation `restart` holds. */
  restarted(node: number, at: number): Annotation;
  /** The schedules whose inputs have an alternative of a line of inputs (a `maybe` line has one). */
  chosen(line: number, alternative: number): Annotation;
}

/** The fault variables: under which schedules each is true. Constants under one schedule, nodes of a graph over all of them. */
export interface FaultValues {
  /** What leaves `from` for `to` ≠ `from` at `at` is omitted. */
  omitted(from: number, to: number, at: number): Annotation;
  /** It comes, or comes again, at least `by` ≥ 1 instants late. Implies the same for fewer. */
  late(from: number, to: number, at: number, by: number): Annotation;
  /** If it is late, it also comes in time. */
  doubled(from: number, to: number, at: number): Annotation;
  /** By how much a message can be late. */
  readonly lateness: number;
  /** A cut separates `from` from `to` at `at`. */
  severed(from: number, to: number, at: number): Annotation;
  /** The node crashed at or before `at`. */
  down(node: number, at: number): Annotation;
  /** The node is away at `at`, by a restart or by a pause; never by both. */
  restarting(node: number, at: number): Annotation;
  pausing(node: number, at: number): Annotation;
  readonly hasAbsences: boolean;
  /** As `Environment.chosen`. */
  chosen(line: number, alternative: number): Annotation;
}

/** What faults do, told once: by constants for one schedule, by graph nodes for all of a budget. */
export class FaultyEnvironment implements Environment {
  readonly hasAbsences: boolean;
  private readonly known = new Map<number, readonly Arrival[]>();

  constructor(
    private readonly nodes: number,
    private readonly algebra: Algebra,
    private readonly values: FaultValues,
  ) {
    this.hasAbsences = values.hasAbsences;
  }

  arrivals(from: number, to: number, sent: number): readonly Arrival[] {
    const key = (sent * this.nodes + from) * this.nodes + to;
    let arrivals = this.known.get(key);
    if (arrivals === undefined) {
      arrivals = from === to ? this.toItself(from, sent) : this.between(from, to, sent);
      this.known.set(key, arrivals);
    }
    return arrivals;
  }

  presence(node: number, at: number, arising: Arising): Presence | undefined {
    const { values, algebra } = this;
    const [restarting, pausing] = [values.restarting(node, at), values.pausing(node, at)];
    if (restarting === FALSE && pausing === FALSE) return undefined;
    switch (arising) {
      case "kept":
        return { survives: TRUE, away: algebra.or(restarting, pausing) };
      case "carried":
      case "arriving":
        return { survives: restarting ^ 1, away: pausing };
      case "derived":
        return { survives: algebra.or(restarting, pausing) ^ 1, away: FALSE };
    }
  }

  crashed(node: number, at: number): Annotation {
    const { values } = this;
    return this.algebra.and(values.down(node, at), values.down(node, at - 1) ^ 1);
  }

  restarted(node: number, at: number): Annotation {
    const { values } = this;
    return this.algebra.and(values.restarting(node, at - 1), values.restarting(node, at) ^ 1);
  }

  chosen(line: number, alternative: number): Annotation {
    return this.values.chosen(line, alternative);
  }

  private away(node: number, at: number): Annotation {
    return this.algebra.or(this.values.restarting(node, at), this.values.pausing(node, at));
  }

  /** No fault but an absence touches a node's message to itself. */
  private toItself(node: number, sent: number): readonly Arrival[] {
    const when = this.away(node, sent) ^ 1;
    return when === FALSE ? [] : [{ at: sent + 1, when }];
  }

  private between(from: number, to: number, sent: number): readonly Arrival[] {
    const { algebra, values } = this;
    const silenced = algebra.or(values.omitted(from, to, sent), values.severed(from, to, sent));
    const leaves = algebra.or(algebra.or(silenced, values.down(from, sent)), this.away(from, sent)) ^ 1;
    const arrivals: Arrival[] = [];
    const arrive = (at: number, so: Annotation): void => {
      const when = algebra.and(leaves, so);
      if (when !== FALSE) arrivals.push({ at, when });
    };
    const late = (by: number): Annotation => (by > values.lateness ? FALSE : values.late(from, to, sent, by));
    arrive(sent + 1, algebra.or(late(1) ^ 1, values.doubled(from, to, sent)));
    for (let by = 1; by <= values.lateness; by++) arrive(sent + 1 + by, algebra.and(late(by), late(by + 1) ^ 1));
    return arrivals;
  }
}

/** An environment in which no message arrives; for before there is another. */
export const nothingHappens: Environment = {
  arrivals: () => [],
  hasAbsences: false,
  presence: () => undefined,
  crashed: () => FALSE,
  restarted: () => FALSE,
  chosen: () => FALSE,
};
