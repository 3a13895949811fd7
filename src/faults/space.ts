import type { Budget } from "./budget.js";
import { omissionsIn } from "./channel-faults.js";
import { crashChoices } from "./node-faults.js";

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
