import type { Budget } from "./budget.js";
import type { FaultKind } from "./kinds.js";
import { faultKinds, kindOf } from "./kinds.js";

/** A bound of a budget that is lifted: of the faults of one kind, or of all faults together (`kind` undefined). */
export interface LiftedBound {
  readonly kind: FaultKind | undefined;
  /** The bound in its place; Infinity if it admits any number. */
  readonly most: number;
  readonly budget: Budget;
}

/**
 * Each bound of a budget lifted in turn, in the order of kinds: to any number, or by one where the number has to be bounded (`most`).
 * Left out are kinds that have no bound, and those for which the budget leaves no room.
 */
export function liftedBounds(budget: Budget): readonly LiftedBound[] {
  const kinds = faultKinds.flatMap((kind): readonly LiftedBound[] => {
    const { bound, most, fits } = kindOf(kind);
    const all = most(budget);
    const more = all ?? budget[bound] + 1;
    if (!fits(budget) || budget[bound] >= more) return [];
    return [{ kind, most: all === undefined ? more : Infinity, budget: { ...budget, [bound]: more } }];
  });
  const { maxFaults } = budget;
  const inAll: LiftedBound = { kind: undefined, most: Infinity, budget: { ...budget, maxFaults: Infinity } };
  return maxFaults === Infinity ? kinds : [...kinds, inAll];
}
