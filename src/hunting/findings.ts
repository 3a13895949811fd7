import type { Observation } from "./call.js";
import type { HuntFaults } from "./fault.js";
import { formatHuntFaults } from "./fault.js";
import { belongsTo, foldFindings } from "./fold.js";
import type { HuntFinding } from "./result.js";
import type { CameCall, HuntedRun } from "./run-view.js";

/** The findings of a hunt so far, each with the sets that fail in the same way. */
export class Findings {
  private readonly found: HuntFinding[] = [];
  /** How findings end, by their faults. */
  private readonly ends = new Map<string, string>();

  get count(): number {
    return this.found.length;
  }

  /** In the order found. */
  get all(): readonly HuntFinding[] {
    return [...this.found];
  }

  /** As reports list them. */
  folded(): readonly HuntFinding[] {
    return foldFindings(this.found);
  }

  /** `end`: how its run ended; absent if no other set counts as equal to it. */
  add(finding: HuntFinding, end?: string): void {
    this.found.push(finding);
    if (end !== undefined) this.ends.set(formatHuntFaults(finding.faults), end);
  }

  /** The finding at the same calls that ends in the same way. */
  alikeTo(faults: HuntFaults, { came, end }: Pick<HuntedRun, "came" | "end">): HuntFinding | undefined {
    return this.found.find(
      (finding) => this.ends.get(formatHuntFaults(finding.faults)) === end && belongsTo(finding, faults, came),
    );
  }

  /** Adds a set that is bound to fail to the finding that it belongs to, if there is one. */
  fold(faults: HuntFaults, run: { readonly came: readonly CameCall[]; readonly end: string }): boolean {
    const finding = this.alikeTo(faults, run);
    if (finding === undefined) return false;
    this.replace(finding, { ...finding, alike: [...finding.alike, faults] });
    return true;
  }

  /** `by`: nothing if the finding turned out to be none. */
  replace(finding: HuntFinding, by: HuntFinding | undefined): void {
    const at = this.found.findIndex((other) => other.faults === finding.faults);
    this.found.splice(at, 1, ...(by === undefined ? [] : [by]));
  }
}

/** A finding as it is when it is found. */
export function newFinding(
  faults: HuntFaults,
  failing: Observation,
  nearest: HuntFinding["nearest"],
  confirmed: number,
  smallest: boolean,
): HuntFinding {
  return { faults, smallest, failing, nearest, alike: [], confirmed };
}
