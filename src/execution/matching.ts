import type { AtomLiteral, BodyTerm, ComparisonLiteral, Rule } from "../program/program.js";
import { boundByAtoms, termVariables } from "../program/terms.js";
import { compare, evaluate, operandOf } from "./operands.js";
import type { ValueId, ValueTable } from "./values.js";
import { isFailure } from "./values.js";

/*
 * What one literal, or the head, of a rule means under a binding that may still be partial. Every explanation of a run reads
 * rules by these functions; the engine compiles the same meaning into a plan (plan.ts, join.ts), because it evaluates
 * millions of bindings. The tests hold both to the naive evaluator of test/reference.
 */

/** A tuple, column by column. */
export type Row = readonly ValueId[];
/** By column; `undefined` matches anything. */
export type Pattern = readonly (ValueId | undefined)[];
/** By variable of a rule; `undefined` while it has no value. A variable that failed arithmetic binds holds the failure. */
export type Binding = readonly (ValueId | undefined)[];

/** Binds no variable of the rule. */
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

/** What an atom asks of a tuple, column by column. A column whose arithmetic fails is left open. */
export function patternOf(args: readonly BodyTerm[], binding: Binding, values: ValueTable): Pattern {
  return args.map((arg) => {
    const value = termValue(arg, binding, values);
    return value === undefined || isFailure(value) ? undefined : value;
  });
}

/** Whether a tuple is what the pattern says where it says something. By ids or by values. */
export function matchesPattern<V>(row: ArrayLike<V>, pattern: readonly (V | undefined)[]): boolean {
  return pattern.every((value, i) => value === undefined || value === row[i]);
}

/**
 * Whether a tuple matches an atom all of whose arguments have values but for those that stand for any: the pattern fits, and the
 * columns that hold one variable agree. By ids or by values.
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
 * The binding extended so that the atom is the row; `undefined` if none does that. A variable that holds a failure agrees with
 * anything, and so does an arithmetic column that fails or whose variables are not all bound yet.
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
 * What a comparison makes of a binding: the binding, where it holds; the binding extended, where it is an equality that binds a
 * variable; `false`, where it rejects; `undefined`, while variables are missing. Where arithmetic fails it counts as true:
 * whether the failure matters is decided once the binding is complete (failing-binding.ts). A failure binds no variable of a
 * positive atom, because a tuple will.
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

/** The binding under which a rule's head has the pattern in its plain columns; `undefined` if none does. */
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

/** The head under a binding; aggregates, and what has no value yet, are left open. */
export function headPattern(rule: Rule, binding: Binding, values: ValueTable): Pattern {
  return rule.head.args.map((term) => (term.kind === "aggregate" ? undefined : termValue(term, binding, values)));
}

/** Whether the head under a complete binding is the row, in the plain columns of which the pattern says something. */
export function headAgrees(rule: Rule, binding: Binding, pattern: Pattern, values: ValueTable): boolean {
  return headPattern(rule, binding, values).every(
    (value, i) => pattern[i] === undefined || rule.head.args[i]?.kind === "aggregate" || value === pattern[i],
  );
}
