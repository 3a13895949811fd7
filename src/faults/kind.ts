import type { Bound, Budget } from "./budget.js";
import type { FaultVariable } from "./fault-variable.js";

/**
 * A row of the table of kinds (`kinds.ts`): what other code asks about one kind of fault. What the kinds of a family share
 * (admission, the size of the space, variables) is in the file of the family: `node-faults.ts`, `channel-faults.ts`,
 * `cut-faults.ts`. Their notation is in `notation.ts`.
 */
export interface Kind<F extends { readonly kind: string }> {
  readonly kind: F["kind"];
  /** "omission" */
  readonly noun: string;
  /** "omissions" */
  readonly plural: string;
  /** The built-in relation that holds the faults of this kind, if there is one. */
  readonly relation?: BuiltInRelation;
  /** The variables by which a fault of this kind has its effect. */
  readonly variables: readonly FaultVariable["kind"][];
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
  /** The fields of the fault in JSON documents, without its kind unless they rename it. */
  fields(fault: F): FaultFields;
  /** How a diagram shows the fault during its period; empty if it shows only in the arrivals of messages. */
  events(fault: F): readonly FaultEvent[];
  /**
   * The bound of the budget that the fault breaks, in words; `undefined` if some schedule of the budget has it. Precondition: its names
   * are nodes, and not spared.
   */
  outside(fault: F, budget: Budget): string | undefined;
  /** Whether a budget, apart from its number of faults, leaves room for a fault of this kind. */
  fits(budget: Budget): boolean;
  /**
   * The most faults of this kind that a schedule can have, whatever the bound; Infinity if they need not be counted. `undefined` if their
   * number has to be bounded, since each takes variables of its own.
   */
  most(budget: Budget): number | undefined;
  /** How far faults of this kind reach in time under a budget; `undefined` if their effect does not depend on EFF and EOT. */
  reach(budget: Budget): Reach | undefined;
}

/** The relations that hold faults: `crash(Observer, Node, Instant)` and `restart(Node)`. */
export const builtIns = { crash: "crash", restart: "restart" } as const;
export type BuiltInRelation = keyof typeof builtIns;

/**
 * Up to instant `last` a fault can act, and one that acts at `last` affects tuples from `last + later` on. With a larger budget, which moves
 * `last`, the tuples before that instant stay what they are.
 */
export interface Reach {
  readonly last: number;
  readonly later: number;
}

/** The fields of a fault in JSON documents. */
export type FaultFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

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
