import type { RecordedRun } from "../execution/run.js";
import { isStopped, stopped } from "../execution/stopped.js";
import { query } from "../solving/queries.js";
import { buildFor } from "./lineage-build.js";
import type { Search } from "./search.js";

/**
 * The failure-free run that a search starts from: that with the default inputs or, if it ends in an error, with the first inputs under
 * which it does not. Inputs whose failure-free run ends in an error have that error as their outcome, whatever the faults, as a program
 * without open inputs has; the others are decided all the same. Ends in an error only if it does under all inputs.
 */
export function firstCompleteRun(search: Search): RecordedRun {
  const run = search.failureFreeRun;
  if (run.kind !== "error" || search.setting.program.inputs.length === 0) return run;
  const all = buildFor(search, false);
  if (all.kind === "stopped") return all;
  if (all.kind === "too-large") return stopped("memory", all.detail);
  const { graph, failing } = all;
  return query(graph, search.onCall, (hypotheses) => {
    hypotheses.requireSome([failing ^ 1]);
    const found = hypotheses.smallest(0);
    if (isStopped(found)) return found;
    if (found === undefined) return run;
    search.startFrom(hypotheses.inputs);
    return search.failureFreeRun;
  });
}
