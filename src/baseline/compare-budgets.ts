import { boundRows } from "../faults/bounds.js";
import type { Bound, Budget } from "../faults/budget.js";
import { kindBoundBy, kindOf } from "../faults/kinds.js";
import { formatNames } from "../source/names.js";
import type { Finding } from "./finding.js";

/*
 * Whether a budget is smaller than an earlier one: bound by bound, so that a larger bound does not hide a smaller one. A larger EOT or EFF is
 * no regression. Node sets of which neither contains the other cannot be compared.
 */

export function compareBudgets(old: Budget, now: Budget): readonly Finding[] {
  return [
    ...instants("EOT", old.eot, now.eot),
    ...instants("EFF", old.eff, now.eff),
    ...nodes(old, now),
    ...boundRows.flatMap(({ bound, key }) => {
      switch (bound) {
        case "lateness":
          return isLate(old) && isLate(now) ? bounds(key, old.lateness, now.lateness) : [];
        case "maxFaults":
          return bounds(key, old.maxFaults, now.maxFaults);
        default:
          return ofKind(bound, key, old, now);
      }
    }),
    ...spared(old, now),
  ];
}

/** Whether the nodes of one budget are a subset of the other's, so that their schedules can be compared. */
export function areComparable(old: Budget, now: Budget): boolean {
  return isSubset(old.nodes, now.nodes) || isSubset(now.nodes, old.nodes);
}

function instants(name: string, old: number, now: number): readonly Finding[] {
  return old === now ? [] : [{ ...budgetFinding(now < old, name), old: String(old), new: String(now) }];
}

function bounds(name: string, old: number, now: number): readonly Finding[] {
  return old === now ? [] : [{ ...budgetFinding(now < old, name), old: boundInWords(old), new: boundInWords(now) }];
}

function ofKind(bound: Bound, key: string, old: Budget, now: Budget): readonly Finding[] {
  const admits = (budget: Budget): boolean => budget[bound] > 0 && kindOf(kindBoundBy(bound)).fits(budget);
  if (!admits(old) && !admits(now)) return [];
  if (admits(old) && !admits(now))
    return [{ kind: "fault-kind", weight: "regression", of: key, old: boundInWords(old[bound]), new: "not admitted" }];
  if (!admits(old))
    return [{ kind: "fault-kind", weight: "note", of: key, old: "not admitted", new: boundInWords(now[bound]) }];
  return bounds(key, old[bound], now[bound]);
}

function nodes(old: Budget, now: Budget): readonly Finding[] {
  const change = { of: "nodes", old: namesInWords(old.nodes), new: namesInWords(now.nodes) };
  if (change.old === change.new) return [];
  if (!areComparable(old, now)) return [{ kind: "incomparable", weight: "note", ...change }];
  return [{ ...budgetFinding(isSubset(now.nodes, old.nodes), "nodes"), ...change }];
}

function spared(old: Budget, now: Budget): readonly Finding[] {
  const change = { of: "spared nodes", old: namesInWords(old.spare), new: namesInWords(now.spare) };
  if (change.old === change.new) return [];
  // A new node was not part of the earlier question.
  const more = now.spare.filter((node) => old.nodes.includes(node) && !old.spare.includes(node));
  return [{ ...budgetFinding(more.length > 0, change.of), ...change }];
}

function budgetFinding(shrank: boolean, of: string): Pick<Finding, "kind" | "weight" | "of"> {
  return { kind: "budget", weight: shrank ? "regression" : "note", of };
}

function isLate({ delays, duplicates }: Budget): boolean {
  return delays > 0 || duplicates > 0;
}

function isSubset(few: readonly string[], many: readonly string[]): boolean {
  return few.every((name) => many.includes(name));
}

function boundInWords(bound: number): string {
  return bound === Number.POSITIVE_INFINITY ? "any" : String(bound);
}

function namesInWords(names: readonly string[]): string {
  return names.length === 0 ? "none" : formatNames(names, ", ");
}
