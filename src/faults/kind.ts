import type { Bound, Budget } from "./budget.js";

/**
 * A row of the table of kinds (`kinds.ts`): what other code asks about one kind of fault. What the kinds of a family share
 * (admission, the size of the space, variables) is in the file of the family: `node-faults.ts`, `channel-faults.ts`,
 * `cut-faults.ts`. Their notation is in `notation.ts`.
 */
export interface Kind<F extends { readonly kind: string }> {
  readonly kind: F["kind"];
  /** The plural noun: "omissions". */
  readonly plural: string;
  /** The bound of the budget that limits their number. */
  readonly bound: Bound;
  /** The order of faults of this kind in a schedule, and of schedules that differ in such faults; the first schedule is reported. */
  compare(a: F, b: F): number;
  /** Whether `a` does at least as much as `b`. Minimal schedules are minimal in this partial order. */
  covers(a: F, b: F): boolean;
  /** The nodes that the fault names, in the order of its notation. */
  nodes(fault: F): readonly string[];
  /** The nodes whose messages the fault loses or makes late. */
  silences(fault: F): readonly string[];
  /** Whether the fault by itself loses a message from `from` to `to` ≠ `from` sent at `sent`. */
  loses(fault: F, from: string, to: string, sent: number): boolean;
  /** The fate of the messages that it loses. */
  readonly fate: Fate;
  /** The instants during which the fault acts; `to` is Infinity for a crash. */
  period(fault: F): { readonly from: number; readonly to: number };
  /** How a diagram shows the fault during its period; empty if it shows only in the arrivals of messages. */
  events(fault: F): readonly FaultEvent[];
  /**
   * The bound of the budget that the fault breaks, in words; `undefined` if some schedule of the budget has it. Precondition: its names
   * are nodes, and not spared.
   */
  outside(fault: F, budget: Budget): string | undefined;
}

/** How a diagram shows a fault, independent of its kind. */
export type FaultEvent =
  /** A node is in a state. */
  | { readonly kind: "state"; readonly node: string; readonly state: NodeState }
  /** No message sent along these channels arrives. */
  | { readonly kind: "mark"; readonly channels: readonly { readonly from: string; readonly to: string }[] };

/** The state of a node that is not up. `down`: restarting, its state is lost; `still`: paused, its state is kept and arrivals wait. */
export type NodeState = "crashed" | "down" | "still";

/** The fate of a message between two nodes. A late message is delivered. */
export type Fate = "delivered" | "omitted" | "sender-crashed" | "sender-away" | "cut-off";
