import type { Algebra, Annotation } from "../faults/annotation.js";
import { constants, FALSE, TRUE } from "../faults/annotation.js";
import type { ArithmeticOperator, ComparisonOperator, Value } from "../program/program.js";
import { Unwinding } from "./unwinding.js";
import { combined, comparison, integerFrom, steady, Varying } from "./varying.js";

/**
 * An interned value: two values are equal if and only if their ids are, so joins compare ids only. Integers of up to 30 bits are
 * encoded directly (doubled, hence even); strings and larger integers have odd ids from a table. So have varying values, whose ids say
 * nothing of whether they are equal under a schedule.
 */
export type ValueId = number;

/** The results of failed arithmetic: division by zero, and a result beyond the safe integers. */
export const DIVISION_BY_ZERO: ValueId = -0x7fffffff;
export const OVERFLOW: ValueId = -0x7ffffffd;

/** Failures are odd and negative, so they differ from every id of a value. */
export function isFailure(id: ValueId): boolean {
  return id === DIVISION_BY_ZERO || id === OVERFLOW;
}

const SMALL = 2 ** 29;

export class ValueTable {
  private readonly ids = new Map<Value, ValueId>();
  private readonly values: Value[] = [];
  private readonly tupleIds = new Map<string, ValueId>();
  private readonly tuples = new Map<ValueId, readonly ValueId[]>();
  private readonly varyingIds = new Map<string, ValueId>();
  private readonly varyings = new Map<ValueId, Varying>();

  /** `algebra`: over which varying values are functions. */
  constructor(private readonly algebra: Algebra = constants) {}

  intern(value: Value): ValueId {
    if (typeof value === "number" && value >= -SMALL && value < SMALL) return value * 2;
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    const id = this.values.length * 2 + 1;
    this.values.push(value);
    this.ids.set(value, id);
    return id;
  }

  /** Interns a tuple of values, over which an aggregate ranges; it is compared column by column. */
  tuple(columns: readonly ValueId[]): ValueId {
    const name = columns.join();
    const known = this.tupleIds.get(name);
    if (known !== undefined) return known;
    const id = this.values.length * 2 + 1;
    this.values.push(`(${name})`);
    this.tupleIds.set(name, id);
    this.tuples.set(id, [...columns]);
    return id;
  }

  /** The columns of a tuple; `undefined` for other values. */
  columnsOf(id: ValueId): readonly ValueId[] | undefined {
    return this.tuples.get(id);
  }

  /** The id of a varying value; of an integer, if it does not vary. */
  varying(value: Varying): ValueId {
    const { digits } = value;
    if (digits.every((digit) => digit === FALSE || digit === TRUE))
      return this.intern(integerFrom(digits.map((digit) => digit === TRUE)));
    const name = digits.join();
    const known = this.varyingIds.get(name);
    if (known !== undefined) return known;
    const id = this.values.length * 2 + 1;
    this.values.push(`varying ${name}`);
    this.varyingIds.set(name, id);
    this.varyings.set(id, value);
    return id;
  }

  /** Whether some value varies. */
  get hasVarying(): boolean {
    return this.varyings.size > 0;
  }

  /** The varying value of an id; `undefined` for other values. */
  varyingOf(id: ValueId): Varying | undefined {
    return (id & 1) === 0 || this.varyings.size === 0 ? undefined : this.varyings.get(id);
  }

  /** The value of an id returned by `intern`. */
  value(id: ValueId): Value {
    if ((id & 1) === 0) return id / 2;
    const value = this.values[(id - 1) / 2];
    if (value === undefined) throw new RangeError(`no value has the id ${id}`);
    if (this.varyingOf(id) !== undefined) throw unexpectedlyVarying();
    return value;
  }

  /** The values of a row of ids, or of the part of one. */
  read(row: ArrayLike<ValueId>, from = 0, to = row.length): Value[] {
    const values: Value[] = [];
    for (let i = from; i < to; i++) values.push(this.value(row[i] as ValueId));
    return values;
  }

