import type { Rule } from "../program/program.js";
import { isOpen } from "../program/program.js";
import { boundByAtoms, equations } from "../program/terms.js";
import type { Binding } from "./matching.js";
import { applyComparison, patternOf, termValue, unifyAtom } from "./matching.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/** The result of evaluating the literals that do not depend on failed arithmetic. */
export type Settled =
  /** This literal is false, so the failure has no effect. */
  | { readonly kind: "rejected"; readonly literal: number; readonly binding: Binding }
  /** These negated literals do not depend on the failure; their relations decide. */
  | { readonly kind: "undecided"; readonly negations: readonly number[]; readonly binding: Binding };

/**
 * Decides whether failed arithmetic has an effect. The language evaluates arithmetic only for bindings that satisfy every literal
 * that does not depend on it, whatever the order of the text. So a variable that several equalities could bind takes its value from
 * one that does not fail; then every literal that can be evaluated is, and a false one rejects the binding:
 *
 *     h(X) :- r(X), Y == 1 / X, X > 0;      X = 0: division fails, but `X > 0` rejects the binding
 *
 * `rowOf`: the row that a positive literal matched. The resulting binding omits the variables whose arithmetic failed.
 */
export function settleFailing(
  rule: Rule,
  failing: ArrayLike<ValueId | undefined>,
  rowOf: (literal: number) => ArrayLike<ValueId> | undefined,
  values: ValueTable,
): Settled {
  const binding = withoutFailures(rule, failing, values);
  const negations: number[] = [];
  for (const [literal, body] of rule.body.entries()) {
    if (body.kind === "comparison") {
      if (applyComparison(rule, body, binding, values) === false) return { kind: "rejected", literal, binding };
    } else if (body.kind === "positive") {
      const row = rowOf(literal);
      if (row === undefined) throw new RangeError(`literal ${literal} has matched no row`);
      if (unifyAtom(body, row, binding, values) === undefined) return { kind: "rejected", literal, binding };
    } else {
      const pattern = patternOf(body.args, binding, values);
      if (body.args.every((arg, i) => pattern[i] !== undefined || isOpen(rule, arg))) negations.push(literal);
    }
  }
  return { kind: "undecided", negations, binding };
}

/** The binding of the variables of positive atoms and of those that some equality binds without failure. */
function withoutFailures(rule: Rule, failing: ArrayLike<ValueId | undefined>, values: ValueTable): Binding {
  const bound = boundByAtoms(rule);
  const known = rule.variables.map((_, variable) => (bound.has(variable) ? failing[variable] : undefined));
  const equalities = equations(rule);
  for (let found = true; found; ) {
    found = false;
    for (const { side, other } of equalities) {
      if (side.kind !== "variable" || known[side.variable] !== undefined) continue;
      const value = termValue(other, known, values);
      if (value === undefined || isFailure(value)) continue;
      known[side.variable] = value;
      found = true;
    }
  }
  return known;
}
