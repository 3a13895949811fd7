import type { Execution, Tuple, TupleAt } from "../execution/execution.js";
import type { Binding, Pattern, Row } from "../execution/matching.js";
import { headAgrees, headPattern, unifyHead } from "../execution/matching.js";
import type { PartialMatch, Tuples } from "../execution/partial-matches.js";
import { enumerateMatches } from "../execution/partial-matches.js";
import type { ValueId } from "../execution/values.js";
import { isFailure, ValueTable } from "../execution/values.js";
import type { AtomLiteral, ComparisonLiteral, RelationId, Rule, Value } from "../program/program.js";

import { groupOf } from "../program/rule-shape.js";
import { literalTerms } from "../program/terms.js";

/** The furthest that a body can be satisfied. */
export interface FurthestMatch {
  /** In the order in which the variables were bound. */
  readonly binding: ReadonlyMap<number, Value>;
  /** Literals satisfied before the failing one. */
  readonly satisfied: number;
  /** Absent when the whole body holds, or holds only for other values of the head. */
  readonly failing?: FailingLiteral;
  /** Whether the whole body holds and gives the head. */
  readonly fires: boolean;
  /** The columns of the head that are known; `undefined` for aggregates and for columns without a value. */
  readonly head: readonly (Value | undefined)[];
  /** The tuples that satisfy positive literals. */
  readonly matched: readonly MatchedAtom[];
}

export interface MatchedAtom {
  readonly literal: AtomLiteral;
  readonly tuple: TupleAt;
}

export type FailingLiteral =
  | {
      readonly kind: "no-match";
      readonly literal: AtomLiteral;
      readonly instant: number;
      /** What the literal asks of a tuple; `undefined` matches anything. */
      readonly pattern: readonly (Value | undefined)[];
    }
  | { readonly kind: "blocked"; readonly literal: AtomLiteral; readonly instant: number; readonly by: Tuple }
  | { readonly kind: "comparison"; readonly literal: ComparisonLiteral };

/** The most bindings that are tried; the answer is the one that got furthest. */
const mostSteps = 20_000;

/** The tuples of an execution, interned on first use. */
export class ExecutionTuples implements Tuples {
  readonly values = new ValueTable();
  private readonly rows = new Map<string, readonly Row[]>();

  constructor(private readonly execution: Execution) {}

  tuples(relation: RelationId, instant: number): readonly Row[] {
    const key = `${relation} ${instant}`;
    let rows = this.rows.get(key);
    if (rows === undefined) {
      rows = this.execution.tuples(relation, instant).map((tuple) => tuple.map((value) => this.values.intern(value)));
      this.rows.set(key, rows);
    }
    return rows;
  }
}

/** Where a match failed, by ids. */
type Failure =
  | { readonly kind: "no-match"; readonly literal: AtomLiteral; readonly instant: number; readonly pattern: Pattern }
  | { readonly kind: "blocked"; readonly literal: AtomLiteral; readonly instant: number; readonly by: Row }
  | { readonly kind: "comparison"; readonly literal: ComparisonLiteral };

/**
 * The furthest that `rule` gets at `instant` when its head is to match `columns`, in which `undefined` matches anything;
 * `undefined` if its head cannot.
 */