  /** The value of an id, also of one that varies. */
  valueOrVarying(id: ValueId): Value | Varying {
    return this.varyingOf(id) ?? this.value(id);
  }

  /** The id of a value, also of one that varies. */
  internAny(value: Value | Varying): ValueId {
    return value instanceof Varying ? this.varying(value) : this.intern(value);
  }

  /** The value of an id as a varying one; `undefined` for strings. */
  asVarying(id: ValueId): Varying | undefined {
    const varying = this.varyingOf(id);
    if (varying !== undefined) return varying;
    const value = this.value(id);
    return typeof value === "number" ? steady(value) : undefined;
  }

  /** Whether an id is that of a value; slots that are not bound yet hold other numbers. */
  has(id: ValueId): boolean {
    return (id & 1) === 0 || (id > 0 && id < this.values.length * 2);
  }

  /** Integers by size, before strings by code unit. */
  compare(a: ValueId, b: ValueId): number {
    if (a === b) return 0;
    if (((a | b) & 1) === 0) return a - b;
    const [left, right] = [this.tuples.get(a), this.tuples.get(b)];
    if (left !== undefined && right !== undefined) {
      for (const [i, column] of left.entries()) {
        const order = this.compare(column, right[i] as ValueId);
        if (order !== 0) return order;
      }
      return 0;
    }
    const x = this.value(a);
    const y = this.value(b);
    if (typeof x === typeof y) return x < y ? -1 : 1;
    return typeof x === "number" ? -1 : 1;
  }

  /** The exact result, or a failure; a failed operand propagates. `/` and `%` truncate toward zero. */
  arithmetic(operator: ArithmeticOperator, a: ValueId, b: ValueId): ValueId {
    if (isFailure(a)) return a;
    if (isFailure(b)) return b;
    if (this.varyingOf(a) !== undefined || this.varyingOf(b) !== undefined)
      return this.varyingArithmetic(operator, a, b);
    const x = this.value(a);
    const y = this.value(b);
    if (typeof x === "string" || typeof y === "string") {
      if (operator === "+" && typeof x === "string" && typeof y === "string") return this.intern(x + y);
      throw new TypeError(`${operator} between an integer and a string passed the type check`);
    }
    if ((operator === "/" || operator === "%") && y === 0) return DIVISION_BY_ZERO;
    const result = compute(operator, x, y);
    // An exact result outside the safe integers never rounds to a safe integer, so this test is exact.
    return Number.isSafeInteger(result) ? this.intern(result) : OVERFLOW;
  }

  /** The schedules under which a comparison is true in which a varying value takes part. Integers are less than strings. */
  comparison(operator: ComparisonOperator, a: ValueId, b: ValueId): Annotation {
    const [left, right] = [this.asVarying(a), this.asVarying(b)];
    if (left !== undefined && right !== undefined) return comparison(operator, left, right, this.algebra);
    const isTrue = left === undefined ? [">", ">=", "!="].includes(operator) : ["<", "<=", "!="].includes(operator);
    return isTrue ? TRUE : FALSE;
  }

  private varyingArithmetic(operator: ArithmeticOperator, a: ValueId, b: ValueId): ValueId {
    const [left, right] = [this.asVarying(a), this.asVarying(b)];
    if (left === undefined || right === undefined || (operator !== "+" && operator !== "-"))
      throw unexpectedlyVarying();
    const result = combined(operator, left, right, this.algebra);
    if (result !== undefined) return this.varying(result);
    const detail = "a sum that depends on the schedule may exceed the safe integers";
    throw new Unwinding({ kind: "too-large", detail });
  }
}

/** A varying value came to where the program analysis excludes it: rather no answer than a wrong one. */
export function unexpectedlyVarying(): Unwinding {
  const detail = "a sum that is different from schedule to schedule is looked at where it has to be one value";
  return new Unwinding({ kind: "too-large", detail });
}

function compute(operator: ArithmeticOperator, x: number, y: number): number {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y + 0; // the sum turns -0 into 0
    case "/":
      return Math.trunc(x / y) + 0;
    case "%":
      return (x % y) + 0;
  }
}
