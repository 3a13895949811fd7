import type { Execution } from "../execution/execution.js";
import type { Scenario } from "../faults/scenario.js";
import type { ReachStatement } from "../program/program.js";
import type { ReachFinding } from "./reach-findings.js";
import { firstInstant } from "./reach-findings.js";

/** The lines that runs reached, for strategies that look at one run after another. */
export class ReachOfRuns {
  private readonly best = new Map<ReachStatement, { readonly instant: number; readonly scenario: Scenario }>();
  private runs = 0;

  constructor(
    private readonly reaches: readonly ReachStatement[],
    private readonly compare: (a: Scenario, b: Scenario) => number,
  ) {}

  note(execution: Execution): void {
    this.runs++;
    const { schedule, inputs } = execution;
    const scenario: Scenario = { schedule, inputs };
    for (const reach of this.reaches) {
      const known = this.best.get(reach);
      if (known !== undefined && known.scenario.schedule.length < schedule.length) continue;
      const instant = firstInstant(reach, execution);
      if (instant === undefined) continue;
      const order =
        known === undefined
          ? -1
          : schedule.length - known.scenario.schedule.length ||
            instant - known.instant ||
            this.compare(scenario, known.scenario);
      if (order < 0) this.best.set(reach, { instant, scenario });
    }
  }

  /** `complete`: whether the runs cover every schedule of the budget. */
  findings(complete: boolean): readonly ReachFinding[] {
    return this.reaches.map((reach): ReachFinding => {
      const known = this.best.get(reach);
      if (known !== undefined) return { reach, kind: "reached", ...known, fewest: complete };
      return complete ? { reach, kind: "not-reached" } : { reach, kind: "not-seen", runs: this.runs };
    });
  }
}
