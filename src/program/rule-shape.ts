import type { Rule } from "./program.js";
import { ruleTerms } from "./terms.js";

/** Whether the head holds an aggregate. */
export function isAggregate(rule: Rule): boolean {
  return rule.head.args.some((term) => term.kind === "aggregate");
}

/** A tuple of the rule's head, or what is known of one, with the aggregates left open: the group. */
export function groupOf<V>(rule: Rule, columns: readonly V[]): readonly (V | undefined)[] {
  return columns.map((value, i) => (rule.head.args[i]?.kind === "aggregate" ? undefined : value));
}

/** The first instant at which the rule can fire: with a literal `r(…)@N`, not before N. */
export function firstInstant({ body }: Rule): number {
  return body.reduce((first, l) => (l.kind === "comparison" ? first : Math.max(first, l.instant ?? 1)), 1);
}

/** Whether the head holds a sum, which can overflow. */
export function hasSum(rule: Rule): boolean {
  return rule.head.args.some((term) => term.kind === "aggregate" && term.function === "sum");
}

/** Whether evaluating the rule may divide by zero or leave the range of integers. An average lies between what it is made from. */
export function canFail(rule: Rule): boolean {
  return hasArithmetic(rule) || hasSum(rule);
}

/** Whether something in the rule is computed. */
function hasArithmetic(rule: Rule): boolean {
  return ruleTerms(rule).some(({ kind }) => kind === "arithmetic");
}
