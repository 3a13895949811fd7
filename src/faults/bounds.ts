import { formatNames } from "../source/names.js";
import type { Bound, Budget } from "./budget.js";
import { budget } from "./budget.js";

/*
 * The bounds of a budget as options and as keys of `//! check` lines: numbers of faults by kind and in all, and lateness.
 */

/** The bounds that are numbers. */
export type NumericBound = Bound | "lateness" | "maxFaults";

export interface BoundRow {
  readonly bound: NumericBound;
  /** The key; with two dashes, the option. */
  readonly key: string;
  readonly least: number;
  /** Whether the value `any`, no bound, is allowed. */
  readonly canBeAny: boolean;
  /** For messages: "the number of restarts". */
  readonly noun: string;
}

function kind(bound: Bound, key: string, noun: string, canBeAny: boolean): BoundRow {
  return { bound, key, least: 0, canBeAny, noun: `the number of ${noun}` };
}

/** In the order of the documentation. Crashes, the oldest kind, are first. */
const table: { readonly [B in NumericBound]: BoundRow } = {
  crashes: kind("crashes", "crashes", "crashes", false),
  omissions: kind("omissions", "omissions", "omissions", true),
  delays: kind("delays", "delays", "delays", true),
  duplicates: kind("duplicates", "duplicates", "duplicates", true),
  lateness: { bound: "lateness", key: "lateness", least: 1, canBeAny: false, noun: "the lateness" },
  partitions: kind("partitions", "partitions", "partitions", false),
  partialPartitions: kind("partialPartitions", "partial-partitions", "partial partitions", false),
  oneWayPartitions: kind("oneWayPartitions", "one-way-partitions", "one-way partitions", false),
  restarts: kind("restarts", "restarts", "restarts", false),
  pauses: kind("pauses", "pauses", "pauses", false),
  maxFaults: { bound: "maxFaults", key: "max-faults", least: 0, canBeAny: false, noun: "the number of faults in all" },
};

export const boundRows: readonly BoundRow[] = Object.values(table);

export function boundRow(bound: NumericBound): BoundRow {
  return table[bound];
}

/** The bounds other than crashes that differ from their defaults: their keys, and their values as options have them. */
export function unusualBounds(given: Budget): readonly (readonly [key: string, value: string])[] {
  const usual = budget(given.nodes, given.eot, given.eff);
  return [
    ...boundRows
      .filter(({ bound }) => bound !== "crashes" && given[bound] !== usual[bound])
      .map(({ bound, key }) => [key, given[bound] === Infinity ? "any" : String(given[bound])] as const),
    ...(given.spare.length === 0 ? [] : [["spare", formatNames(given.spare)] as const]),
  ];
}
