import type { Budget } from "./budget.js";
import type { Kind } from "./kind.js";
import { compareNames, readInstant } from "./kind.js";

/*
 * The family of faults that befall a channel at an instant: everything that leaves one node for another at that instant.
 */

/** Every message that leaves `from` for `to` at instant `at` is lost. */
export interface Omission {
  readonly kind: "omission";
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

export const omission: Kind<Omission> = {
  kind: "omission",
  word: "omit",
  noun: "an omission",
  parts: "sender, receiver and instant",
  example: "a,b,1",
  read([from, to, instant, ...rest]) {
    const at = readInstant(instant);
    if (from === undefined || to === undefined || at === undefined || rest.length > 0) return { kind: "malformed" };
    if (from === to)
      return { kind: "impossible", problem: "a node's message to itself cannot be lost", help: "name two nodes" };
    return { kind: "fault", fault: { kind: "omission", from, to, at } };
  },
  write: ({ from, to, at }) => ({ names: [from, to], instants: [at] }),
  compare: (a, b) => compareNames(a.from, b.from) || compareNames(a.to, b.to) || a.at - b.at,
  covers: (a, b) => a.from === b.from && a.to === b.to && a.at === b.at,
  nodes: ({ from, to }) => [from, to],
  silences: ({ from }) => [from],
  takes: (fault, from, to, sent) => fault.from === from && fault.to === to && fault.at === sent,
  fate: "omitted",
};

/** The last instant at which a message can be omitted; 0 when none can. A message sent at EOT arrives nowhere, but its omission is a fault all the same. */
export function lastOmission(b: Budget): number {
  return Math.max(0, Math.min(b.eff - 1, b.eot));
}

/** Whether a schedule of the budget may have this omission. */
export function admitsOmission(b: Budget, { from, to, at }: Omission): boolean {
  return from !== to && b.nodes.includes(from) && b.nodes.includes(to) && at >= 1 && at <= lastOmission(b);
}

/** How many omissions there are; a schedule may have any of them. */
export function omissionsIn(b: Budget): number {
  const n = b.nodes.length;
  return n * Math.max(0, n - 1) * lastOmission(b);
}
