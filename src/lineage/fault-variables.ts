import type { Budget } from "../faults/budget.js";
import { lastOmission } from "../faults/budget.js";
import type { Schedule } from "../faults/schedule.js";
import { formatName } from "../source/names.js";

/** `omit(from, to, at)` or `down(node, at)`: the node crashed at or before `at`. Nodes are indices into `Budget.nodes`. */
export type FaultVariable =
  | { readonly kind: "omit"; readonly from: number; readonly to: number; readonly at: number }
  | { readonly kind: "down"; readonly node: number; readonly at: number };

/**
 * A number for each fault variable of a budget, and back. Instant by instant, so that budgets over the same nodes give
 * the variables that they share the same numbers, whatever EOT, EFF and the number of crashes.
 */
export class FaultVariables {
  private readonly last: number;
  /** Numbers per instant: an omission for each pair of nodes, and a crash for each node. */
  private readonly stride: number;

  constructor(readonly budget: Budget) {
    const n = budget.nodes.length;
    this.last = lastOmission(budget);
    this.stride = n * n + n;
  }

  /** How many faults the budget knows of: omissions, and nodes that may crash. */
  get faults(): number {
    const n = this.budget.nodes.length;
    return n * Math.max(0, n - 1) * this.last + (this.budget.crashes === 0 ? 0 : n);
  }

  /** The number of `omit(from, to, at)`; `undefined` if no schedule of the budget can omit it. */
  omit(from: number, to: number, at: number): number | undefined {
    if (at > this.last || from === to) return undefined;
    return (at - 1) * this.stride + from * this.budget.nodes.length + to;
  }

  /** The number of `down(node, at)`, 1 ≤ at ≤ EOT; `undefined` if no node can crash. */
  down(node: number, at: number): number | undefined {
    const n = this.budget.nodes.length;
    return this.budget.crashes === 0 ? undefined : (at - 1) * this.stride + n * n + node;
  }

  variable(id: number): FaultVariable {
    const n = this.budget.nodes.length;
    const at = Math.floor(id / this.stride) + 1;
    const rest = id % this.stride;
    if (rest >= n * n) return { kind: "down", node: rest - n * n, at };
    return { kind: "omit", from: Math.floor(rest / n), to: rest % n, at };
  }

  /** The value of each variable under a schedule. */
  assignment(schedule: Schedule): (id: number) => boolean {
    const { nodes } = this.budget;
    const crashed = new Map<number, number>();
    const omitted = new Set<number>();
    for (const fault of schedule) {
      if (fault.kind === "crash") crashed.set(nodes.indexOf(fault.node), fault.at);
      else omitted.add(this.omit(nodes.indexOf(fault.from), nodes.indexOf(fault.to), fault.at) ?? -1);
    }
    return (id) => {
      const v = this.variable(id);
      return v.kind === "omit" ? omitted.has(id) : (crashed.get(v.node) ?? Infinity) <= v.at;
    };
  }

  /** `omit(a,b,3)`, `down(a,3)`. */
  name(id: number): string {
    const v = this.variable(id);
    const node = (i: number): string => formatName(this.budget.nodes[i] ?? "?");
    return v.kind === "omit" ? `omit(${node(v.from)},${node(v.to)},${v.at})` : `down(${node(v.node)},${v.at})`;
  }
}
