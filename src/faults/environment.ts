import type { Algebra, Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";

/** A message arrives at instant `at` under the schedules of `when`, which is not false. */
export interface Arrival {
  readonly at: number;
  readonly when: Annotation;
}

/**
 * The source of a tuple, as far as it matters when its node is away: an `@next` rule of a relation that survives a restart (`kept`)
 * or does not (`carried`), a message, or a fact or deductive rule of the instant itself.
 */
export type TupleSource = "kept" | "carried" | "arriving" | "derived";

/** How the annotation x of a tuple that is to hold at a node is split by the absences of the node. */
export interface Presence {
  /** Under x ∧ `survives` ∧ ¬`away` it holds; under x ∧ `survives` ∧ `away` it is held back until the node returns; otherwise it is lost. */
  readonly survives: Annotation;
  readonly away: Annotation;
}

/** What the evaluation of a program asks about faults and inputs. Nodes are indices. */
export interface Environment {
  /** The arrivals of a message from `from` to `to` sent at `sent`, by ascending instant. `from` and `to` can be the same node. */
  arrivals(from: number, to: number, sent: number): readonly Arrival[];
  /** Whether nodes can be away at all. */
  readonly hasAbsences: boolean;
  /** How the annotation of a tuple that is to hold at `node` at `at` is split; `undefined` if the node is away under no schedule. */
  presence(node: number, at: number, source: TupleSource): Presence | undefined;
  /** The schedules in which `node` crashes at exactly `at`: the annotation of a tuple of `crash`. */
  crashed(node: number, at: number): Annotation;
  /** The schedules in which `node` comes back from a restart at exactly `at`: the annotation of a tuple of `restart`. */
  restarted(node: number, at: number): Annotation;
  /** The scenarios that choose an alternative of an input line (a `maybe` line has one alternative). */
  chosen(line: number, alternative: number): Annotation;
}

/** The values of the fault variables: constants under one schedule, nodes of a graph over all schedules. */
export interface FaultValues {
  /** What `from` sends to `to` ≠ `from` at `at` is omitted. */
  omitted(from: number, to: number, at: number): Annotation;
  /** It arrives, or arrives again, at least `by` ≥ 1 instants late. Order-encoded: implies the same for a smaller `by`. */
  late(from: number, to: number, at: number, by: number): Annotation;
  /** If it is late, it also arrives in time. */
  doubled(from: number, to: number, at: number): Annotation;
  /** The largest lateness of a message; 0 if none can be late. */
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

/**
 * The effects of faults, defined once for both readings: in constants for one schedule, in graph nodes for all of a budget. A message
 * from a to b at 3 with a lateness of at most 1 arrives
 *
 *     at 4 under   ¬lost ∧ (¬late(1) ∨ doubled)         lost = omit ∨ severed ∨ down(a) ∨ away(a), at 3
 *     at 5 under   ¬lost ∧ late(1)
 */
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

  presence(node: number, at: number, source: TupleSource): Presence | undefined {
    const { values, algebra } = this;
    const [restarting, pausing] = [values.restarting(node, at), values.pausing(node, at)];
    if (restarting === FALSE && pausing === FALSE) return undefined;
    switch (source) {
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

  /** No fault but an absence affects a node's message to itself. */
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

/** The initial value of a field that is set before it is read: no message arrives, nothing holds. */
export const nothingHappens: Environment = {
  arrivals: () => [],
  hasAbsences: false,
  presence: () => undefined,
  crashed: () => FALSE,
  restarted: () => FALSE,
  chosen: () => FALSE,
};
