// What nodes of asm.js's syntax say, which is JavaScript's (as acorn parses it): literals, coercions and the types that they give.
import { double, F64, I32, op, signed } from "./binary.mjs";

/** A number: its value, type and code. Those with a point are doubles. */
export function literal(node) {
  const isNegative = node.type === "UnaryExpression" && node.operator === "-";
  const number = isNegative ? node.argument : node;
  if (number.type !== "Literal" || typeof number.value !== "number") return undefined;
  const value = isNegative ? -number.value : number.value;
  return number.raw.includes(".")
    ? { value, type: F64, code: [op.f64Const, ...double(value)] }
    : { value, type: I32, code: [op.i32Const, ...signed(value)] };
}

/** `x | 0` or `+x`. */
export function isCoercion(node) {
  return (
    (node.type === "BinaryExpression" && node.operator === "|" && literal(node.right)?.value === 0) || isPlus(node)
  );
}

export function isPlus(node) {
  return node.type === "UnaryExpression" && node.operator === "+";
}

export function coerced(node) {
  return isPlus(node) ? node.argument : node.left;
}

export function typeOfCoercion(node) {
  return isCoercion(node) ? (isPlus(node) ? F64 : I32) : fail("a coercion is expected");
}

/** An integer that is to be read without sign. */
export function isUnsigned(node) {
  return node.type === "BinaryExpression" && node.operator === ">>>";
}

export function isComparison(operator) {
  return ["==", "!=", "<", ">", "<=", ">="].includes(operator);
}

/** What a function gives: the type of its last return, which asm.js wants to be last. */
export function resultOf({ body }) {
  const last = body.body.at(-1);
  if (last?.type !== "ReturnStatement" || last.argument === null) return undefined;
  return literal(last.argument)?.type ?? typeOfCoercion(last.argument);
}

export function fail(what) {
  throw new Error(`this is no asm.js that can be translated: ${what}`);
}
