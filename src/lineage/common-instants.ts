import type { Budget } from "../faults/budget.js";
import { lastOmission } from "../faults/channel-faults.js";
import { dependents } from "../program/dependents.js";
import type { AtomLiteral, Program, Rule } from "../program/program.js";
import { canFail } from "./rule-shape.js";

/*
 * What two budgets have in common. An instant's tuples, and under which schedules each is derived, depend on the
 * messages sent before it, so on the omissions before it, and on crashes, which are told by when they happen and not by
 * how many there may be. EOT plays no part, but for the relation `crash`, which at every instant tells of crashes up to EOT:
 *
 *     EOT 5, EFF 4   instants 1 2 3 4 5   omissions at 1 2 3
 *     EOT 6, EFF 5   instants 1 2 3 4     are the same: a message sent at 4 can be lost now, and is missed at 5
 */

/** Up to which instant the lineage of a program is the same for both budgets; 0 if nothing is. */
export function commonInstants(program: Program, before: Budget, after: Budget): number {
  const sameNodes =
    before.nodes.length === after.nodes.length && before.nodes.every((node, i) => node === after.nodes[i]);
  if (!sameNodes || (before.crashes === 0) !== (after.crashes === 0)) return 0;
  const [one, other] = [lastOmission(before), lastOmission(after)];
  const disturbedAlike = one === other ? Infinity : Math.min(one, other) + 1;
  if (before.eot === after.eot || after.crashes === 0 || !readsCrash(program))
    return Math.min(before.eot, after.eot, disturbedAlike);
  return crashStaysInItsInstant(program) ? Math.min(before.eot, after.eot - 1, disturbedAlike) : 0;
}

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
