import { admitsOmission } from "./channel-faults.js";
import { compareNames } from "./kind.js";
import type { Fault } from "./kinds.js";
import { admitsCrash } from "./node-faults.js";

/** What may go wrong: the bounds within which every schedule lies. */
export interface Budget {
  /** Sorted by code unit, none twice. */
  readonly nodes: readonly string[];
  /** End of time, ≥ 1: instants are 1 … eot. */
  readonly eot: number;
  /** End of finite failures, ≥ 0: omissions have 1 ≤ at < eff. */
  readonly eff: number;
  /** The most nodes that may crash, 0 … nodes.length. */
  readonly crashes: number;
}

export function budget(nodes: Iterable<string>, eot: number, eff: number, crashes: number): Budget {
  return { nodes: [...new Set(nodes)].sort(compareNames), eot, eff, crashes };
}

/** Whether a schedule of the budget may have this fault. */
export function admits(b: Budget, fault: Fault): boolean {
  switch (fault.kind) {
    case "crash":
      return admitsCrash(b, fault);
    case "omission":
      return admitsOmission(b, fault);
  }
}
