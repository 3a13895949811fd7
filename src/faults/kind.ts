import type { Bound, Budget } from "./budget.js";

/**
 * What the rest of the program asks of a kind of fault: the row of the table in `kinds.ts`. What kinds share (when a
 * fault is admitted, how many there are, by which variables they are encoded) belongs to their family: `node-faults.ts`,
 * `channel-faults.ts` and `cut-faults.ts`. How they are written is in `notation.ts`.
 */
export interface Kind<F extends { readonly kind: string }> {
  readonly kind: F["kind"];
  /** What many of them are called: "omissions". */
  readonly plural: string;
  /** The bound that a budget puts on them. */
  readonly bound: Bound;
  /** The order of two faults of this kind in a schedule, and of two schedules that differ in them: what comes first is reported. */
  compare(a: F, b: F): number;
  /** Whether `a` does at least as much as `b`. The minimal schedules are minimal in this order. */
  covers(a: F, b: F): boolean;
  /** The nodes that it names, in the order of its notation. */
  nodes(fault: F): readonly string[];
  /** The nodes from which it keeps messages, or makes them late. */
  silences(fault: F): readonly string[];
  /** Whether this fault alone keeps a message that leaves `from` for `to` ≠ `from` at `sent` from arriving. */
  takes(fault: F, from: string, to: string, sent: number): boolean;
  /** What becomes of the messages that it takes. */
  readonly fate: Fate;
  /** The instants during which it acts: for a crash up to the end of time. */
  period(fault: F): { readonly from: number; readonly to: number };
  /** What a drawing shows of it at these instants; nothing for one that shows in the arrivals of messages alone. */
  events(fault: F): readonly FaultEvent[];
  /** Which bound of the budget the fault breaks; `undefined` where some schedule of the budget has it. Names are nodes, and not spared. */
  outside(fault: F, budget: Budget): string | undefined;
}

/** A fault as a drawing shows it, whatever its kind. */
export type FaultEvent =
  /** A node is in some state. */
  | { readonly kind: "state"; readonly node: string; readonly state: NodeState }
  /** Nothing that is sent along these channels arrives. */
  | { readonly kind: "mark"; readonly channels: readonly { readonly from: string; readonly to: string }[] };

/** What a node is that is not up. `down`: it forgets; `still`: it forgets nothing, and what arrives waits. */
export type NodeState = "crashed" | "down" | "still";

/** What becomes of a message between nodes. A late one arrives all the same. */
export type Fate = "delivered" | "omitted" | "sender-crashed" | "sender-away" | "cut-off";
