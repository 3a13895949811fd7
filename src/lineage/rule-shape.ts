import type { Pattern } from "../execution/matching.js";
import type { Rule } from "../program/program.js";

/** Whether the head holds an aggregate. */
export function isAggregate(rule: Rule): boolean {
  return rule.head.args.some((term) => term.kind === "aggregate");
}

/** A pattern of a rule's head with the aggregates left open. */
export function groupOf(rule: Rule, pattern: Pattern): Pattern {
  return pattern.map((value, i) => (rule.head.args[i]?.kind === "aggregate" ? undefined : value));
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
  const terms: readonly { readonly kind: string }[] = [
    ...rule.head.args,
    ...rule.body.flatMap((l) => (l.kind === "comparison" ? [l.left, l.right] : l.args)),
  ];
  return terms.some((term) => term.kind === "arithmetic");
}
