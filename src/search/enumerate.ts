import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import { formatSchedule } from "../faults/notation.js";
import type { Hypotheses } from "../solving/hypotheses.js";
import type { Search, ViolatedOutcome } from "./search.js";
import { violates } from "./search.js";
import type { AdequacyWarning, Counterexample, Method } from "./verdict.js";

export interface CollectOptions {
  readonly all: boolean;
  /** Counterexamples that were found before. */
  readonly earlier?: readonly Counterexample[];
  /** The promise that the hypotheses break, where each is asked for by itself. */
  readonly promise?: string;
}

/**
 * Runs the first schedule that the hypotheses allow. Stops at this counterexample or, with `all`, blocks every schedule that does at
 * least as much and continues; the result are then the minimal counterexamples, the protocol's minimal cut sets. `undefined` if there
 * is none. Each counterexample is kept when it is found.
 */
export function collectCounterexamples(
  search: Search,
  hypotheses: Hypotheses,
  method: Method,
  warnings: readonly AdequacyWarning[],
  { all, earlier = [], promise }: CollectOptions,
): ViolatedOutcome | undefined | Stopped {
  const found: Counterexample[] = [...earlier];
  const keep = (complete: boolean): ViolatedOutcome | undefined => {
    const [first, ...others] = found;
    if (first === undefined) return undefined;
    return search.keep({
      kind: "violated",
      method,
      counterexamples: [first, ...others],
      smallest: true,
      complete,
      warnings,
    });
  };
  for (;;) {
    const schedule = search.timed("solve", () => hypotheses.smallest());
    if (schedule === undefined) return keep(true);
    if (isStopped(schedule)) return schedule;
    search.ruleOut(hypotheses.ruledOut);
    const trial = search.runTrial(schedule, hypotheses.inputs);
    if (trial.kind === "stopped") return trial;
    if (trial.kind === "error" || !violates(trial))
      throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
    found.push(promise === undefined ? trial : { ...trial, minimalFor: promise });
    const outcome = keep(false);
    search.announce({ kind: "found", known: search.known, schedule });
    if (!all) return outcome;
    hypotheses.block(schedule);
  }
}
