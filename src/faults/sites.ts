import type { Bound } from "./budget.js";

/**
 * An independent choice of a schedule: a node, a channel at an instant, or a possible cut. A schedule has one outcome for each site.
 */
export interface Site {
  /** The first of them is `noFault`. */
  readonly outcomes: readonly Outcome[];
  /** The number of sites with these outcomes. */
  readonly count: bigint;
}

/** A number of ways in which a site has given numbers of faults. */
export interface Outcome {
  readonly ways: bigint;
  /** The number of faults by the bound that counts them; 0 if absent. */
  readonly faults: Readonly<Partial<Record<Bound, number>>>;
}

/** The outcome without faults. */
const noFault: Outcome = { ways: 1n, faults: {} };

/** `undefined` if there is no site, or none that can have a fault: such sites do not change the number of schedules. */
export function site(count: bigint, outcomes: readonly Outcome[]): Site | undefined {
  const possible = outcomes.filter(({ ways }) => ways > 0n);
  return count === 0n || possible.length === 0 ? undefined : { count, outcomes: [noFault, ...possible] };
}
