import { budget } from "../faults/budget.js";
import type { Budget } from "../faults/budget.js";
import type { Fault, Schedule } from "../faults/schedule.js";
import { Hypotheses } from "../hypotheses/hypotheses.js";
import { violations } from "../lineage/violation.js";
import type { CheckOptions } from "./check.js";
import { check, decide } from "./check.js";
import { Stopped } from "./limits.js";
import { buildFor } from "./lineage-driven.js";
import type { Setting } from "./search.js";
import type { CheckResult, Violated } from "./verdict.js";
import { withSolver } from "./with-solver.js";

/** How far a program that holds is from failing, once the bounds of its budget are lifted. */
export interface Margin {
  /** The smallest violation with messages lost before EFF and any number of crashes. */
  readonly beyondCrashes: Violated | "none" | "undecided";
  /**
   * The smallest violation if every message, at whatever instant, and every node could fail: with fewer faults than that some
   * derivation of every outcome is left untouched, however they are placed.
   */
  readonly beyondEverything: Schedule | "none" | "undecided";
  /**
   * The single faults that would violate if every message, at whatever instant, and every node could fail: the single points
   * of failure that the budget did not let fail. A crash stands for all earlier ones of its node.
   */
  readonly singlePoints: readonly Fault[] | "undecided";
}

/** The budget with any number of crashes and, if asked for, with messages lost to the very end. */
function unbounded(b: Budget, lossesToTheEnd: boolean): Budget {
  return budget(b.nodes, b.eot, lossesToTheEnd ? b.eot : b.eff, b.nodes.length);
}

/**
 * The margin of a setting under which the specification holds. Two more searches, on the same terms as `check` (limits,
 * interruption); what cannot be decided within them is left out.
 */
export function marginOf(setting: Setting, options: CheckOptions): Margin {
  const { strategy: _lineage, all: _one, onDimacs: _none, ...rest } = options;
  const wider = check({ ...setting, budget: unbounded(setting.budget, false) }, rest);
  return { beyondCrashes: smallestOf(wider), ...beyondEverything(setting, rest) };
}

function smallestOf(result: CheckResult): Margin["beyondCrashes"] {
  if (result.kind === "error" || result.verdict.kind === "inconclusive") return "undecided";
  return result.verdict.kind === "violated" ? result.verdict : "none";
}

function beyondEverything(setting: Setting, options: CheckOptions): Pick<Margin, "beyondEverything" | "singlePoints"> {
  let smallest: Schedule | "none" = "none";
  const singles: Fault[] = [];
  const result = decide({ ...setting, budget: unbounded(setting.budget, true) }, options, (search) => {
    const all = buildFor(search, false);
    if (all === undefined) throw new Stopped("memory", "the lineage over all schedules is too large");
    const broken = violations(setting.specification, search.failureFree, all);
    if (broken.length > 0) {
      withSolver((solver) => {
        const hypotheses = new Hypotheses(all.graph, solver, (atMost) => search.solving(hypotheses.ruledOut, atMost));
        hypotheses.requireSome(broken);
        smallest = hypotheses.smallest() ?? "none";
        for (let next = hypotheses.smallest(1); next !== undefined; next = hypotheses.smallest(1)) {
          singles.push(...next);
          hypotheses.block(next);
        }
      });
    }
    return { kind: "holds", method: "lineage", warnings: [] };
  });
  if (result.kind !== "verdict" || result.verdict.kind !== "holds") return { beyondEverything: "undecided", singlePoints: "undecided" };
  return { beyondEverything: smallest, singlePoints: singles };
}
