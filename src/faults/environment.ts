import type { Algebra, Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";

/** A message arrives at instant `at` under the schedules of `when`, which is not false. */
export interface Arrival {
  readonly at: number;
  readonly when: Annotation;
}

/** What an evaluation asks of the world in which its program runs. Nodes are indices. */
export interface Environment {
  /** When a message that leaves `from` for `to` at `sent` arrives. A node's message to itself is a message like others. */
  arrivals(from: number, to: number, sent: number): readonly Arrival[];
  /** The schedules in which `node` crashes at exactly `at`: what the relation `crash` holds. */
  crashed(node: number, at: number): Annotation;
}

/** The fault variables: under which schedules each is true. Constants under one schedule, nodes of a graph over all of them. */
export interface FaultValues {
  /** What leaves `from` for `to` ≠ `from` at `at` is omitted. */
  omitted(from: number, to: number, at: number): Annotation;
  /** The node crashed at or before `at`. */
  down(node: number, at: number): Annotation;
}

/** What faults do, told once: by constants for one schedule, by graph nodes for all of a budget. */
export class FaultyEnvironment implements Environment {
  private readonly known = new Map<number, readonly Arrival[]>();

  constructor(
    private readonly nodes: number,
    private readonly algebra: Algebra,
    private readonly values: FaultValues,
  ) {}

  arrivals(from: number, to: number, sent: number): readonly Arrival[] {
    const key = (sent * this.nodes + from) * this.nodes + to;
    let arrivals = this.known.get(key);
    if (arrivals === undefined) {
      const when = from === to ? TRUE : this.lost(from, to, sent) ^ 1;
      arrivals = when === FALSE ? [] : [{ at: sent + 1, when }];
      this.known.set(key, arrivals);
    }
    return arrivals;
  }

  crashed(node: number, at: number): Annotation {
    const { values } = this;
    return this.algebra.and(values.down(node, at), values.down(node, at - 1) ^ 1);
  }

  /** What leaves `from` for `to` ≠ `from` at `sent` never arrives. */
  private lost(from: number, to: number, sent: number): Annotation {
    const { algebra, values } = this;
    return algebra.or(values.omitted(from, to, sent), values.down(from, sent));
  }
}
