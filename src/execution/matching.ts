import type { AtomLiteral, BodyTerm, ComparisonLiteral, Rule } from "../program/program.js";
import { boundByAtoms, termVariables } from "../program/terms.js";
import { compare, evaluate, operandOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/*
 * The semantics of one literal, or of the head, of a rule under a possibly partial binding. Explanations of runs use these
 * functions; the engine compiles the same semantics into plans (plan.ts, join.ts), because it evaluates millions of bindings.
 * Tests compare both with the evaluator of test/reference.
 */

/** A tuple, column by column. */
export type Row = readonly ValueId[];
/** Values by column; `undefined` matches anything. */
export type Pattern = readonly (ValueId | undefined)[];
/** Values by variable of a rule; `undefined` while it has none. A variable bound to failed arithmetic holds the failure. */
export type Binding = readonly (ValueId | undefined)[];

/** The empty binding. */
export function noBinding(rule: Rule): Binding {
  return rule.variables.map(() => undefined);
}

/** The value of a term whose variables are bound, or the failure of its arithmetic; `undefined` if one of them is not. */
export function termValue(term: BodyTerm, binding: Binding, values: ValueTable): ValueId | undefined {
  switch (term.kind) {
    case "wildcard":
      return undefined;
    case "constant":
      return values.intern(term.value);
    case "variable":
      return binding[term.variable];
    case "arithmetic":
      if (termVariables(term).some((variable) => binding[variable] === undefined)) return undefined;
      return evaluate(operandOf(term, values), binding, values);
  }
}

/** The pattern of an atom under a binding. A column whose arithmetic fails matches anything. */
export function patternOf(args: readonly BodyTerm[], binding: Binding, values: ValueTable): Pattern {
  return args.map((arg) => {
    const value = termValue(arg, binding, values);
    return value === undefined || isFailure(value) ? undefined : value;
  });
}

/** Whether a tuple matches a pattern. For ids and for values. */
export function matchesPattern<V>(row: ArrayLike<V>, pattern: readonly (V | undefined)[]): boolean {
  return pattern.every((value, i) => value === undefined || value === row[i]);
}

/**
 * Whether a tuple matches an atom: it matches the pattern, and columns with the same unbound variable are equal. For ids and for
 * values. Precondition: every argument has a value in the pattern, except wildcards and local variables.
 */
export function matchesAtom<V>(atom: AtomLiteral, pattern: readonly (V | undefined)[], row: ArrayLike<V>): boolean {
  if (!matchesPattern(row, pattern)) return false;
  return atom.args.every((arg, i) => {
    if (arg.kind !== "variable" || pattern[i] !== undefined) return true;
    const first = atom.args.findIndex((other) => other.kind === "variable" && other.variable === arg.variable);
    return row[first] === row[i];
  });
}

/**
 * Unifies an atom with a row: the extended binding, or `undefined`. A variable that holds a failure unifies with anything, and so
 * does an arithmetic column that fails or whose variables are not all bound.
 */
export function unifyAtom(
  { args }: AtomLiteral,
  row: ArrayLike<ValueId>,
  binding: Binding,
  values: ValueTable,
): Binding | undefined {
  const extended = [...binding];
  for (const [i, arg] of args.entries()) {
    if (arg.kind === "constant" && values.intern(arg.value) !== row[i]) return undefined;
    if (arg.kind !== "variable") continue;
    const known = extended[arg.variable];
    if (known === undefined) extended[arg.variable] = row[i];
    else if (known !== row[i] && !isFailure(known)) return undefined;
  }
  for (const [i, arg] of args.entries()) {
    if (arg.kind !== "arithmetic") continue;
    const value = termValue(arg, extended, values);
    if (value !== undefined && !isFailure(value) && value !== row[i]) return undefined;
  }
  return extended;
}

/**
 * Applies a comparison to a binding. Returns the binding if the comparison is true; the extended binding if it is an equality that
 * binds a variable; `false` if it is false; `undefined` while variables are unbound. Failed arithmetic counts as true: whether the
 * failure matters is decided when the binding is complete (failing-binding.ts). A failure does not bind a variable that occurs in a
 * positive atom, because a tuple binds it.
 */
export function applyComparison(
  rule: Rule,
  literal: ComparisonLiteral,
  binding: Binding,
  values: ValueTable,
): Binding | false | undefined {
  const left = termValue(literal.left, binding, values);
  const right = termValue(literal.right, binding, values);
  if (left !== undefined && right !== undefined) {
    if (isFailure(left) || isFailure(right)) return binding;
    return compare(literal.operator, left, right, values) ? binding : false;
  }
  if (literal.operator !== "==") return undefined;
  const [term, value] = left === undefined ? [literal.left, right] : [literal.right, left];
  if (value === undefined || term.kind !== "variable") return undefined;
  if (isFailure(value) && boundByAtoms(rule).has(term.variable)) return undefined;
  const extended = [...binding];
  extended[term.variable] = value;
  return extended;
}

/** Unifies a rule's head with a pattern, ignoring aggregates and arithmetic: the binding, or `undefined`. */
export function unifyHead(rule: Rule, pattern: Pattern, values: ValueTable): Binding | undefined {
  const binding = [...noBinding(rule)];
  for (const [i, term] of rule.head.args.entries()) {
    const wanted = pattern[i];
    if (wanted === undefined) continue;
    if (term.kind === "constant" && values.intern(term.value) !== wanted) return undefined;
    if (term.kind !== "variable") continue;
    const known = binding[term.variable];
    if (known !== undefined && known !== wanted) return undefined;
    binding[term.variable] = wanted;
  }
  return binding;
}

/** The pattern of the head under a binding; `undefined` for aggregates and for columns without a value. */
export function headPattern(rule: Rule, binding: Binding, values: ValueTable): Pattern {
  return rule.head.args.map((term) => (term.kind === "aggregate" ? undefined : termValue(term, binding, values)));
}

/** Whether the head under a complete binding matches a pattern in its columns other than aggregates. */
export function headAgrees(rule: Rule, binding: Binding, pattern: Pattern, values: ValueTable): boolean {
  return headPattern(rule, binding, values).every(
    (value, i) => pattern[i] === undefined || rule.head.args[i]?.kind === "aggregate" || value === pattern[i],
  );
}
