import type { Execution, Tuple } from "../execution/execution.js";
import { compare, evaluate, operandOf, variablesOf } from "../execution/operands.js";
import { isFailure, ValueTable } from "../execution/values.js";
import type {
  AtomLiteral,
  BodyTerm,
  ComparisonLiteral,
  HeadTerm,
  Literal,
  Rule,
  Term,
  Value,
} from "../program/program.js";

/*
 * How far the body of one rule can be satisfied at one instant of an execution: a backtracking search that remembers
 * the binding that got furthest, and the literal at which that binding failed. Slow next to the engine, and only ever
 * asked about the rules of a single tuple.
 */

export type Binding = ReadonlyMap<number, Value>;

/** What a literal asks of a relation; `undefined` matches anything. */
export type Pattern = readonly (Value | undefined)[];

/** The furthest that a body can be satisfied. */
export interface PartialMatch {
  readonly binding: Binding;
  /** Literals satisfied before the failing one. */
  readonly satisfied: number;
  /** Absent when the whole body holds. */
  readonly failing?: FailingLiteral;
}

export type FailingLiteral =
  | { readonly kind: "no-match"; readonly literal: AtomLiteral; readonly instant: number; readonly pattern: Pattern }
  | { readonly kind: "blocked"; readonly literal: AtomLiteral; readonly instant: number; readonly by: Tuple }
  | { readonly kind: "comparison"; readonly literal: ComparisonLiteral };

/** Bindings beyond this many are not tried: what got furthest until then is the answer. */
const mostSteps = 20_000;

/** The binding that makes a rule's head this tuple, as far as the head determines it; `undefined` if it cannot be. */
export function unifyHead(args: readonly HeadTerm[], tuple: Tuple): Binding | undefined {
  const binding = new Map<number, Value>();
  for (const [i, term] of args.entries()) {
    const value = tuple[i];
    if (value === undefined) return undefined;
    if (term.kind === "constant" && term.value !== value) return undefined;
    if (term.kind !== "variable") continue;
    const known = binding.get(term.variable);
    if (known !== undefined && known !== value) return undefined;
    binding.set(term.variable, value);
  }
  return binding;
}

/** The furthest that `rule` gets at `instant` when its head is to be `tuple`. */
export function furthestMatch(
  rule: Rule,
  start: Binding,
  tuple: Tuple,
  instant: number,
  execution: Execution,
): PartialMatch {
  const values = new ValueTable();
  let best: PartialMatch | undefined;
  const consider = (match: PartialMatch): void => {
    if (
      best === undefined ||
      match.satisfied > best.satisfied ||
      (best.failing !== undefined && match.failing === undefined)
    )
      best = match;
  };
  let steps = 0;
  const search = (left: readonly Literal[], binding: Binding, satisfied: number): boolean => {
    if (++steps > mostSteps) return true;
    const next = choose(left, binding);
    if (next === undefined) {
      if (!headAgrees(rule.head.args, tuple, binding, values)) return false;
      consider({ binding, satisfied });
      return true;
    }
    const rest = left.filter((literal) => literal !== next);
    if (next.kind === "comparison") {
      const extended = compared(next, binding, values);
      if (extended !== undefined) return search(rest, extended, satisfied + 1);
      consider({ binding, satisfied, failing: { kind: "comparison", literal: next } });
      return false;
    }
    const at = next.instant ?? instant;
    const pattern = next.args.map((term) => valueIn(term, binding, values));
    const matches =
      at > execution.eot
        ? []
        : execution.tuples(next.relation, at).flatMap((t) => extend(next.args, t, pattern, binding));
    if (next.kind === "negated") {
      const first = matches[0];
      if (first === undefined) return search(rest, binding, satisfied + 1);
      consider({ binding, satisfied, failing: { kind: "blocked", literal: next, instant: at, by: first.tuple } });
      return false;
    }
    if (matches.length === 0)
      consider({ binding, satisfied, failing: { kind: "no-match", literal: next, instant: at, pattern } });
    return matches.some((match) => search(rest, match.binding, satisfied + 1));
  };
  search(rule.body, start, 0);
  return best ?? { binding: start, satisfied: 0 };
}

/** What can be decided first: comparisons and negations once they are bound, else the positive atom with most bound. */
function choose(left: readonly Literal[], binding: Binding): Literal | undefined {
  const atoms = left.filter((l): l is AtomLiteral => l.kind === "positive");
  const ready = left.find((l) => l.kind === "comparison" && comparable(l, binding));
  if (ready !== undefined) return ready;
  const boundIn = (atom: AtomLiteral): number =>
    atom.args.filter((t) => t.kind !== "wildcard" && isBound(t, binding)).length;
  let chosen = atoms[0];
  for (const atom of atoms) if (chosen !== undefined && boundIn(atom) > boundIn(chosen)) chosen = atom;
  return chosen ?? left[0];
}

function isBound(term: Term, binding: Binding): boolean {
  return [...variablesOf(term, new Set())].every((v) => binding.has(v));
}

/** Both sides known, or an equality that binds the one variable of its unknown side. */
function comparable(literal: ComparisonLiteral, binding: Binding): boolean {
  const left = isBound(literal.left, binding);
  const right = isBound(literal.right, binding);
  if (left && right) return true;
  if (literal.operator !== "==") return false;
  return (left && literal.right.kind === "variable") || (right && literal.left.kind === "variable");
}

function valueIn(term: BodyTerm, binding: Binding, values: ValueTable): Value | undefined {
  if (term.kind === "wildcard" || !isBound(term, binding)) return undefined;
  const ids: number[] = [];
  for (const [variable, value] of binding) ids[variable] = values.intern(value);
  const id = evaluate(operandOf(term, values), ids, values);
  return isFailure(id) ? undefined : values.value(id);
}

function extend(
  args: readonly BodyTerm[],
  tuple: Tuple,
  pattern: Pattern,
  binding: Binding,
): readonly { readonly tuple: Tuple; readonly binding: Binding }[] {
  const extended = new Map(binding);
  for (const [i, value] of tuple.entries()) {
    const wanted = pattern[i];
    if (wanted !== undefined && wanted !== value) return [];
    const term = args[i];
    if (term?.kind !== "variable") continue;
    const known = extended.get(term.variable);
    if (known !== undefined && known !== value) return [];
    extended.set(term.variable, value);
  }
  return [{ tuple, binding: extended }];
}

function compared(literal: ComparisonLiteral, binding: Binding, values: ValueTable): Binding | undefined {
  const left = valueIn(literal.left, binding, values);
  const right = valueIn(literal.right, binding, values);
  if (left === undefined || right === undefined) {
    const [open, value] = left === undefined ? [literal.left, right] : [literal.right, left];
    if (literal.operator !== "==" || open.kind !== "variable" || value === undefined) return undefined;
    return new Map(binding).set(open.variable, value);
  }
  return compare(literal.operator, values.intern(left), values.intern(right), values) ? binding : undefined;
}

function headAgrees(args: readonly HeadTerm[], tuple: Tuple, binding: Binding, values: ValueTable): boolean {
  return args.every((term, i) => term.kind === "aggregate" || valueIn(term, binding, values) === tuple[i]);
}
