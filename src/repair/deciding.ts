import type { Execution } from "../execution/execution.js";
import { run } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import type { Inputs } from "../faults/inputs.js";
import type { FaultKind } from "../faults/kinds.js";
import { kindOf } from "../faults/kinds.js";
import type { Schedule } from "../faults/schedule.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { violations } from "../lineage/violation.js";
import { adequacy, buildWarnings, unreached } from "../search/adequacy.js";
import type { CheckOptions } from "../search/check.js";
import { decide } from "../search/check.js";
import type { Watchdog } from "../search/limits.js";
import { buildFor } from "../search/lineage-build.js";
import { byLineage } from "../search/lineage-driven.js";
import { judgeReaches } from "../search/reach.js";
import type { Search, Setting } from "../search/search.js";
import type { AdequacyWarning, CheckResult, Witness } from "../search/verdict.js";
import { witnessesOf } from "../search/witnesses.js";
import { ReusableSolver } from "../solving/queries.js";

/** Hundreds of programs decided one after the other, with one solver and one time limit for all. */
export class Deciding {
  private readonly solver = new ReusableSolver();
  /** For checks elsewhere that share the solver. */
  readonly using = this.solver.query;
  /** The number of checks over a whole budget. */
  checks = 0;
  /** The number of single runs. */
  runs = 0;

  constructor(
    private readonly options: CheckOptions,
    readonly watchdog: Watchdog,
  ) {}

  /** The verdict on a setting, with every warning of adequacy if it holds and they are asked for. */
  check(setting: Setting, warnings = false): CheckResult {
    this.checks++;
    return decide(setting, this.within(), (search) =>
      byLineage(search, (all, bad) => ({
        using: this.solver.query,
        ifHolds: () => ({ warnings: warnings ? this.adequacyOf(search, all, bad) : [] }),
      })),
    );
  }

  /** Whether a setting holds; `undefined` if that was not decided. */
  holds(setting: Setting): boolean | undefined {
    const result = this.check(setting);
    if (result.kind === "error") return false;
    return result.verdict.kind === "inconclusive" ? undefined : result.verdict.kind === "holds";
  }

  /** The warnings of adequacy for a setting that is violated: what a check that holds would warn of. */
  warnings(setting: Setting): readonly AdequacyWarning[] {
    let found: readonly AdequacyWarning[] = [];
    decide(setting, this.within(), (search) => {
      const all = buildFor(search, false);
      if (all.kind !== "built") return { kind: "holds", method: "lineage", warnings: [] };
      const bad = violations(setting.specification, search.failureFree, all);
      found =
        search.error === undefined
          ? adequacy(search, all, bad, this.solver.query)
          : buildWarnings(setting.program, all);
      return { kind: "holds", method: "lineage", warnings: [] };
    });
    return found;
  }

  /** The run of a scenario; `undefined` if it ends in an error or is stopped. */
  run({ program, budget, memory, maxTuples }: Setting, schedule: Schedule, inputs: Inputs): Execution | undefined {
    this.runs++;
    const tick = (): Stopped | undefined => this.watchdog.poll();
    const result = run(program, { nodes: budget.nodes, eot: budget.eot, schedule, inputs, memory, maxTuples, tick });
    return result.kind === "run" ? result.execution : undefined;
  }

  /** The witnesses against a run. */
  witnesses(setting: Setting, execution: Execution, failureFree: Execution): readonly Witness[] {
    return witnessesOf(setting.specification, execution, () => failureFree);
  }

  /**
   * Every warning of adequacy, but for one: that a kind of fault has no effect on the violations is what a repair is for. It stays where
   * faults of that kind have no effect on anything any more.
   */
  private adequacyOf(search: Search, all: AllSchedules, bad: readonly Annotation[]): readonly AdequacyWarning[] {
    const { graph } = all;
    const touches = (kind: FaultKind): boolean =>
      graph.mentions((id) => kindOf(kind).variables.includes(graph.variables.variable(id).kind));
    const own = adequacy(search, all, bad, this.solver.query).flatMap((warning): readonly AdequacyWarning[] => {
      if (warning.kind !== "kind-without-effect") return [warning];
      const faults = warning.faults.filter((kind) => !touches(kind));
      return faults.length === 0 ? [] : [{ ...warning, faults }];
    });
    return [...own, ...unreached(judgeReaches(search, all, this.solver.query))];
  }

  private within(): CheckOptions {
    const { timeout } = this.options;
    const left = timeout === undefined ? undefined : Math.max(0.001, timeout - this.watchdog.elapsed / 1000);
    return {
      ...this.options,
      timeout: left,
      strategy: "lineage",
      all: false,
      onProgress: undefined,
      onDimacs: undefined,
    };
  }
}
