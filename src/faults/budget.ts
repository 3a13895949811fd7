import { compareNames } from "../source/names.js";

/** The bounds on numbers of faults, one for each kind. */
export type Bound =
  | "crashes"
  | "restarts"
  | "pauses"
  | "partitions"
  | "partialPartitions"
  | "oneWayPartitions"
  | "omissions"
  | "delays"
  | "duplicates";

/** The bounds within which every schedule lies. A number of faults can be Infinity: no bound. */
export interface Budget extends Readonly<Record<Bound, number>> {
  /** Sorted by code unit, without repetitions. */
  readonly nodes: readonly string[];
  /** End of time, ≥ 1: the instants are 1 … eot. */
  readonly eot: number;
  /** End of finite failures, ≥ 0: no fault but a crash affects what is sent or held back at or after it. */
  readonly eff: number;
  /** The largest lateness of a delay or a duplicate in instants, ≥ 1. */
  readonly lateness: number;
  /** The largest number of faults in all. */
  readonly maxFaults: number;
  /** Nodes that neither crash, restart nor pause, and that are neither sender nor receiver of an omission, delay or duplicate. Sorted. */
  readonly spare: readonly string[];
}

/** The bounds that are given; the defaults of the others are any number of omissions and no other fault. */
export type Bounds = Partial<Omit<Budget, "nodes" | "eot" | "eff" | "spare">> & { readonly spare?: Iterable<string> };

const defaults: Readonly<Record<Bound, number>> = {
  crashes: 0,
  restarts: 0,
  pauses: 0,
  partitions: 0,
  partialPartitions: 0,
  oneWayPartitions: 0,
  omissions: Infinity,
  delays: 0,
  duplicates: 0,
};

export function budget(nodes: Iterable<string>, eot: number, eff: number, given: number | Bounds = {}): Budget {
  const bounds = typeof given === "number" ? { crashes: given } : given;
  return {
    ...defaults,
    lateness: 1,
    maxFaults: Infinity,
    ...bounds,
    nodes: sorted(nodes),
    eot,
    eff,
    spare: sorted(bounds.spare ?? []),
  };
}

function sorted(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort(compareNames);
}

/** The nodes that are not spared. */
export function openNodes({ nodes, spare }: Pick<Budget, "nodes" | "spare">): readonly string[] {
  return nodes.filter((node) => !spare.includes(node));
}

/** The last instant at which faults other than crashes can act: min(EFF, EOT) − 1, at least 0. */
export function lastOf({ eff, eot }: Pick<Budget, "eff" | "eot">): number {
  return Math.max(0, Math.min(eff, eot) - 1);
}
