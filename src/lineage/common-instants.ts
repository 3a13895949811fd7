import { boundRows } from "../faults/bounds.js";
import type { Budget } from "../faults/budget.js";
import { lastOf } from "../faults/budget.js";
import { lastLateArrival, lastOmission, lastSecondArrival } from "../faults/channel-faults.js";
import type { FaultKind } from "../faults/kinds.js";
import { dependents } from "../program/dependents.js";
import type { AtomLiteral, Program, Rule } from "../program/program.js";
import { canFail } from "../program/rule-shape.js";

/*
 * What two budgets have in common. An instant's tuples, and under which schedules each is derived, depend on the
 * messages sent before it, so on the omissions before it, and on crashes, which are told by when they happen and not by
 * how many there may be. EOT plays no part, but for the relation `crash`, which at every instant tells of crashes up to EOT:
 *
 *     EOT 5, EFF 4   instants 1 2 3 4 5   omissions at 1 2 3
 *     EOT 6, EFF 5   instants 1 2 3 4     are the same: a message sent at 4 can be lost now, and is missed at 5
 *
 * How far two budgets are alike depends on the kinds of faults that they have:
 *
 *     omission, cut       of what is sent at t: misses it from t + 1 on
 *     restart, pause      away at t: missed at t itself
 *     delay, duplicate    what is sent from EFF − L on may now be later: its arrivals are others
 */

/** Up to which instant the lineage of a program is the same for both budgets; 0 if nothing is. */
export function commonInstants(program: Program, before: Budget, after: Budget): number {
  if (!haveTheSameVariables(before, after)) return 0;
  const disturbedAlike = Math.max(0, Math.min(...Object.values(lastUndisturbed).map((last) => last(before, after))));
  if (before.eot === after.eot || after.crashes === 0 || !readsCrash(program))
    return Math.min(before.eot, after.eot, disturbedAlike);
  return crashStaysInItsInstant(program) ? Math.min(before.eot, after.eot - 1, disturbedAlike) : 0;
}

/** Whether the budgets have the same nodes and kinds of faults, so that their variables differ by instant alone. */
function haveTheSameVariables(before: Budget, after: Budget): boolean {
  const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((name, i) => name === b[i]);
  return (
    sameNames(before.nodes, after.nodes) &&
    sameNames(before.spare, after.spare) &&
    before.lateness === after.lateness &&
    boundRows.every(({ bound }) => before[bound] > 0 === after[bound] > 0)
  );
}

type LastUndisturbed = (before: Budget, after: Budget) => number;

/** The last instant that is alike if something acts up to `of` each budget, and is missed `later` instants after. */
function upTo(of: (budget: Budget) => number, later: number): LastUndisturbed {
  return (before, after) => {
    const [one, other] = [of(before), of(after)];
    return one === other ? Infinity : Math.min(one, other) + later;
  };
}

/** The same for messages that arrive up to `of` each budget: one that may now be later was sent up to a lateness before. */
function upToLateArrival(of: (budget: Budget) => number): LastUndisturbed {
  return (before, after) => upTo(of, -before.lateness)(before, after);
}

function onlyIf(has: (budget: Budget) => boolean, last: LastUndisturbed): LastUndisturbed {
  return (before, after) => (has(before) ? last(before, after) : Infinity);
}

const lastUndisturbed: { readonly [K in FaultKind]: LastUndisturbed } = {
  crash: () => Infinity,
  restart: onlyIf((b) => b.restarts > 0, upTo(lastOf, 0)),
  pause: onlyIf((b) => b.pauses > 0, upTo(lastOf, 0)),
  partition: onlyIf((b) => b.partitions > 0, upTo(lastOf, 1)),
  "partial-partition": onlyIf((b) => b.partialPartitions > 0, upTo(lastOf, 1)),
  "one-way-partition": onlyIf((b) => b.oneWayPartitions > 0, upTo(lastOf, 1)),
  omission: onlyIf((b) => b.omissions > 0, upTo(lastOmission, 1)),
  delay: onlyIf((b) => b.delays > 0, upToLateArrival(lastLateArrival)),
  duplicate: onlyIf((b) => b.duplicates > 0, upToLateArrival(lastSecondArrival)),
};

function readsCrash(program: Program): boolean {
  return program.rules.some((rule) => atoms(rule).some((literal) => literal.relation === program.crash));
}

/**
 * Whether what `crash` says at one instant can be left as it is when only a later instant is asked for: no tuple of a later
 * instant rests on a relation that rests on `crash`, and none of the rules that read one can end in an error.
 */
function crashStaysInItsInstant(program: Program): boolean {
  const resting = dependents(program, program.crash);
  const reads = (rule: Rule): boolean => atoms(rule).some((literal) => resting.has(literal.relation));
  const remembered = program.rules.some((rule) =>
    atoms(rule).some((literal) => literal.instant !== undefined && resting.has(literal.relation)),
  );
  return !remembered && program.rules.every((rule) => !reads(rule) || (rule.timing === "deductive" && !canFail(rule)));
}

function atoms(rule: Rule): readonly AtomLiteral[] {
  return rule.body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal]));
}
