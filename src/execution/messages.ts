import type { Rule } from "../program/program.js";
import { evaluate, operandOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";

/** Where the messages of an `@async` rule leave from. */
export interface MessageLocation {
  /** The rule's location, for a head row and the binding it came from (an aggregate's row has no single binding). */
  sender(row: ArrayLike<ValueId>, binding: ArrayLike<ValueId>): ValueId;
}

/** Whether a rule is `r(X, …)@next :- r(X, …)`: the whole relation, as it is. */
export function isPersistence(rule: Rule): boolean {
  const [literal, ...others] = rule.body;
  if (rule.timing !== "inductive" || literal === undefined || others.length > 0) return false;
  if (literal.kind !== "positive" || literal.relation !== rule.head.relation || literal.instant !== undefined) return false;
  const seen = new Set<number>();
  return rule.head.args.every((term, i) => {
    const arg = literal.args[i];
    if (term.kind !== "variable" || arg?.kind !== "variable" || arg.variable !== term.variable) return false;
    if (seen.has(term.variable)) return false;
    seen.add(term.variable);
    return true;
  });
}

/** The sender of an `@async` rule. With an aggregate in the head it is a column of the group or a constant, so that a message has one sender. */
export function messageLocation(rule: Rule, values: ValueTable): MessageLocation {
  const { location } = rule;
  if (location.kind === "wildcard") throw new Error("a message rule without a sender passed the safety check");
  const operand = operandOf(location, values);
  if (!rule.head.args.some((term) => term.kind === "aggregate") || operand.kind !== "variable") {
    return { sender: (_row, binding) => evaluate(operand, binding, values) };
  }
  const column = rule.head.args.findIndex((term) => term.kind === "variable" && term.variable === operand.variable);
  if (column < 0) throw new Error("an aggregate message without a sender in its group passed the safety check");
  return { sender: (row) => row[column] as number };
}
