import type { EvaluationError } from "../execution/execution.js";
import type { Fault } from "../faults/kinds.js";
import { schedule } from "../faults/schedule.js";
import type { Limits } from "./limits.js";
import { Stopped } from "./limits.js";
import type { Setting, Trial } from "./search.js";
import { Search } from "./search.js";

export type Replayed =
  /** No witnesses: the run keeps the specification. */
  | { readonly kind: "run"; readonly run: Trial; readonly executions: number }
  | { readonly kind: "error"; readonly error: EvaluationError }
  | { readonly kind: "stopped"; readonly detail: string };

/** One schedule instead of all of them: what the run under it fails to keep. */
export function replay(setting: Setting, faults: Iterable<Fault>, limits: Limits): Replayed {
  const search = new Search(setting, {
    ...limits,
    all: false,
    seed: 0,
    onProgress: () => undefined,
    onDimacs: undefined,
  });
  try {
    const recorded = search.record(schedule(faults));
    if (recorded.kind === "error") return { kind: "error", error: recorded.error };
    const { undisturbed } = setting.specification.kind === "implication" ? { undisturbed: undefined } : search;
    if (undisturbed?.kind === "error") return { kind: "error", error: undisturbed.error };
    const run = search.verdictOn(recorded.execution);
    return { kind: "run", run, executions: search.statistics.executions };
  } catch (thrown) {
    if (thrown instanceof Stopped) return { kind: "stopped", detail: thrown.detail };
    throw thrown;
  }
}
