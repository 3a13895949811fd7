/**
 * An over-approximation of the values of a column or a variable. Strings are distinguished, because some of them are nodes;
 * integers are not.
 */
export interface ValueSet {
  readonly strings: ReadonlySet<string>;
  /** Whether it can be an integer. */
  readonly integers: boolean;
  /** Whether it can be a computed string, which can differ from every constant of the program. */
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

/** Whether a constant can be among the values. */
export function mayBe(set: ValueSet, value: string | number): boolean {
  return typeof value === "number" ? set.integers : set.computed || set.strings.has(value);
}

/** The values that can be in both; a computed string can be any string. */
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

  /** Adds values; whether the set has grown. */
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
