/**
 * What the rest of the program asks of a kind of fault: the row of the table in `kinds.ts`. What kinds share with others (when a
 * fault is admitted, how many there are, by which variables they are encoded) belongs to their family: `node-faults.ts`
 * and `channel-faults.ts`.
 */
export interface Kind<F extends { readonly kind: string }> {
  readonly kind: F["kind"];
  /** Its name in the notation, as an option (`--omit`) and as a key of `//! run` lines. */
  readonly word: "omit" | "crash";
  /** What a user calls one: "an omission". */
  readonly noun: string;
  /** What its notation lists, in order: "sender, receiver and instant". */
  readonly parts: string;
  /** What stands between the parentheses of its notation: `a,b,1`. */
  readonly example: string;
  /** Reads what stands between the parentheses, split at its commas; otherwise what is wrong with it. */
  read(parts: readonly string[]): Reading<F>;
  /** The parts of the notation: names first, instants last. */
  write(fault: F): { readonly names: readonly string[]; readonly instants: readonly number[] };
  /** The order of two faults of this kind in a schedule, and of two schedules that differ in them: what comes first is reported. */
  compare(a: F, b: F): number;
  /** Whether `a` does at least as much as `b`. The minimal schedules are minimal in this order. */
  covers(a: F, b: F): boolean;
  /** The nodes that it names, in the order of its notation. */
  nodes(fault: F): readonly string[];
  /** The node or nodes from which it keeps messages. */
  silences(fault: F): readonly string[];
  /** Whether this fault alone keeps a message that leaves `from` for `to` ≠ `from` at `sent` from arriving. */
  takes(fault: F, from: string, to: string, sent: number): boolean;
  /** What becomes of the messages that it takes. */
  readonly fate: "omitted" | "sender-crashed";
}

export type Reading<F> =
  | { readonly kind: "fault"; readonly fault: F }
  /** Not the parts that are wanted. */
  | { readonly kind: "malformed" }
  /** The parts are there, but there is no such fault: why, and what to do. */
  | { readonly kind: "impossible"; readonly problem: string; readonly help: string };

/** An instant ≥ 1 in decimal digits; `undefined` if the text is none. */
export function readInstant(text: string | undefined): number | undefined {
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  const instant = Number(text);
  return Number.isSafeInteger(instant) && instant >= 1 ? instant : undefined;
}

/** By code unit, so that no locale has a say. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
