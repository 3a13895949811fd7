import type { Budget } from "./budget.js";
import { lastOmission } from "./channel-faults.js";

/** A number of schedules: exactly, or its logarithm where nobody would read the digits. */
export type SpaceSize = bigint | { readonly log2: number };

/** So many omissions, of which any may be in a schedule, are counted exactly: that is some 40,000 digits. */
const MOST_COUNTED = 2 ** 17;

/** The number of schedules in the budget: 2^(omissions) · Σ_{k ≤ C} binomial(n, k) · EOT^k. */
export function spaceOf(b: Budget): SpaceSize {
  const omissions = omissionsIn(b);
  return omissions <= MOST_COUNTED ? sizeOfSpace(b) : { log2: omissions + log2(crashChoices(b)) };
}

/** The same exactly. Throws where that is more than a `bigint` can hold. */
export function sizeOfSpace(b: Budget): bigint {
  return (1n << BigInt(omissionsIn(b))) * crashChoices(b);
}

/** log2 of n ≥ 1. */
export function log2(n: bigint): number {
  const digits = n.toString(16);
  const leading = digits.slice(0, 13);
  return Math.log2(Number.parseInt(leading, 16)) + 4 * (digits.length - leading.length);
}

/** How many omissions there are; a schedule may have any of them. */
function omissionsIn(b: Budget): number {
  const n = b.nodes.length;
  return n * Math.max(0, n - 1) * lastOmission(b);
}

/** In how many ways nodes can crash: Σ_{k ≤ C} binomial(n, k) · EOT^k. */
function crashChoices(b: Budget): bigint {
  const n = b.nodes.length;
  let choices = 0n;
  let term = 1n;
  for (let k = 0; k <= Math.min(b.crashes, n); k++) {
    if (k > 0) term = (term * BigInt(n - k + 1) * BigInt(b.eot)) / BigInt(k);
    choices += term;
  }
  return choices;
}
