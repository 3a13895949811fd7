/** An end of a range: an integer or a string, as in `1..3` and `"n1".."n5"`. */
export type RangeEnd = number | string;

export type ReadRange =
  | { readonly kind: "range"; readonly count: number; valueAt(index: number): RangeEnd }
  | { readonly kind: "wrong"; readonly problem: string; readonly help: string };

const integersOrStrings =
  'write two integers, `1..3`, or two strings that differ in the digits at their end, `"n1".."n5"`';

/**
 * The values from one end to the other. Two strings must be equal except for the digits at their end, which are counted through:
 *
 *     "node-1".."node-3"       node-1, node-2, node-3         "n08".."n10"       n08, n09, n10
 *
 * Equal ends are one value. If an end has a leading zero, both ends must have the same width.
 */
export function readRange(from: RangeEnd, to: RangeEnd): ReadRange {
  if (typeof from === "number" && typeof to === "number") return numbersBetween(from, to, (value) => value);
  if (typeof from === "number" || typeof to === "number")
    return {
      kind: "wrong",
      problem: "one end of this range is an integer and the other a string",
      help: integersOrStrings,
    };
  if (from === to) return { kind: "range", count: 1, valueAt: () => from };
  const [a, b] = [split(from), split(to)];
  if (a.digits === "" || b.digits === "" || a.prefix !== b.prefix)
    return {
      kind: "wrong",
      problem: "these strings differ in more than the digits at their end",
      help: integersOrStrings,
    };
  const isPadded = [a.digits, b.digits].some((digits) => digits.length > 1 && digits.startsWith("0"));
  if (isPadded && a.digits.length !== b.digits.length)
    return {
      kind: "wrong",
      problem: "one end has a leading zero, and the ends differ in width",
      help: 'give both ends as many digits: `"n01".."n10"`',
    };
  const width = isPadded ? a.digits.length : 0;
  return numbersBetween(Number(a.digits), Number(b.digits), (value) => a.prefix + String(value).padStart(width, "0"));
}

function numbersBetween(from: number, to: number, shown: (value: number) => RangeEnd): ReadRange {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to))
    return {
      kind: "wrong",
      problem: "the number at an end of this range is too large",
      help: "numbers lie between -9007199254740991 and 9007199254740991",
    };
  if (to < from)
    return {
      kind: "wrong",
      problem: "this range is empty: it ends before it begins",
      help: "write the smaller end first",
    };
  return { kind: "range", count: to - from + 1, valueAt: (index) => shown(from + index) };
}

function split(text: string): { readonly prefix: string; readonly digits: string } {
  const digits = /[0-9]*$/.exec(text)?.[0] ?? "";
  return { prefix: text.slice(0, text.length - digits.length), digits };
}
