import type { AggregateFunction, Expression } from "../../src/syntax/tree.js";
import type { ReferenceRule } from "./program.js";
import { hasAggregate, isRecord, locationOf } from "./program.js";
import type { Binding } from "./solutions.js";
import { evaluate, problemIn, valueIn } from "./solutions.js";
import type { Problem, Tuple, Value } from "./values.js";
import { exact, isProblem, keyOf } from "./values.js";

/** A head tuple, and the place from which a message with it leaves. */
export interface Firing {
  readonly tuple: Tuple;
  /** "The location of a rule is the first argument of the first atom in its body." Undefined where that has no value. */
  readonly location: Value | undefined;
}

/** What a rule derives from the bindings of its body. */
export function firings(
  rule: ReferenceRule,
  bindings: readonly Binding[],
  statics: ReadonlySet<string>,
): readonly Firing[] | Problem {
  const place = locationOf(rule, statics);
  return hasAggregate(rule) ? aggregated(rule, bindings, place) : plain(rule, bindings, place);
}

function plain(
  rule: ReferenceRule,
  bindings: readonly Binding[],
  place: Expression | undefined,
): readonly Firing[] | Problem {
  const fired: Firing[] = [];
  for (const binding of bindings) {
    const problem = problemIn(rule.head.args, binding);
    if (problem) return problem;
    const location = place && evaluate(place, binding);
    if (location !== undefined && typeof location === "object") return location;
    fired.push({ tuple: rule.head.args.map((arg) => valueIn(arg, binding)), location });
  }
  return fired;
}

/**
 * "The other head arguments are the group. … several aggregates in one head each range over their own variable's
 * values. An empty group yields no tuple." The location of a message "must be one of the group columns or a
 * constant", so it is the same for all bindings of a group.
 */
function aggregated(
  rule: ReferenceRule,
  bindings: readonly Binding[],
  place: Expression | undefined,
): readonly Firing[] | Problem {
  const groups = new Map<string, Binding[]>();
  const groupArgs = rule.head.args.filter((arg) => arg.kind !== "aggregate");
  for (const binding of bindings) {
    const problem = problemIn(groupArgs, binding);
    if (problem) return problem;
    const key = keyOf(groupArgs.map((arg) => valueIn(arg, binding)));
    groups.set(key, [...(groups.get(key) ?? []), binding]);
  }
  const fired: Firing[] = [];
  for (const members of groups.values()) {
    const tuple = rule.head.args.flatMap((arg) => columns(arg, members));
    const problem = tuple.find(isProblem);
    if (problem) return problem;
    const location = members[0] && place && evaluate(place, members[0]);
    if (location !== undefined && typeof location === "object") return location;
    fired.push({ tuple: tuple.flatMap((value) => (isProblem(value) ? [] : [value])), location });
  }
  return fired;
}

/**
 * "An aggregate ranges over the **set of distinct values** of its variable in the group"; `count<K, L>` and `sum<V by K>` over the
 * distinct tuples; a record is "the lexicographically greatest (least) *tuple* of the group".
 */
function columns(arg: Expression, members: readonly Binding[]): readonly (Value | Problem)[] {
  if (arg.kind !== "aggregate") return [members[0] ? valueIn(arg, members[0]) : fail("an empty group")];
  const over = [arg.variable, ...(arg.more ?? []), ...(arg.by ?? [])];
  const tuples = new Map(
    members.map((binding) => {
      const tuple = over.map((variable) => valueIn(variable, binding));
      return [keyOf(tuple), tuple];
    }),
  );
  const name = arg.function.text as AggregateFunction;
  const distinct = [...tuples.values()];
  if (!isRecord(arg))
    return [aggregate(name, name === "count" ? [...tuples.keys()] : distinct.flatMap(([v]) => v ?? []))];
  const [greatest] = distinct.sort((a, b) => (name === "max" ? inOrder(b, a) : inOrder(a, b)));
  return greatest ?? fail("an empty group");
}

function inOrder(a: Tuple, b: Tuple): number {
  for (const [i, value] of a.entries()) {
    const other = b[i];
    if (other !== undefined && value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

/** "`min` and `max` work on strings too"; "`avg<X>` (integer quotient, truncated)". Only the result must be in range. */
export function aggregate(name: AggregateFunction, distinct: readonly Value[]): Value | Problem {
  const sum = (): bigint => distinct.reduce((total, value) => total + BigInt(value), 0n);
  switch (name) {
    case "count":
      return distinct.length;
    case "min":
      // biome-ignore lint/complexity/useMathMinMax: the values may be strings.
      return distinct.reduce((least, value) => (value < least ? value : least));
    case "max":
      // biome-ignore lint/complexity/useMathMinMax: the values may be strings.
      return distinct.reduce((greatest, value) => (value > greatest ? value : greatest));
    case "sum":
      return exact(sum());
    case "avg":
      return exact(sum() / BigInt(distinct.length));
  }
}

function fail(message: string): never {
  throw new Error(message);
}
