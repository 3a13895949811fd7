import type { ArithmeticOperator, ComparisonOperator } from "./tree.js";

/** The comparison operator of a token; `==` for `=`, which is reported. */
export function comparisonOf(image: string): ComparisonOperator {
  switch (image) {
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return image;
    default:
      return "==";
  }
}

export function arithmeticOf(image: string): ArithmeticOperator {
  switch (image) {
    case "-":
    case "*":
    case "/":
    case "%":
      return image;
    default:
      return "+";
  }
}
