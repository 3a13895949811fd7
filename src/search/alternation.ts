import type { Stopped } from "../execution/stopped.js";
import { isStopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import type { Inputs } from "../faults/inputs.js";
import type { Scenario } from "../faults/scenario.js";
import { noFaults } from "../faults/schedule.js";
import type { Hypotheses } from "../solving/hypotheses.js";

/** What the run under a schedule teaches. */
export type Lesson =
  /** It violates, and so need not be run whatever does at least its damage. */
  | { readonly kind: "violates" }
  /** Φ, in the graph of the hypotheses: satisfied by the schedule that was run, and by none that violates. */
  | { readonly kind: "explained"; readonly phi: Annotation };

/** Receives the time of each piece of work. */
export type Timed = <T>(phase: "encode" | "solve", work: () => T) => T;

/**
 * The paper's alternation of running forwards and explaining backwards (SIGMOD 2015, section 4): yields a schedule with its inputs, is
 * handed what its run taught, and yields the next: a smallest one that satisfies none of the explanations, the first of them in the order
 * of schedules. An explanation is satisfied by its own schedule, so none is yielded twice; it rules out no violation, so running out of
 * schedules is a proof that no other violates. Who runs the schedules, and what, is not known here: an interpreter, or services.
 * Begins with no fault and the inputs given.
 *
 *     {} ran, the reply came by a → b:  Φ₁ = ¬lost(a, b, 1)      omit(a,b,1) ran, the reply came by c:  Φ₂ = ¬lost(c, b, 2)      …
 *
 * Returns what stopped the solver, if it could not decide.
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
