import { formatName } from "../source/names.js";
import type { Annotation } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";
import type { Budget } from "./budget.js";
import { lastOmission } from "./channel-faults.js";
import type { FaultValues } from "./environment.js";
import type { Schedule } from "./schedule.js";

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

  /** The number of `down(node, at)`, at ≤ EOT; `undefined` before the first instant, or if no node can crash. */
  down(node: number, at: number): number | undefined {
    const n = this.budget.nodes.length;
    return at < 1 || this.budget.crashes === 0 ? undefined : (at - 1) * this.stride + n * n + node;
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
    const values = valuesUnder(this.budget.nodes, schedule);
    return (id) => {
      const v = this.variable(id);
      return (v.kind === "omit" ? values.omitted(v.from, v.to, v.at) : values.down(v.node, v.at)) === TRUE;
    };
  }

  /** The variables as annotations; `input` makes that of a number. A variable that the budget excludes is false. */
  values(input: (id: number) => Annotation): FaultValues {
    const annotation = (id: number | undefined): Annotation => (id === undefined ? FALSE : input(id));
    return {
      omitted: (from, to, at) => annotation(this.omit(from, to, at)),
      down: (node, at) => annotation(this.down(node, at)),
    };
  }

  /** `omit(a,b,3)`, `down(a,3)`. */
  name(id: number): string {
    const v = this.variable(id);
    const node = (i: number): string => formatName(this.budget.nodes[i] ?? "?");
    return v.kind === "omit" ? `omit(${node(v.from)},${node(v.to)},${v.at})` : `down(${node(v.node)},${v.at})`;
  }
}

/** The variables under one schedule: constants. */
export function valuesUnder(nodes: readonly string[], schedule: Schedule): FaultValues {
  const crashedAt = new Map<number, number>();
  const omitted = new Set<string>();
  for (const fault of schedule) {
    switch (fault.kind) {
      case "crash":
        crashedAt.set(nodes.indexOf(fault.node), fault.at);
        break;
      case "omission":
        omitted.add(`${nodes.indexOf(fault.from)} ${nodes.indexOf(fault.to)} ${fault.at}`);
    }
  }
  return {
    omitted: (from, to, at) => (omitted.has(`${from} ${to} ${at}`) ? TRUE : FALSE),
    down: (node, at) => ((crashedAt.get(node) ?? Infinity) <= at ? TRUE : FALSE),
  };
}
