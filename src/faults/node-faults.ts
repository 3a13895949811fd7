import type { Budget } from "./budget.js";
import type { Kind } from "./kind.js";
import { compareNames, readInstant } from "./kind.js";

/*
 * The family of faults that befall a node. What they share is the node's timeline: it crashes at most once, and for good.
 */

/** From instant `at` on, no message leaves `node`, its own to itself excepted. */
export interface Crash {
  readonly kind: "crash";
  readonly node: string;
  readonly at: number;
}

export const crash: Kind<Crash> = {
  kind: "crash",
  word: "crash",
  noun: "a crash",
  parts: "node and instant",
  example: "c,2",
  read([node, instant, ...rest]) {
    const at = readInstant(instant);
    if (node === undefined || at === undefined || rest.length > 0) return { kind: "malformed" };
    return { kind: "fault", fault: { kind: "crash", node, at } };
  },
  write: ({ node, at }) => ({ names: [node], instants: [at] }),
  // A later crash does less: of two schedules that violate, the one with the later crash is reported.
  compare: (a, b) => compareNames(a.node, b.node) || b.at - a.at,
  covers: (a, b) => a.node === b.node && a.at <= b.at,
  nodes: ({ node }) => [node],
  silences: ({ node }) => [node],
  takes: ({ node, at }, from, _to, sent) => node === from && at <= sent,
  fate: "sender-crashed",
};

/** Whether a schedule of the budget may have this crash. */
export function admitsCrash(budget: Budget, { node, at }: Crash): boolean {
  return budget.crashes > 0 && budget.nodes.includes(node) && at >= 1 && at <= budget.eot;
}

/** In how many ways nodes can crash: Σ_{k ≤ C} binomial(n, k) · EOT^k. */
export function crashChoices(b: Budget): bigint {
  const n = b.nodes.length;
  let choices = 0n;
  let term = 1n;
  for (let k = 0; k <= Math.min(b.crashes, n); k++) {
    if (k > 0) term = (term * BigInt(n - k + 1) * BigInt(b.eot)) / BigInt(k);
    choices += term;
  }
  return choices;
}
