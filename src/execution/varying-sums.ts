import type { Algebra } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { CarriedSums } from "../program/carried-sums.js";
import { isExtreme } from "../program/carried-sums.js";
import type { AggregateTerm, Rule } from "../program/program.js";
import type { Member, Outcome } from "./aggregates.js";
import { aggregate, integerOf, possible, someMember, sums } from "./aggregates.js";
import type { Meets } from "./lookup.js";
import type { ValueTable } from "./values.js";
import { unexpectedlyVarying } from "./values.js";
import type { Summand, Varying } from "./varying.js";
import { boundsOf, chosen, comparison, sumOf } from "./varying.js";

/** Which sums of a program may be values that vary, and from how many results on they are. */
export interface VaryingSums extends CarriedSums {
  /** A sum with no more results than this has a tuple for each. */
  readonly most: number;
  /** The sums that had more when it was tried. */
  readonly large: Set<AggregateTerm>;
}

/** Where a rule meets such sums; `undefined` if it reads none. */
export function metBy({ id }: Rule, sums: VaryingSums | undefined): Meets | undefined {
  const variables = sums?.variables.get(id);
  return sums === undefined || variables === undefined ? undefined : { columns: sums.columns, variables };
}

/** A sum has a tuple for each of its results up to so many. */
export const MOST_RESULTS = 4096;

/** The outcomes of an aggregate of a head: of a large sum, one value that varies. */
export function outcomesOf(
  term: AggregateTerm,
  members: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
  limits: { readonly outcomes: number; readonly varying: VaryingSums | undefined },
  tick: (() => void) | undefined,
): readonly Outcome[] {
  const { varying } = limits;
  const isVarying = ({ value }: Member): boolean => values.varyingOf(value) !== undefined;
  if (isExtreme(term) && values.hasVarying && members.some(isVarying)) return extreme(term, members, values, algebra);
  const one = varying?.terms.has(term) === true ? largeSum(term, members, values, algebra, varying, tick) : undefined;
  return one ?? aggregate(term.function, members, values, algebra, limits.outcomes, tick);
}

/** The outcomes of a sum whose results may be many; `undefined` if they are few, or some are beyond the safe integers. */
function largeSum(
  term: AggregateTerm,
  given: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
  { most, large }: VaryingSums,
  tick: () => void = () => undefined,
): readonly Outcome[] | undefined {
  const members = possible(given, values);
  const summands = members.map(({ value, annotation }) => ({ value: integerOf(value, values), when: annotation }));
  const bounds = boundsOf(summands);
  if (bounds === undefined || !hasMoreSums(summands, most)) return undefined;
  // Members that exclude each other have fewer sums together.
  const few = large.has(term) ? undefined : sums(members, values, algebra, most, tick);
  if (few !== undefined) return few;
  large.add(term);
  const sum = sumOf(summands, bounds, algebra);
  return [{ value: values.varying(sum), annotation: someMember(members, algebra) }];
}

/** The greatest or the least member, where members vary. */
function extreme(
  { function: fn }: AggregateTerm,
  members: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
): readonly Outcome[] {
  let best: Varying | undefined;
  let some = FALSE;
  for (const { value, annotation } of members) {
    const member = values.asVarying(value);
    if (member === undefined) throw unexpectedlyVarying();
    const isBetter = best === undefined ? TRUE : comparison(fn === "max" ? ">" : "<", member, best, algebra);
    const isTaken = algebra.and(annotation, algebra.or(some ^ 1, isBetter));
    best = best === undefined ? member : chosen(isTaken, member, best, algebra);
    some = algebra.or(some, annotation);
  }
  return best === undefined ? [] : [{ value: values.varying(best), annotation: some }];
}

/** Whether there are more than so many sums of summands, any of which may be there without any other. */
function hasMoreSums(summands: readonly Summand[], most: number): boolean {
  let reachable = new Set<bigint>([0n]);
  for (const { value, when } of summands) {
    if (when === TRUE) continue;
    const next = new Set(reachable);
    for (const sum of reachable) next.add(sum + value);
    if (next.size > most) return true;
    reachable = next;
  }
  return false;
}
