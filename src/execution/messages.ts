import type { Rule } from "../program/program.js";
import { isAggregate } from "../program/rule-shape.js";
import { evaluate, operandOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";

/** Where the messages of an `@async` rule leave from. */
export interface MessageLocation {
  /** The rule's location, for a head row and the binding it came from (an aggregate's row has no single binding). */
  sender(row: ArrayLike<ValueId>, binding: ArrayLike<ValueId>): ValueId;
}

/** The sender of an `@async` rule. With an aggregate in the head it is a column of the group or a constant, so that a message has one sender. */
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
