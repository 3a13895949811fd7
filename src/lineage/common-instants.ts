import { boundRows } from "../faults/bounds.js";
import type { Budget } from "../faults/budget.js";
import type { KindProperties } from "../faults/kinds.js";
import { faultKinds, kindOf } from "../faults/kinds.js";
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
  const disturbedAlike = Math.max(
    0,
    Math.min(...faultKinds.map((kind) => lastUndisturbed(kindOf(kind), before, after))),
  );
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

/** The last shared instant as far as faults of a kind are concerned. */
function lastUndisturbed(kind: KindProperties, before: Budget, after: Budget): number {
  if (before[kind.bound] === 0) return Infinity;
  const [one, other] = [kind.reach(before), kind.reach(after)];
  if (one === undefined || other === undefined || one.last === other.last) return Infinity;
  return Math.min(one.last, other.last) + one.later;
}

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
