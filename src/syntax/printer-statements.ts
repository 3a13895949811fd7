import { stringLiteral } from "../source/strings.js";
import type { Aggregate, ArithmeticOperator, Atom, BodyLiteral, Expression, Statement, TimeMark } from "./tree.js";

/** Longer rules are printed with one line per literal of the body. */
export const LINE_BREAK = 100;

/** The canonical text of a statement, with its `;`. */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "include":
      return `include ${stringLiteral(statement.path)};`;
    case "fact":
      return `${printAtom(statement.atom)};`;
    case "rule": {
      const head = printAtom(statement.head);
      const body = statement.body.map(printLiteral);
      const line = `${head} :- ${body.join(", ")};`;
      return line.length <= LINE_BREAK ? line : `${head} :-\n  ${body.join(",\n  ")};`;
    }
  }
}

function printLiteral(literal: BodyLiteral): string {
  switch (literal.kind) {
    case "positive":
      return printAtom(literal.atom);
    case "negated":
      return `notin ${printAtom(literal.atom)}`;
    case "comparison":
      return `${printExpression(literal.left)} ${literal.operator} ${printExpression(literal.right)}`;
  }
}

function printAtom({ relation, args, time }: Atom): string {
  return `${relation.text}(${args.map((arg) => printExpression(arg)).join(", ")})${time === undefined ? "" : printTime(time)}`;
}

function printTime(time: TimeMark): string {
  return time.kind === "at" ? `@${time.instant}` : `@${time.kind}`;
}

/** The canonical text of an expression, with parentheses only where precedence requires them. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "variable":
      return expression.name;
    case "wildcard":
      return "_";
    case "integer":
      return String(expression.value);
    case "string":
      return stringLiteral(expression.value);
    case "range":
      return `${printExpression(expression.from)}..${printExpression(expression.to)}`;
    case "aggregate":
      return `${expression.function.text}<${variablesOf(expression)}>`;
    case "arithmetic": {
      const { operator, left, right } = expression;
      return `${operand(left, precedence(operator))} ${operator} ${operand(right, precedence(operator) + 1)}`;
    }
  }
}

function variablesOf({ variable, more = [], by = [] }: Aggregate): string {
  const list = (names: readonly Expression[]): string => names.map(printExpression).join(", ");
  return `${list([variable, ...more])}${by.length === 0 ? "" : ` by ${list(by)}`}`;
}

/** An operand, in parentheses if its precedence is below `least`. */
function operand(expression: Expression, least: number): string {
  const text = printExpression(expression);
  return expression.kind === "arithmetic" && precedence(expression.operator) < least ? `(${text})` : text;
}

function precedence(operator: ArithmeticOperator): number {
  return operator === "+" || operator === "-" ? 1 : 2;
}
