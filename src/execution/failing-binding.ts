import type { BodyTerm, Rule, Term } from "../program/program.js";
import { isOpen } from "../program/program.js";
import { compare, evaluate, operandOf, variablesOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** What is known of a binding in which arithmetic failed: values by variable, and the rows its positive atoms matched. */
export interface FailingBinding {
  readonly binding: ArrayLike<ValueId>;
  /** The value that a positive atom's row has in a column. */
  column(literal: number, column: number): ValueId;
}

/** A negated literal whose arguments all have values (`undefined`: anything), and which therefore still decides. */
export interface Undecided {
  readonly literal: number;
  readonly pattern: readonly (ValueId | undefined)[];
  /** Columns that hold one local variable, and so have to agree. */
  readonly equal: readonly (readonly [number, number])[];
}

/**
 * Whether a failure counts. "Arithmetic is evaluated only for bindings that satisfy every literal that does not depend on
 * it", whatever the order of the text: a variable that several equalities could bind takes its value from one that has a
 * value; then every literal that can be evaluated is, and one that is false rejects the binding, failure and all.
 *
 * Gives `undefined` for a binding that is rejected, else the negated literals that are still to be looked up.
 */
export function survivingNegations(
  rule: Rule,
  failing: FailingBinding,
  values: ValueTable,
): readonly Undecided[] | undefined {
  const known = knownValues(rule, failing, values);
  const valueIn = (term: BodyTerm): ValueId | undefined =>
    term.kind === "wildcard" ? undefined : value(term, known, values);
  const undecided: Undecided[] = [];
  for (const [literal, body] of rule.body.entries()) {
    if (body.kind === "comparison") {
      const [left, right] = [valueIn(body.left), valueIn(body.right)];
      if (left !== undefined && right !== undefined && !compare(body.operator, left, right, values)) return undefined;
    } else if (body.kind === "positive") {
      for (const [column, arg] of body.args.entries()) {
        const wanted = arg.kind === "arithmetic" ? valueIn(arg) : undefined;
        if (wanted !== undefined && wanted !== failing.column(literal, column)) return undefined;
      }
    } else {
      const pattern = body.args.map(valueIn);
      const decided = body.args.every((arg, i) => pattern[i] !== undefined || isOpen(rule, arg));
      if (decided) undecided.push({ literal, pattern, equal: repeated(body.args, pattern) });
    }
  }
  return undecided;
}

/** By variable: those of positive atoms, and those that some equality gives a value. */
function knownValues(rule: Rule, failing: FailingBinding, values: ValueTable): (ValueId | undefined)[] {
  const known: (ValueId | undefined)[] = rule.variables.map(() => undefined);
  for (const body of rule.body) {
    if (body.kind !== "positive") continue;
    for (const arg of body.args) if (arg.kind === "variable") known[arg.variable] = failing.binding[arg.variable];
  }
  for (let found = true; found; ) {
    found = false;
    for (const body of rule.body) {
      if (body.kind !== "comparison" || body.operator !== "==") continue;
      for (const [target, source] of [
        [body.left, body.right],
        [body.right, body.left],
      ] as const) {
        if (target.kind !== "variable" || known[target.variable] !== undefined) continue;
        const given = value(source, known, values);
        if (given === undefined) continue;
        known[target.variable] = given;
        found = true;
      }
    }
  }
  return known;
}

/** The value of a term; `undefined` while a variable has none, or where arithmetic fails. */
function value(term: Term, known: readonly (ValueId | undefined)[], values: ValueTable): ValueId | undefined {
  for (const variable of variablesOf(term, new Set())) if (known[variable] === undefined) return undefined;
  const result = evaluate(
    operandOf(term, values),
    known.map((id) => id ?? 0),
    values,
  );
  return isFailure(result) ? undefined : result;
}

/** The pairs of open columns that hold the same variable. */
function repeated(
  args: readonly BodyTerm[],
  pattern: readonly (ValueId | undefined)[],
): readonly (readonly [number, number])[] {
  return args.flatMap((arg, column) => {
    if (arg.kind !== "variable" || pattern[column] !== undefined) return [];
    const first = args.findIndex((other) => other.kind === "variable" && other.variable === arg.variable);
    return first < column ? [[first, column] as const] : [];
  });
}
