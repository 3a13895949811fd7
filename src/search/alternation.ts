import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import type { Inputs } from "../faults/inputs.js";
import type { Scenario } from "../faults/scenario.js";
import { noFaults } from "../faults/schedule.js";
import type { Hypotheses } from "../solving/hypotheses.js";

/** What was learned from the run of a schedule. */
export type Lesson =
  /** It violates, so schedules that do at least as much need not be run. */
  | { readonly kind: "violates" }
  /** Its explanation Φ, in the graph of the hypotheses: satisfied by its scenario, and by none that violates. */
  | { readonly kind: "explained"; readonly phi: Annotation };

/** Measures the time of a piece of work. */
export type Timed = <T>(phase: "encode" | "solve", work: () => T) => T;

/**
 * The alternation of forward runs and backward explanations (SIGMOD 2015, section 4) as a generator: it yields a scenario, is passed what
 * was learned from its run, and yields the next one, the first in the order of schedules that satisfies none of the explanations. An
 * explanation covers its own scenario, so none is yielded twice, and no violation, so the end of the generator proves that there is no
 * (further) violation. It does not know who runs the scenarios: the evaluator, or running services. The first one has no faults and the
 * given inputs.
 *
 *     {} ran, the reply came by a → b:  Φ₁ = ¬lost(a, b, 1)      omit(a,b,1) ran, the reply came by c:  Φ₂ = ¬lost(c, b, 2)      …
 *
 * Returns what stopped the solver, if anything did.
 */
export function* alternation(
  hypotheses: Hypotheses,
  inputs: Inputs = [],
  timed: Timed = (_, work) => work(),
): Generator<Scenario, Stopped | undefined, Lesson> {
  let scenario: Scenario = { schedule: noFaults, inputs };
  for (;;) {
    const lesson: Lesson = yield scenario;
    if (lesson.kind === "violates") hypotheses.block(scenario.schedule);
    else timed("encode", () => hypotheses.requireSome([lesson.phi ^ 1]));
    const schedule = timed("solve", () => hypotheses.smallest());
    if (schedule === undefined || isStopped(schedule)) return schedule;
    scenario = { schedule, inputs: hypotheses.inputs };
  }
}
