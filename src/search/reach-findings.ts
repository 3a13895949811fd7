import type { Execution, Tuple } from "../execution/execution.js";
import type { Budget } from "../faults/budget.js";
import type { Scenario } from "../faults/scenario.js";
import type { Program, ReachStatement } from "../program/program.js";

/*
 * Whether a budget reaches the interesting states: for each `//! reach` line, the schedule with the fewest faults under which a matching
 * tuple holds at some instant; among these the earliest instant, then the first in the order of schedules.
 *
 *     //! reach leader("b", _)        reached at 9, with 2 faults
 */

/** What a check found of one `reach` line. */
export type ReachFinding = { readonly reach: ReachStatement } & (
  | {
      readonly kind: "reached";
      readonly instant: number;
      readonly scenario: Scenario;
      /** Whether no schedule with fewer faults, and with as many none earlier, reaches it: proved. */
      readonly fewest: boolean;
    }
  /** No schedule of the budget reaches it. */
  | { readonly kind: "not-reached" }
  /** None of the runs that were made reaches it. */
  | { readonly kind: "not-seen"; readonly runs: number }
  /** A limit ended the search for one. */
  | { readonly kind: "undecided"; readonly detail: string }
);

/** The lines that a budget must reach: those whose bounds it allows. */
export function reachesWithin({ reaches }: Program, budget: Budget): readonly ReachStatement[] {
  return reaches.filter(({ bounds }) =>
    Object.entries(bounds).every(([bound, least]) => budget[bound as keyof typeof bounds] >= least),
  );
}

/** The first instant at which a matching tuple holds in an execution. */
export function firstInstant(reach: ReachStatement, execution: Execution): number | undefined {
  for (let instant = 1; instant <= execution.eot; instant++) if (holdsAt(reach, execution, instant)) return instant;
  return undefined;
}

/** Whether a matching tuple holds at an instant. */
export function holdsAt(reach: ReachStatement, execution: Execution, instant: number): boolean {
  return execution.tuples(reach.relation, instant).some((args) => matches(reach, args));
}

/** Whether a tuple is one that the line names. */
export function matches({ columns }: ReachStatement, args: Tuple): boolean {
  return columns.every((value, i) => value === undefined || value === args[i]);
}
