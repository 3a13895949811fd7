import type { Expression, RuleStatement } from "../syntax/tree.js";
import { expressionsOf, variablesIn } from "./draft.js";

/** An equality that can bind `variable` once all variables of `value` are bound. */
interface Binding {
  readonly variable: string;
  readonly value: Expression;
}

/**
 * The variables of a rule that its body binds: arguments of positive atoms, and `X` of an equality `X == e` (or `e == X`)
 * whose variables in `e` are bound, whatever the order of the equalities.
 */
export function boundVariables(rule: RuleStatement): ReadonlySet<string> {
  const bound = new Set<string>();
  const bindings: Binding[] = [];
  for (const literal of rule.body) {
    if (literal.kind === "positive") {
      for (const arg of literal.atom.args) if (arg.kind === "variable") bound.add(arg.name);
    } else if (literal.kind === "comparison" && literal.operator === "==") {
      if (literal.left.kind === "variable") bindings.push({ variable: literal.left.name, value: literal.right });
      if (literal.right.kind === "variable") bindings.push({ variable: literal.right.name, value: literal.left });
    }
  }
  propagate(bindings, bound);
  return bound;
}

/**
 * The variables of a rule that are local to a negation: all their occurrences are in one negated literal. Such a variable is
 * existentially quantified inside the negation, so it needs no value and never has one. In
 *
 *     h(A) :- r(A), notin s(A, B, B);
 *
 * `B` is local: no tuple of `s` has `A` first and two equal values after it.
 */
export function localVariables(rule: RuleStatement): ReadonlySet<string> {
  const local = new Set<string>();
  const elsewhere = namesIn(rule.head.args);
  for (const literal of rule.body) {
    // An aggregate in a body is reported elsewhere.
    for (const name of namesIn(expressionsOf(literal).filter(({ kind }) => kind !== "aggregate"))) {
      if (literal.kind === "negated" && !elsewhere.has(name)) local.add(name);
      else local.delete(name);
      elsewhere.add(name);
    }
  }
  return local;
}

function namesIn(expressions: readonly Expression[]): Set<string> {
  const names = new Set<string>();
  for (const expression of expressions) for (const { name } of variablesIn(expression)) names.add(name);
  return names;
}

/** A worklist algorithm: each binding counts its unbound variables, so that long chains in reverse order take linear time. */
function propagate(bindings: readonly Binding[], bound: Set<string>): void {
  const waiting = new Map<string, { readonly binding: Binding; missing: number }[]>();
  const ready: string[] = [];
  const bind = (name: string): void => {
    if (bound.has(name)) return;
    bound.add(name);
    ready.push(name);
  };
  for (const binding of bindings) {
    const parts = variablesIn(binding.value).map(({ name }) => name);
    // An expression that contains a wildcard or an aggregate has no value.
    if (!hasOnlyValues(binding.value)) continue;
    const missing = new Set(parts.filter((name) => !bound.has(name)));
    const entry = { binding, missing: missing.size };
    for (const name of missing) {
      const list = waiting.get(name);
      if (list === undefined) waiting.set(name, [entry]);
      else list.push(entry);
    }
    if (missing.size === 0) bind(binding.variable);
  }
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    for (const entry of waiting.get(name) ?? []) if (--entry.missing === 0) bind(entry.binding.variable);
  }
}

function hasOnlyValues(expression: Expression): boolean {
  switch (expression.kind) {
    case "wildcard":
    case "aggregate":
      return false;
    case "arithmetic":
      return hasOnlyValues(expression.left) && hasOnlyValues(expression.right);
    default:
      return true;
  }
}
