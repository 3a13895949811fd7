import type { Atom, BodyLiteral, Expression } from "../../src/syntax/tree.js";
import type { ReferenceRule } from "./program.js";
import type { Problem, Tuple, Value } from "./values.js";
import { calculate, compare, isProblem } from "./values.js";

/** Values of variables; a problem for a variable whose only value is that of an expression that errs. */
export type Binding = ReadonlyMap<string, Value | Problem>;

/** The tuples an atom ranges over at the instant at which the rule is tried. */
export type Lookup = (atom: Atom) => Iterable<Tuple>;

/** A column of a positive atom that an expression must equal. */
interface ColumnTest {
  readonly expression: Expression;
  readonly value: Value;
}

/** Every binding that satisfies the body, or the problem that some binding runs into. */
export function solutions(rule: ReferenceRule, lookup: Lookup): readonly Binding[] | Problem {
  const found: Binding[] = [];
  const tuples = rule.positives.map((atom) => [...lookup(atom)]);

  const extend = (index: number, binding: Binding, tests: readonly ColumnTest[]): Problem | undefined => {
    const atom = rule.positives[index];
    if (atom === undefined) {
      const complete = bindByEqualities(rule, binding);
      const judgement = judge(rule, lookup, complete, tests);
      if (typeof judgement === "object") return judgement;
      if (judgement) found.push(complete);
      return undefined;
    }
    for (const tuple of tuples[index] ?? []) {
      const matched = match(atom, tuple, binding);
      const problem =
        matched &&
        extend(index + 1, matched.binding, matched.tests.length === 0 ? tests : [...tests, ...matched.tests]);
      if (problem) return problem;
    }
    return undefined;
  };
  return extend(0, new Map(), []) ?? found;
}

/**
 * Binds an atom's variables to a tuple. "An expression in a body atom is a test against that column, evaluated once
 * its variables are bound by other literals": it is kept for later.
 */
function match(atom: Atom, tuple: Tuple, binding: Binding): { binding: Binding; tests: ColumnTest[] } | undefined {
  const differs = atom.args.some((arg, column) => {
    const known =
      arg.kind === "variable" || arg.kind === "integer" || arg.kind === "string" ? evaluate(arg, binding) : undefined;
    return known !== undefined && known !== tuple[column];
  });
  if (differs) return undefined;
  const extended = new Map(binding);
  const tests: ColumnTest[] = [];
  for (const [column, arg] of atom.args.entries()) {
    const value = tuple[column];
    if (value === undefined) throw new Error(`arity of ${atom.relation.text}`);
    if (arg.kind === "variable") {
      // The atom may hold the variable twice.
      if ((extended.get(arg.name) ?? value) !== value) return undefined;
      extended.set(arg.name, value);
    } else if (arg.kind === "arithmetic") {
      tests.push({ expression: arg, value });
    }
  }
  return { binding: extended, tests };
}

/**
 * "`X == e` or `e == X`, with X bound by no positive atom and e's variables bound (by atoms, or by other such
 * equalities, in any order), binds X." An equality with a value wins over one that errs, whatever their order:
 * "The order of body literals has no meaning."
 */
function bindByEqualities(rule: ReferenceRule, matched: Binding): Binding {
  if (!rule.body.some((literal) => literal.kind === "comparison" && literal.operator === "==")) return matched;
  const binding = new Map(matched);
  const equalities = rule.body.flatMap((literal) =>
    literal.kind === "comparison" && literal.operator === "=="
      ? [[literal.left, literal.right] as const, [literal.right, literal.left] as const]
      : [],
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const [target, source] of equalities) {
      if (target.kind !== "variable") continue;
      const before = binding.get(target.name);
      const value = evaluate(source, binding);
      if (value === undefined) continue;
      if (before === undefined || (isProblem(before) && !isProblem(value))) {
        binding.set(target.name, value);
        changed = true;
      }
    }
  }
  return binding;
}

/**
 * "Arithmetic is evaluated only for bindings that satisfy every literal that does not depend on it": false if some
 * literal that has a truth value is false; else the problem of one that has none; else true.
 */
function judge(rule: ReferenceRule, lookup: Lookup, binding: Binding, tests: readonly ColumnTest[]): boolean | Problem {
  const judgements = [
    ...tests.map(
      (test) => test.value === evaluate(test.expression, binding) || (problemIn([test.expression], binding) ?? false),
    ),
    ...rule.body.map((literal) => judgeLiteral(literal, lookup, binding)),
  ];
  if (judgements.includes(false)) return false;
  return judgements.find((judgement) => typeof judgement === "object") ?? true;
}

function judgeLiteral(literal: BodyLiteral, lookup: Lookup, binding: Binding): boolean | Problem {
  switch (literal.kind) {
    case "positive":
      return true;
    case "comparison": {
      const problem = problemIn([literal.left, literal.right], binding);
      return problem ?? compare(literal.operator, valueIn(literal.left, binding), valueIn(literal.right, binding));
    }
    case "negated":
      return problemIn(literal.atom.args, binding) ?? !matchesAny(literal.atom, lookup, binding);
  }
}

/**
 * Whether some tuple matches a negated atom. "A variable that occurs in this one literal and nowhere else is
 * existential inside the negation (twice in it: an equality, as usual)": it is unbound here, so each tuple binds it anew.
 */
function matchesAny(atom: Atom, lookup: Lookup, binding: Binding): boolean {
  for (const tuple of lookup(atom)) {
    const matched = match(atom, tuple, binding);
    if (matched?.tests.every((test) => evaluate(test.expression, binding) === test.value)) return true;
  }
  return false;
}

/** The value of an expression; undefined if a variable of it is unbound. A problem passes through operations. */
export function evaluate(e: Expression, binding: Binding): Value | Problem | undefined {
  switch (e.kind) {
    case "integer":
    case "string":
      return e.value;
    case "variable":
      return binding.get(e.name);
    case "arithmetic": {
      const left = evaluate(e.left, binding);
      const right = evaluate(e.right, binding);
      if (left === undefined || right === undefined) return undefined;
      if (isProblem(left)) return left;
      return isProblem(right) ? right : calculate(e.operator, left, right);
    }
    case "wildcard":
    case "aggregate":
      return undefined;
  }
}

/** The value of an expression that is known to have one. */
export function valueIn(e: Expression, binding: Binding): Value {
  const value = evaluate(e, binding);
  if (value === undefined || isProblem(value)) throw new Error("an expression without a value");
  return value;
}

export function problemIn(expressions: readonly Expression[], binding: Binding): Problem | undefined {
  for (const e of expressions) {
    const value = evaluate(e, binding);
    if (value !== undefined && isProblem(value)) return value;
  }
  return undefined;
}
