import type { BodyTerm, HeadTerm, Rule } from "./program.js";
import { ruleTerms } from "./terms.js";

/** Whether the head has an aggregate. */
export function isAggregate(rule: Rule): boolean {
  return rule.head.args.some((term) => term.kind === "aggregate");
}

/** The group of a (possibly partial) tuple of the rule's head: its columns, with `undefined` for aggregates. */
export function groupOf<V>(rule: Rule, columns: readonly V[]): readonly (V | undefined)[] {
  return columns.map((value, i) => (rule.head.args[i]?.kind === "aggregate" ? undefined : value));
}

/** The first instant at which the rule can fire: the largest N of its literals `r(…)@N`, or 1. */
export function firstInstant({ body }: Rule): number {
  return body.reduce((first, l) => (l.kind === "comparison" ? first : Math.max(first, l.instant ?? 1)), 1);
}

/** Whether the head has a sum, which can overflow. */
export function hasSum(rule: Rule): boolean {
  return rule.head.args.some((term) => term.kind === "aggregate" && term.function === "sum");
}

/** Whether evaluating the rule can divide by zero or overflow. An average lies between its members and cannot. */
export function canFail(rule: Rule): boolean {
  return hasArithmetic(rule) || hasSum(rule);
}

/** Whether the rule contains arithmetic. */
function hasArithmetic(rule: Rule): boolean {
  return ruleTerms(rule).some(({ kind }) => kind === "arithmetic");
}

/**
 * Whether a rule says that its relation is transitive, the first link of the chain first:
 *
 *     reach(H, X, Z) :- reach(H, X, Y), reach(H, Y, Z);
 */
export function isTransitivity({ head, body }: Rule): boolean {
  const [first, second] = body;
  if (body.length !== 2 || first?.kind !== "positive" || second?.kind !== "positive") return false;
  if (first.relation !== head.relation || second.relation !== head.relation) return false;
  if (first.instant !== undefined || second.instant !== undefined) return false;
  const from: number[] = [];
  const to: number[] = [];
  const common: number[] = [];
  const columns = head.args.map((arg, c) => [arg, first.args[c], second.args[c]].map(variableOf));
  for (const [c, [h, a, b]] of columns.entries()) {
    if (h === undefined || a === undefined || b === undefined) return false;
    if (h === a && h === b) common.push(c);
    else if (h === a) from.push(c);
    else if (h === b) to.push(c);
    else return false;
  }
  const [i, ...otherFrom] = from;
  const [j, ...otherTo] = to;
  if (i === undefined || j === undefined || otherFrom.length + otherTo.length > 0) return false;
  const [x, link, z] = [columns[i]?.[0], columns[j]?.[1], columns[j]?.[0]];
  const shared = common.map((c) => columns[c]?.[0]);
  return columns[i]?.[2] === link && new Set([x, link, z, ...shared]).size === 3 + shared.length;
}

function variableOf(term: BodyTerm | HeadTerm | undefined): number | undefined {
  return term?.kind === "variable" ? term.variable : undefined;
}
