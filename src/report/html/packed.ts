/*
 * The compressed form of a model in a page. The runs that a report compares have most of their derivations and messages in common, and
 * so have the lineages of several outcomes. What repeats is written once, and referenced.
 *
 *     [{ a: [1, 2, 3] }, { a: [1, 2, 3] }]   is   { shared: [{ a: [1, 2, 3] }], value: [{ "=": 0 }, { "=": 0 }] }
 */

export interface Packed {
  /** Each refers only to those before it. */
  readonly shared: readonly unknown[];
  readonly value: unknown;
}

/** Shorter texts would not be longer than a reference. */
const shortest = 12;

/** Precondition: plain data, in which no object has the key `=`. */
export function pack(value: unknown): Packed {
  const times = new Map<string, number>();
  const count = (part: unknown): void => {
    if (!isCompound(part)) return;
    const text = JSON.stringify(part);
    const known = times.get(text) ?? 0;
    times.set(text, known + 1);
    // The parts of a shared value are shared, too.
    if (known === 0) for (const [, own] of entriesOf(part)) count(own);
  };
  count(value);

  const shared: unknown[] = [];
  const places = new Map<string, number>();
  const packed = (part: unknown): unknown => {
    if (!isCompound(part)) return part;
    const text = JSON.stringify(part);
    if (text.length < shortest || (times.get(text) ?? 0) < 2) return rebuilt(part, packed);
    const place = places.get(text) ?? shared.push(rebuilt(part, packed)) - 1;
    places.set(text, place);
    return { "=": place };
  };
  return { value: packed(value), shared };
}

/** The inverse of `pack`; no two values of the result are the same object. */
export function unpack({ shared, value }: Packed): unknown {
  const unpacked = (part: unknown): unknown => {
    if (!isCompound(part)) return part;
    const place = "=" in part ? part["="] : undefined;
    return typeof place === "number" ? unpacked(shared[place]) : rebuilt(part, unpacked);
  };
  return unpacked(value);
}

function isCompound(part: unknown): part is object {
  return typeof part === "object" && part !== null;
}

function entriesOf(part: object): readonly (readonly [string, unknown])[] {
  return Object.entries(part);
}

function rebuilt(part: object, each: (own: unknown) => unknown): unknown {
  return Array.isArray(part)
    ? part.map(each)
    : Object.fromEntries(entriesOf(part).map(([key, own]) => [key, each(own)]));
}
