import type { AggregateFunction } from "../program/program.js";
import { integerOf, safeInteger } from "./aggregates.js";
import { Extent } from "./relation-store.js";
import type { ValueId, ValueTable } from "./values.js";

/** A possible binding of a group: its value for each aggregate of the head, and whether every schedule has it. */
export interface GroupBinding {
  readonly values: readonly ValueId[];
  readonly certain: boolean;
}

/** More states than this are not enumerated. */
const MAX_STATES = 200_000;

/**
 * Which results of several aggregates of one head some subset of the uncertain bindings gives together:
 *
 *     count, min and max of {1, 2, 3}, each present or not:     13 combinations of 3 · 3 · 3; a count of 3 has a minimum of 1
 *
 * By dynamic programming over the bindings, without annotations; the annotation of a combination remains the conjunction of those of its
 * results. Aggregates range over distinct values, so while bindings with an equal value remain, the state includes whether it was seen.
 * Returns a function that says whether some combination begins with these results; `undefined` if there are too many to enumerate.
 */
export function jointOutcomes(
  functions: readonly AggregateFunction[],
  bindings: readonly GroupBinding[],
  values: ValueTable,
): ((results: ArrayLike<ValueId>, length: number) => boolean) | undefined {
  const counting = functions.flatMap((fn, i) => (fn === "min" || fn === "max" ? [] : [i]));
  const ordered = [...bindings].sort((a, b) => {
    for (const i of counting) {
      const order = (a.values[i] as ValueId) - (b.values[i] as ValueId);
      if (order !== 0) return order;
    }
    return 0;
  });
  const layout = new Layout(functions, values);
  const last = counting.map((i) => new Map(ordered.map((b, at) => [b.values[i] as ValueId, at])));
  /** By step: the slots of values that were met and will be met again. */
  const open: Map<string, number> = new Map();
  let states = new Extent(layout.width);
  states.add(new Int32Array(layout.width));
  for (const [at, { values: met, certain }] of ordered.entries()) {
    const before = new Map(open);
    for (const [c, i] of counting.entries()) {
      const name = `${i} ${met[i]}`;
      if (last[c]?.get(met[i] as ValueId) === at) open.delete(name);
      else open.set(name, 0);
    }
    [...open.keys()].forEach((name, slot) => {
      open.set(name, slot);
    });
    const next = new Extent(layout.width + open.size);
    const state = new Int32Array(layout.width + open.size);
    for (let s = 0; s < states.count; s++) {
      const from = s * states.arity;
      const seen = (name: string): number => {
        const slot = before.get(name);
        return slot === undefined ? 0 : (states.rows[from + layout.width + slot] as number);
      };
      const keep = (): void => {
        state.set(states.rows.subarray(from, from + layout.width));
        for (const [name, slot] of open) state[layout.width + slot] = seen(name);
      };
      if (!certain) {
        keep();
        next.add(state);
      }
      keep();
      const isFirst = state[0] === 0;
      state[0] = 1;
      functions.forEach((fn, i) => {
        const value = met[i] as ValueId;
        const name = `${i} ${value}`;
        if (seen(name) === 0) layout.take(state, i, fn, value, isFirst);
        const slot = open.get(name);
        if (slot !== undefined) state[layout.width + slot] = 1;
      });
      next.add(state);
      if (next.count > MAX_STATES) return undefined;
    }
    states = next;
  }
  const prefixes = functions.map((_, i) => new Extent(i + 1));
  for (let s = 0; s < states.count; s++) {
    const state = states.rows.subarray(s * states.arity, (s + 1) * states.arity);
    if (state[0] === 0) continue;
    const results = functions.map((fn, i) => layout.result(state, i, fn));
    for (const prefix of prefixes) prefix.add(results.slice(0, prefix.arity));
  }
  return (results, length) => (prefixes[length - 1] as Extent).find(results) >= 0;
}

/** A state: whether some binding is present, then two places for each aggregate: its value, or an index of its sum, and its count. */
class Layout {
  readonly width: number;
  private readonly sums: bigint[] = [0n];
  private readonly indices = new Map<bigint, number>([[0n, 0]]);

  constructor(
    functions: readonly AggregateFunction[],
    private readonly values: ValueTable,
  ) {
    this.width = 1 + 2 * functions.length;
  }

  take(state: Int32Array, i: number, fn: AggregateFunction, value: ValueId, isFirst: boolean): void {
    const { values } = this;
    const at = 1 + 2 * i;
    const held = state[at] as number;
    switch (fn) {
      case "min":
        if (isFirst || values.compare(value, held) < 0) state[at] = value;
        return;
      case "max":
        if (isFirst || values.compare(value, held) > 0) state[at] = value;
        return;
      case "avg":
      case "sum":
        state[at] = this.indexOf((this.sums[held] as bigint) + integerOf(value, values));
        if (fn === "avg") state[at + 1] = (state[at + 1] as number) + 1;
        return;
      case "count":
        state[at + 1] = (state[at + 1] as number) + 1;
        return;
    }
  }

  result(state: ArrayLike<number>, i: number, fn: AggregateFunction): ValueId {
    const at = 1 + 2 * i;
    const sum = this.sums[state[at] as number] ?? 0n;
    switch (fn) {
      case "min":
      case "max":
        return state[at] as number;
      case "sum":
        return safeInteger(sum, this.values);
      case "count":
        return this.values.intern(state[at + 1] as number);
      case "avg":
        return safeInteger(sum / BigInt(state[at + 1] as number), this.values);
    }
  }

  private indexOf(sum: bigint): number {
    const known = this.indices.get(sum);
    if (known !== undefined) return known;
    const index = this.sums.push(sum) - 1;
    this.indices.set(sum, index);
    return index;
  }
}
