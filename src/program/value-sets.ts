/**
 * An over-approximation of the values that a column or a variable may have. Strings are told apart, for some of them
 * are nodes; integers are not.
 */
export interface ValueSet {
  readonly strings: ReadonlySet<string>;
  /** Whether it may be an integer. */
  readonly integers: boolean;
  /** Whether it may be a string that was computed, and so is none of the constants of the program that are known here. */
  readonly computed: boolean;
}

const noStrings: ReadonlySet<string> = new Set();

export const nothing: ValueSet = { strings: noStrings, integers: false, computed: false };
export const anyInteger: ValueSet = { strings: noStrings, integers: true, computed: false };

export function only(value: string | number): ValueSet {
  return typeof value === "number" ? anyInteger : { strings: new Set([value]), integers: false, computed: false };
}

export function isNothing({ strings, integers, computed }: ValueSet): boolean {
  return strings.size === 0 && !integers && !computed;
}

/** Whether a constant may be among the values. */
export function mayBe(set: ValueSet, value: string | number): boolean {
  return typeof value === "number" ? set.integers : set.computed || set.strings.has(value);
}

/** The values that may be in both; a computed string may be any. */
export function intersection(a: ValueSet, b: ValueSet): ValueSet {
  const strings = new Set<string>();
  for (const s of a.strings) if (b.computed || b.strings.has(s)) strings.add(s);
  if (a.computed) for (const s of b.strings) strings.add(s);
  return { strings, integers: a.integers && b.integers, computed: a.computed && b.computed };
}

/** A value set that grows. */
export class GrowingSet implements ValueSet {
  readonly strings = new Set<string>();
  integers = false;
  computed = false;

  /** Whether anything was new. */
  add(values: ValueSet): boolean {
    const before = this.strings.size;
    for (const s of values.strings) this.strings.add(s);
    const grown =
      this.strings.size > before || (values.integers && !this.integers) || (values.computed && !this.computed);
    this.integers ||= values.integers;
    this.computed ||= values.computed;
    return grown;
  }
}