export function furthestMatch(
  rule: Rule,
  columns: readonly (Value | undefined)[],
  instant: number,
  tuples: Tuples,
): FurthestMatch | undefined {
  const { values } = tuples;
  const wanted = groupOf(
    rule,
    columns.map((value) => (value === undefined ? undefined : values.intern(value))),
  );
  const start = unifyHead(rule, wanted, values);
  if (start === undefined) return undefined;
  let best: { readonly match: PartialMatch; readonly failure?: Failure } = {
    match: { binding: start, satisfied: [], atoms: [] },
  };
  let found = false;
  let steps = 0;
  let any = false;
  const consider = (match: PartialMatch, failure: Failure): void => {
    if (any && match.satisfied.length <= best.match.satisfied.length) return;
    any = true;
    best = { match, failure };
  };
  enumerateMatches(rule, instant, start, tuples, {
    unmatched: (match, literal, at, pattern) => consider(match, { kind: "no-match", literal, instant: at, pattern }),
    rejected: (match, literal) => consider(match, { kind: "comparison", literal }),
    blocked: (match, literal, at, rows) => {
      const [by] = rows;
      if (by !== undefined) consider(match, { kind: "blocked", literal, instant: at, by });
    },
    firing: (match) => {
      if (!headAgrees(rule, match.binding, wanted, values)) return;
      best = { match };
      found = true;
    },
    weigh: (known) => known,
    enough: () => found || ++steps > mostSteps,
  });
  return { ...inValues(rule, best.match, best.failure, values), fires: found };
}

function inValues(
  rule: Rule,
  { binding, satisfied, atoms }: PartialMatch,
  failure: Failure | undefined,
  values: ValueTable,
): Omit<FurthestMatch, "fires"> {
  const inWords = (id: ValueId | undefined): Value | undefined =>
    id === undefined || isFailure(id) ? undefined : values.value(id);
  const match = {
    binding: valuesInOrder(rule, binding, satisfied, values),
    satisfied: satisfied.length,
    head: headPattern(rule, binding, values).map(inWords),
    matched: atoms.flatMap((atom): readonly MatchedAtom[] => {
      const literal = rule.body[atom.literal];
      if (atom.kind !== "tuple" || literal?.kind !== "positive") return [];
      const { relation, instant, row } = atom;
      return [{ literal, tuple: { relation, instant, args: row.map((id) => values.value(id)) } }];
    }),
  };
  switch (failure?.kind) {
    case undefined:
      return match;
    case "comparison":
      return { ...match, failing: failure };
    case "blocked":
      return { ...match, failing: { ...failure, by: failure.by.map((id) => values.value(id)) } };
    case "no-match": {
      const pattern = failure.pattern.map((id) => (id === undefined ? undefined : values.value(id)));
      return { ...match, failing: { ...failure, pattern } };
    }
  }
}

/** The bound variables in the order in which the head, and then the literals, gave them a value. */
function valuesInOrder(
  rule: Rule,
  binding: Binding,
  satisfied: readonly number[],
  values: ValueTable,
): ReadonlyMap<number, Value> {
  const terms = [
    ...rule.head.args,
    ...satisfied.flatMap((i) => {
      const literal = rule.body[i];
      return literal === undefined ? [] : literalTerms(literal);
    }),
  ];
  const ordered = new Map<number, Value>();
  for (const term of terms) {
    const id = term.kind === "variable" ? binding[term.variable] : undefined;
    if (term.kind === "variable" && id !== undefined && !isFailure(id)) ordered.set(term.variable, values.value(id));
  }
  return ordered;
}

/** The heads, where all their columns are known, of the bindings in which the body of a rule fails at one literal or another. */
export function nearHeads(
  rule: Rule,
  columns: readonly (Value | undefined)[],
  instant: number,
  tuples: Tuples,
): readonly Tuple[] {
  const { values } = tuples;
  const wanted = columns.map((value) => (value === undefined ? undefined : values.intern(value)));
  const start = unifyHead(rule, groupOf(rule, wanted), values);
  const heads = new Map<string, Tuple>();
  let steps = 0;
  const consider = ({ binding, satisfied }: PartialMatch): void => {
    if (satisfied.length === 0) return;
    const ids = headPattern(rule, binding, values);
    const head = ids.flatMap((id) => (id === undefined || isFailure(id) ? [] : [values.value(id)]));
    if (head.length === ids.length) heads.set(JSON.stringify(head), head);
  };
  if (start !== undefined)
    enumerateMatches(rule, instant, start, tuples, {
      unmatched: consider,
      rejected: consider,
      blocked: consider,
      enough: () => ++steps > mostSteps,
    });
  return [...heads.values()];
}
