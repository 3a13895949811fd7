import type { Rule } from "./program.js";
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
