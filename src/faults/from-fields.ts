import { omissionOf } from "./channel-faults.js";
import { cutOf, resolvedCut } from "./cut-faults.js";
import type { Fault } from "./kinds.js";

/** The values of a fault's fields, not yet checked. */
type Given = Readonly<Record<string, unknown>>;

/**
 * The fault with these fields, the inverse of `fieldsOf` (kinds.ts); `undefined` if there is none. `nodes`: those of the budget, which
 * determine whether a two-way cut is complete.
 */
export function faultOfFields(given: unknown, nodes: readonly string[]): Fault | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const fields: Given = { ...given };
  const { kind } = fields;
  const at = instant(fields.at);
  if (at === undefined) return undefined;
  switch (kind) {
    case "crash":
      return typeof fields.node === "string" ? { kind, node: fields.node, at } : undefined;
    case "restart":
    case "pause": {
      const until = instant(fields.until);
      if (typeof fields.node !== "string" || until === undefined || until <= at) return undefined;
      return { kind, node: fields.node, at, until };
    }
    case "omission":
    case "delay":
    case "duplicate": {
      const { from, to } = fields;
      if (typeof from !== "string" || typeof to !== "string") return undefined;
      if (kind === "omission") return omissionOf({ from, to, at });
      const arrives = instant(fields.arrives);
      return arrives === undefined || arrives <= at + 1 ? undefined : { kind, from, to, at, arrives };
    }
    case "partition":
      return cutOfFields(fields, at, nodes);
    default:
      return undefined;
  }
}

function cutOfFields(fields: Given, at: number, nodes: readonly string[]): Fault | undefined {
  const [a, b, until] = [names(fields.a), names(fields.b), instant(fields.until)];
  if (a === undefined || b === undefined || until === undefined || until < at) return undefined;
  if (fields.oneWay === true) return cutOf("one-way-partition", a, b, at, until);
  return resolvedCut(cutOf("partition", a, b, at, until), nodes);
}

function instant(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** Not empty. */
function names(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string")
    ? value
    : undefined;
}
