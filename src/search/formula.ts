import { isStopped } from "../execution/stopped.js";
import { violations } from "../lineage/violation.js";
import type { SearchOptions } from "./limits.js";
import { buildFor } from "./lineage-build.js";
import { questionOf } from "./lineage-driven.js";
import type { Setting } from "./search.js";
import { Search } from "./search.js";

/** The formula of a check, or a sentence (beginning in lower case) that says why there is none. */
export type CheckFormula =
  | { readonly kind: "formula"; readonly cnf: string }
  | { readonly kind: "none"; readonly problem: string };

/**
 * The question to the solver in DIMACS CNF, without solving it: unsatisfiable if and only if the program holds within the budget and its
 * evaluation never fails. The same text for the same program, options and version.
 */
export function formulaOf(
  setting: Setting,
  options: Pick<SearchOptions, "timeout" | "interrupted" | "onProgress">,
): CheckFormula {
  const search = new Search(setting, { ...options, all: false, seed: 0, onDimacs: undefined, solver: undefined });
  const { failureFreeRun } = search;
  if (failureFreeRun.kind === "stopped") return { kind: "none", problem: failureFreeRun.detail };
  if (failureFreeRun.kind === "error") return { kind: "none", problem: "the evaluation fails without any fault" };
  const all = buildFor(search, false);
  if (isStopped(all)) return { kind: "none", problem: all.detail };
  if (all.kind === "too-large") return { kind: "none", problem: "the lineage over all schedules is too large" };
  return { kind: "formula", cnf: questionOf(search, all, violations(setting.specification, search.failureFree, all)) };
}
