import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { ArithmeticOperator, ComparisonOperator, Term } from "../program/program.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure, unexpectedlyVarying } from "./values.js";

/** A term compiled for evaluation: constants are interned, variables are indices of the rule. */
export type Operand =
  | { readonly kind: "constant"; readonly id: ValueId }
  | { readonly kind: "variable"; readonly variable: number }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Operand;
      readonly right: Operand;
    };

export function operandOf(term: Term, values: ValueTable): Operand {
  switch (term.kind) {
    case "constant":
      return { kind: "constant", id: values.intern(term.value) };
    case "variable":
      return { kind: "variable", variable: term.variable };
    case "arithmetic":
      return {
        kind: "arithmetic",
        operator: term.operator,
        left: operandOf(term.left, values),
        right: operandOf(term.right, values),
      };
  }
}

/** The value of an operand whose variables are bound, or the failure of its arithmetic. */
export function evaluate(operand: Operand, binding: ArrayLike<ValueId | undefined>, values: ValueTable): ValueId {
  switch (operand.kind) {
    case "constant":
      return operand.id;
    case "variable":
      return binding[operand.variable] as number;
    case "arithmetic": {
      const left = evaluate(operand.left, binding, values);
      if (isFailure(left)) return left;
      return values.arithmetic(operand.operator, left, evaluate(operand.right, binding, values));
    }
  }
}

/** The schedules under which a comparison of two values is true: all or none, unless one of them varies. */
export function whereTrue(operator: ComparisonOperator, a: ValueId, b: ValueId, values: ValueTable): Annotation {
  if (isVarying(a, values) || isVarying(b, values)) return values.comparison(operator, a, b);
  return compare(operator, a, b, values) ? TRUE : FALSE;
}

function isVarying(id: ValueId, values: ValueTable): boolean {
  return values.varyingOf(id) !== undefined;
}

/** The result of a comparison of two values, neither of which varies. */
export function compare(operator: ComparisonOperator, a: ValueId, b: ValueId, values: ValueTable): boolean {
  if (isVarying(a, values) || isVarying(b, values)) throw unexpectedlyVarying();
  switch (operator) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return values.compare(a, b) < 0;
    case "<=":
      return values.compare(a, b) <= 0;
    case ">":
      return values.compare(a, b) > 0;
    case ">=":
      return values.compare(a, b) >= 0;
  }
}
