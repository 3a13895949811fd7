import type { EvaluationError } from "../execution/execution.js";
import type { Stopped } from "../execution/stopped.js";
import { resolvedFault } from "../faults/admission.js";
import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import { schedule } from "../faults/schedule.js";
import { comparesWithFailureFree } from "../program/demands.js";
import { vacuityOfRun } from "./adequacy.js";
import type { Limits } from "./limits.js";
import type { FailedRun, Setting, Trial } from "./search.js";
import { Search } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";

export type Replayed =
  /** Without witnesses the run is correct. */
  | {
      readonly kind: "run";
      readonly run: Trial;
      readonly executions: number;
      /** Reasons why "correct" may say less than it seems to. */
      readonly warnings: readonly AdequacyWarning[];
    }
  | { readonly kind: "error"; readonly error: EvaluationError }
  | { readonly kind: "stopped"; readonly detail: string };

/** Checks one scenario instead of all. */
export function replay(setting: Setting, faults: Iterable<Fault>, limits: Limits, inputs?: Inputs): Replayed {
  const search = new Search(setting, {
    ...limits,
    all: false,
    seed: 0,
    onProgress: () => undefined,
    onDimacs: undefined,
    solver: undefined,
  });
  const recorded = search.record(
    schedule([...faults].map((fault) => resolvedFault(fault, setting.budget.nodes))),
    inputs,
  );
  if (recorded.kind !== "run") return endOf(recorded);
  const failureFree = comparesWithFailureFree(setting.specification)
    ? search.failureFreeRunWith(recorded.execution.inputs)
    : recorded;
  if (failureFree.kind !== "run") return endOf(failureFree);
  const run = search.trialOf(recorded.execution);
  if (run.kind === "stopped") return endOf(run);
  const warnings = vacuityOfRun(setting.specification, recorded.execution, failureFree.execution);
  return { kind: "run", run, executions: search.statistics.executions, warnings };
}

function endOf(end: FailedRun | Stopped): Replayed {
  return end.kind === "error" ? { kind: "error", error: end.error } : { kind: "stopped", detail: end.detail };
}
