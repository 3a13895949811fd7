import type { Traced } from "../evidence/traced-run.js";
import { TracedRuns } from "../evidence/traced-run.js";
import { noFaults } from "../faults/schedule.js";
import type { Setting } from "../search/search.js";
import type { Violated } from "../search/verdict.js";
import type { Repair } from "./result.js";

/** One schedule, and no faults, run on one program, as a drawing needs it. */
export interface Pictured {
  readonly setting: Setting;
  readonly run: Traced;
  readonly failureFree: Traced;
}

/** The counterexample run on the program and on each repair of it; `undefined` where the run cannot be repeated. */
export function picturedRuns(
  original: Setting,
  { counterexample }: Violated,
  repairs: readonly Repair[],
): { readonly failing: Pictured | undefined; readonly repaired: readonly (Pictured | undefined)[] } {
  const { schedule, execution } = counterexample;
  const pictured = (setting: Setting): Pictured | undefined => {
    const { program, budget, maxTuples } = setting;
    const memory = setting.memory;
    if (memory === undefined) return undefined;
    const bounds = { program, nodes: budget.nodes, eot: budget.eot, inputs: execution.inputs };
    const runs = new TracedRuns(bounds, memory, maxTuples);
    const run = runs.of(schedule);
    const failureFree = runs.of(noFaults);
    return run === undefined || failureFree === undefined ? undefined : { setting, run, failureFree };
  };
  return { failing: pictured(original), repaired: repairs.map(({ setting }) => pictured(setting)) };
}
