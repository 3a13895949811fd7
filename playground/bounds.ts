import type { NumericBound } from "ldfi";

/** A bound of a budget as a chip shows it. */
export interface Bound {
  readonly key: "eot" | "eff" | NumericBound;
  readonly label: string;
  readonly least: number;
  readonly fallback: number;
  readonly canBeAny?: true;
}

/** Time first, then kinds of faults: those with a bound of 0 are off. */
export const bounds: readonly Bound[] = [
  { key: "eot", label: "end of time", least: 1, fallback: 6 },
  { key: "eff", label: "faults before", least: 0, fallback: 5 },
  { key: "omissions", label: "lost messages", least: 0, fallback: 0, canBeAny: true },
  { key: "crashes", label: "crashes", least: 0, fallback: 0 },
  { key: "delays", label: "late messages", least: 0, fallback: 0, canBeAny: true },
  { key: "duplicates", label: "repeated messages", least: 0, fallback: 0, canBeAny: true },
  { key: "lateness", label: "late by at most", least: 1, fallback: 1 },
  { key: "partitions", label: "partitions", least: 0, fallback: 0 },
  { key: "partialPartitions", label: "partial partitions", least: 0, fallback: 0 },
  { key: "oneWayPartitions", label: "one-way partitions", least: 0, fallback: 0 },
  { key: "restarts", label: "restarts", least: 0, fallback: 0 },
  { key: "pauses", label: "pauses", least: 0, fallback: 0 },
  { key: "maxFaults", label: "faults in total", least: 0, fallback: 0 },
];
