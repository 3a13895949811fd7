import type { TupleAt } from "../execution/execution.js";
import { stopped } from "../execution/stopped.js";
import { buildWarnings } from "./adequacy.js";
import type { CheckOptions } from "./check.js";
import { decide } from "./check.js";
import { buildFor } from "./lineage-build.js";
import { decideWithLineage } from "./lineage-driven.js";
import type { Judge, Setting, Strategy } from "./search.js";
import type { CheckResult, Witness } from "./verdict.js";

const TOO_LARGE =
  "the lineage over all schedules is too large to build; a smaller budget, or a larger --max-tuples, may help";

/** `break` has one strategy and looks for one counterexample. */
export type BreakOptions = Omit<CheckOptions, "strategy" | "seed" | "all" | "pre" | "post">;

/**
 * The search for one tuple instead of a specification: the fewest faults under which it does not hold at its instant or, with
 * `appear`, under which it does. `violated` has that schedule, with the tuple as its witness; `holds` means that no schedule of the
 * budget removes the tuple (or makes it appear).
 */
export function breakTuple(setting: Setting, tuple: TupleAt, appear: boolean, options: BreakOptions): CheckResult {
  const { relation, instant, args } = tuple;
  const witness: Witness = { kind: appear ? "present" : "missing", ...tuple };
  const judge: Judge = (execution) => (execution.has(relation, instant, args) === appear ? [witness] : []);
  const strategy: Strategy = (search) => {
    const all = buildFor(search, true);
    if (all.kind === "stopped") return all;
    if (all.kind === "too-large") return stopped("memory", TOO_LARGE);
    const annotation = all.annotationOf(relation, instant, args);
    const wanted = all.graph.and(appear ? annotation : annotation ^ 1, all.failing ^ 1);
    return decideWithLineage(search, all, [wanted], { warnings: buildWarnings(search.setting.program, all) });
  };
  return decide(setting, options, strategy, judge);
}
