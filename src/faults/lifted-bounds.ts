import type { Budget } from "./budget.js";
import type { FaultKind } from "./kinds.js";
import { faultKinds, kindOf } from "./kinds.js";
import { isAbsenceKind } from "./node-faults.js";

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

/** Bounds of a budget that are lifted in one budget, which has every schedule of those where one of them is. */
export interface LiftedTogether {
  readonly bounds: readonly LiftedBound[];
  readonly budget: Budget;
}

/**
 * The same bounds in groups for which one lineage is hardly larger than those of its members: absences by themselves, since each of them
 * can hold back what the others change, and all others together.
 */
export function liftedTogether(budget: Budget): readonly LiftedTogether[] {
  const bounds = liftedBounds(budget);
  const isAlone = ({ kind }: LiftedBound): boolean => kind !== undefined && isAbsenceKind(kind);
  const others = bounds.filter((bound) => !isAlone(bound));
  return [
    ...(others.length === 0 ? [] : [{ bounds: others, budget: others.reduce(withLifted, budget) }]),
    ...bounds.filter(isAlone).map((bound) => ({ bounds: [bound], budget: bound.budget })),
  ];
}

function withLifted(budget: Budget, { kind, budget: lifted }: LiftedBound): Budget {
  const bound = kind === undefined ? "maxFaults" : kindOf(kind).bound;
  return { ...budget, [bound]: lifted[bound] };
}
