import type { Bound } from "./budget.js";

/**
 * Something that faults befall, whatever befalls the rest: a node, a channel at an instant, a cut that may be there or not. A schedule
 * chooses one outcome for each.
 */
export interface Site {
  /** One of them is that nothing happens. */
  readonly outcomes: readonly Outcome[];
  /** How many sites have the same outcomes. */
  readonly count: bigint;
}

/** So many ways in which a site has these numbers of faults. */
export interface Outcome {
  readonly ways: bigint;
  /** By the bound that counts them; those that are absent are 0. */
  readonly faults: Readonly<Partial<Record<Bound, number>>>;
}

/** That nothing happens, which it does in one way. */
export const nothingBefalls: Outcome = { ways: 1n, faults: {} };

/** `undefined` where there are none: their sites change nothing. */
export function site(count: bigint, outcomes: readonly Outcome[]): Site | undefined {
  const possible = outcomes.filter(({ ways }) => ways > 0n);
  return count === 0n || possible.length === 0 ? undefined : { count, outcomes: [nothingBefalls, ...possible] };
}
