import type { Rule } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";
import { evaluate, operandOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";

/** The sender of the messages of one `@async` rule. */
export interface MessageLocation {
  /** The sender, given the head row and the binding of the firing (an aggregate's row has no single binding). */
  sender(row: ArrayLike<ValueId>, binding: ArrayLike<ValueId>): ValueId;
}

/** How to find the sender of a rule's messages: from the binding; for an aggregate, a column of its group or a constant. */
export function messageLocation(rule: Rule, values: ValueTable): MessageLocation {
  const { location } = rule;
  if (location.kind === "wildcard") throw new Error("a message rule without a sender passed the safety check");
  const operand = operandOf(location, values);
  if (!isAggregate(rule) || operand.kind === "constant") {
    return { sender: (_row, binding) => evaluate(operand, binding, values) };
  }
  const { locationColumn: column } = rule;
  if (column === undefined)
    throw new Error("an aggregate message without a sender in its group passed the safety check");
  return { sender: (row) => row[column] as number };
}
