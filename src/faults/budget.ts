import type { Fault } from "./schedule.js";
import { compareNames } from "./schedule.js";

/** What may go wrong: the bounds within which every schedule lies. */
export interface Budget {
  /** Sorted by code unit, none twice. */
  readonly nodes: readonly string[];
  /** End of time, ≥ 1: instants are 1 … eot. */
  readonly eot: number;
  /** End of finite failures, ≥ 0: omissions have 1 ≤ at < eff. */
  readonly eff: number;
  /** The most nodes that may crash, 0 … nodes.length. */
  readonly crashes: number;
}

export function budget(nodes: Iterable<string>, eot: number, eff: number, crashes: number): Budget {
  return { nodes: [...new Set(nodes)].sort(compareNames), eot, eff, crashes };
}

/** The last instant at which a message can be omitted; 0 when none can. A message sent at EOT arrives nowhere, but its omission is a fault all the same. */
export function lastOmission(b: Budget): number {
  return Math.max(0, Math.min(b.eff - 1, b.eot));
}

/** Whether a schedule may hold this fault. */
export function admits(b: Budget, fault: Fault): boolean {
  if (fault.kind === "crash") {
    return b.crashes > 0 && b.nodes.includes(fault.node) && fault.at >= 1 && fault.at <= b.eot;
  }
  return (
    fault.from !== fault.to &&
    b.nodes.includes(fault.from) &&
    b.nodes.includes(fault.to) &&
    fault.at >= 1 &&
    fault.at <= lastOmission(b)
  );
}

/** A number of schedules: exactly, or its logarithm where nobody would read the digits. */
export type SpaceSize = bigint | { readonly log2: number };

/** So many omissions, of which any may be in a schedule, are counted exactly: that is some 40,000 digits. */
const mostCounted = 2 ** 17;

/** The number of schedules in the budget: 2^(omissions) · Σ_{k ≤ C} binomial(n, k) · EOT^k. */
export function spaceOf(b: Budget): SpaceSize {
  const omissions = omissionsIn(b);
  return omissions <= mostCounted ? sizeOfSpace(b) : { log2: omissions + log2(crashChoicesIn(b)) };
}

/** The same exactly. Throws where that is more than a `bigint` can hold. */
export function sizeOfSpace(b: Budget): bigint {
  return (1n << BigInt(omissionsIn(b))) * crashChoicesIn(b);
}

/** log2 of n ≥ 1. */
export function log2(n: bigint): number {
  const digits = n.toString(16);
  const leading = digits.slice(0, 13);
  return Math.log2(Number.parseInt(leading, 16)) + 4 * (digits.length - leading.length);
}

function omissionsIn(b: Budget): number {
  const n = b.nodes.length;
  return n * Math.max(0, n - 1) * lastOmission(b);
}

function crashChoicesIn(b: Budget): bigint {
  const n = b.nodes.length;
  let crashChoices = 0n;
  let term = 1n;
  for (let k = 0; k <= Math.min(b.crashes, n); k++) {
    if (k > 0) term = (term * BigInt(n - k + 1) * BigInt(b.eot)) / BigInt(k);
    crashChoices += term;
  }
  return crashChoices;
}
