import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { AggregateFunction } from "../program/program.js";
import { Unwinding } from "./unwinding.js";
import type { ValueId, ValueTable } from "./values.js";
import { OVERFLOW } from "./values.js";

/** A possible member of a group: a value of the aggregated variable, and the schedules under which the group has it. */
export interface Member {
  readonly value: ValueId;
  readonly annotation: Annotation;
}

/** A possible value of an aggregate, or `OVERFLOW`, and the schedules under which the aggregate has it. */
export type Outcome = Member;

function tooManyOutcomes(limit: number): never {
  throw new Unwinding({ kind: "too-large", detail: `an aggregate has more than ${limit} possible results` });
}

/** The members that some schedule has, in the order of their values. */
export function possible(members: readonly Member[], values: ValueTable): Member[] {
  return members.filter((m) => m.annotation !== FALSE).sort((a, b) => values.compare(a.value, b.value));
}

/**
 * The possible results of an aggregate. Under a schedule that leaves the group a member exactly one outcome is true; under any other
 * none is (an empty group yields no tuple).
 *
 *     count of {x under p, y under q}:     1 under p ⊕ q     2 under p ∧ q
 *
 * `members` have distinct values. Unwinds with `too-large` if there are more than `limit` outcomes. `tick`: called while they are found.
 */
export function aggregate(
  fn: AggregateFunction,
  members: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
  limit: number,
  tick: () => void = () => undefined,
): readonly Outcome[] {
  const sorted = possible(members, values);
  switch (fn) {
    case "min":
      return firstPresent(sorted, algebra);
    case "max":
      return firstPresent(sorted.reverse(), algebra);
    case "count":
      return counts(sorted, values, algebra);
    case "sum":
      return sums(sorted, values, algebra, limit, tick) ?? tooManyOutcomes(limit);
    case "avg":
      return averages(sorted, values, algebra, limit, tick);
  }
}

/** The first member that is present: `value` under "v is present and no member before it is". */
function firstPresent(members: readonly Member[], algebra: Algebra): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let noneBefore = TRUE;
  for (const { value, annotation } of members) {
    const first = algebra.and(annotation, noneBefore);
    if (first !== FALSE) outcomes.push({ value, annotation: first });
    noneBefore = algebra.and(noneBefore, annotation ^ 1);
    if (noneBefore === FALSE) break;
  }
  return outcomes;
}

/**
 * The counting circuit, by dynamic programming: `atLeast[k]` for a growing prefix of the members. Members that are always present
 * only shift the result. "Exactly k" is "at least k" and not "at least k + 1".
 */
function counts(members: readonly Member[], values: ValueTable, algebra: Algebra): readonly Outcome[] {
  let always = 0;
  const atLeast: Annotation[] = [TRUE];
  for (const { annotation } of members) {
    if (annotation === TRUE) {
      always++;
      continue;
    }
    atLeast.push(FALSE);
    for (let k = atLeast.length - 1; k > 0; k--) {
      atLeast[k] = algebra.or(atLeast[k] as number, algebra.and(atLeast[k - 1] as number, annotation));
    }
  }
  const outcomes: Outcome[] = [];
  for (let k = 0; k < atLeast.length; k++) {
    const exactly = algebra.and(atLeast[k] as number, (atLeast[k + 1] ?? FALSE) ^ 1);
    if (k + always > 0 && exactly !== FALSE) outcomes.push({ value: values.intern(k + always), annotation: exactly });
  }
  return outcomes;
}

/** The integer that a value is. */
export function integerOf(value: ValueId, values: ValueTable): bigint {
  // Of `sum<V by K>` the members are tuples, V first.
  const v = values.value(values.columnsOf(value)?.[0] ?? value);
  if (typeof v === "string") throw new TypeError("a sum over strings passed the type check");
  return BigInt(v);
}

/** The value of an integer, or `OVERFLOW` if it is not a safe integer. */
export function safeInteger(sum: bigint, values: ValueTable): ValueId {
  const n = Number(sum);
  return Number.isSafeInteger(n) ? values.intern(n) : OVERFLOW;
}

function addTo<K>(map: Map<K, Annotation>, key: K, annotation: Annotation, algebra: Algebra): void {
  if (annotation !== FALSE) map.set(key, algebra.or(map.get(key) ?? FALSE, annotation));
}

/** The schedules under which a group has a member. */
export function someMember(members: readonly Member[], algebra: Algebra): Annotation {
  return members.reduce((any, m) => algebra.or(any, m.annotation), FALSE);
}

/**
 * The reachable sums, by dynamic programming over the members. Partial sums are exact, so that only a result can overflow. The sum of
 * the members that are always present is added at the end. `undefined` if there are more than `limit`.
 */
export function sums(
  members: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
  limit: number,
  tick: () => void,
): readonly Outcome[] | undefined {
  let always = 0n;
  let reachable = new Map<bigint, Annotation>([[0n, TRUE]]);
  for (const { value, annotation } of members) {
    tick();
    const summand = integerOf(value, values);
    if (annotation === TRUE) {
      always += summand;
      continue;
    }
    const next = new Map<bigint, Annotation>();
    for (const [sum, when] of reachable) {
      addTo(next, sum, algebra.and(when, annotation ^ 1), algebra);
      addTo(next, sum + summand, algebra.and(when, annotation), algebra);
    }
    if (next.size > limit) return undefined;
    reachable = next;
  }
  const some = someMember(members, algebra);
  const outcomes: Outcome[] = [];
  for (const [sum, when] of reachable) {
    const annotation = algebra.and(when, some);
    if (annotation !== FALSE) outcomes.push({ value: safeInteger(sum + always, values), annotation });
  }
  return outcomes;
}

/** The reachable pairs of sum and count, likewise; several pairs can have one quotient. */
function averages(
  members: readonly Member[],
  values: ValueTable,
  algebra: Algebra,
  limit: number,
  tick: () => void,
): readonly Outcome[] {
  const always = { sum: 0n, count: 0 };
  let reachable = [new Map<bigint, Annotation>([[0n, TRUE]])]; // by count
  let size = 1;
  for (const { value, annotation } of members) {
    if (size > limit) tooManyOutcomes(limit);
    tick();
    const summand = integerOf(value, values);
    if (annotation === TRUE) {
      always.sum += summand;
      always.count++;
      continue;
    }
    const next: Map<bigint, Annotation>[] = Array.from({ length: reachable.length + 1 }, () => new Map());
    reachable.forEach((bySum, count) => {
      for (const [sum, when] of bySum) {
        addTo(next[count] as Map<bigint, Annotation>, sum, algebra.and(when, annotation ^ 1), algebra);
        addTo(next[count + 1] as Map<bigint, Annotation>, sum + summand, algebra.and(when, annotation), algebra);
      }
    });
    reachable = next;
    size = next.reduce((pairs, bySum) => pairs + bySum.size, 0);
  }
  const quotients = new Map<bigint, Annotation>();
  reachable.forEach((bySum, uncertain) => {
    const count = BigInt(uncertain + always.count);
    if (count === 0n) return;
    for (const [sum, when] of bySum) addTo(quotients, (sum + always.sum) / count, when, algebra); // bigint division truncates
  });
  return [...quotients].map(([quotient, annotation]) => ({ value: safeInteger(quotient, values), annotation }));
}
