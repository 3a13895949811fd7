import { boundRows } from "../faults/bounds.js";
import type { Budget } from "../faults/budget.js";
import { lastOf } from "../faults/budget.js";
import { lastLateArrival, lastOmission, lastSecondArrival } from "../faults/channel-faults.js";
import type { FaultKind } from "../faults/kinds.js";
import { dependents } from "../program/dependents.js";
import type { AtomLiteral, Program, Rule } from "../program/program.js";
import { canFail } from "../program/rule-shape.js";

/*
 * The instants whose annotations two budgets share. The annotations of an instant depend on the messages sent before it, so on
 * omissions before it, and on crashes, whose variables do not depend on the bound on their number. EOT has no effect, except
 * through the relation `crash`, which at every instant holds the crashes up to EOT:
 *
 *     EOT 5, EFF 4   instants 1 2 3 4 5   omissions at 1 2 3
 *     EOT 6, EFF 5   instants 1 2 3 4     are shared: now a message sent at 4 can be lost, which affects 5
 *
 * A fault that only one of the budgets has affects instants depending on its kind:
 *
 *     omission, cut       at t: from t + 1 on
 *     restart, pause      away at t: from t on
 *     delay, duplicate    latest arrival u: a message sent up to lateness + 1 before u can now be later, so from u − lateness + 1 on
 */

/** The last instant up to which the annotations of a program are the same for both budgets; 0 if there is none. */
export function commonInstants(program: Program, before: Budget, after: Budget): number {
  if (!haveTheSameVariables(before, after)) return 0;
  const disturbedAlike = Math.max(0, Math.min(...Object.values(lastUndisturbed).map((last) => last(before, after))));
  if (before.eot === after.eot || after.crashes === 0 || !readsCrash(program))
    return Math.min(before.eot, after.eot, disturbedAlike);
  return crashStaysInItsInstant(program) ? Math.min(before.eot, after.eot - 1, disturbedAlike) : 0;
}

/** Whether the budgets have the same nodes and kinds of faults, so that their sets of variables differ by instant only. */
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

/** The last shared instant for faults that act up to instant `of(budget)`, where one at t affects tuples from t + `later` on. */
function upTo(of: (budget: Budget) => number, later: number): LastUndisturbed {
  return (before, after) => {
    const [one, other] = [of(before), of(after)];
    return one === other ? Infinity : Math.min(one, other) + later;
  };
}

/** The same for late messages that arrive up to instant `of(budget)`: a message that can now be later is missing earlier by its lateness. */
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
 * Whether the tuples of `crash` at reused instants may be stale: nothing at a later instant depends on a relation that depends on
 * `crash`, and no rule that reads such a relation can fail.
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
