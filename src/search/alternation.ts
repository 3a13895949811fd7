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

/** The candidates of an alternation that are still possible, given what was learned. */
export interface Candidates<C, L> {
  /** Records what the run of a candidate taught. Afterwards `next` does not return it again. */
  learn(candidate: C, lesson: L): void;
  /** The first candidate, in some order, that nothing learned rules out; `undefined` if there is none. */
  next(): C | undefined | Stopped;
}

/**
 * The alternation of forward runs and backward explanations (SIGMOD 2015, section 4) as a generator: it yields a candidate, is passed what
 * was learned from its run, and yields the next one that satisfies none of the explanations. An explanation covers its own candidate, so
 * none is yielded twice, and no violation, so the end of the generator proves that there is no (further) violation. It does not know who
 * runs the candidates: the evaluator (`scheduleCandidates`), or running services (hunting/).
 *
 *     {} ran, the reply came by a → b:  Φ₁ = ¬lost(a, b, 1)      omit(a,b,1) ran, the reply came by c:  Φ₂ = ¬lost(c, b, 2)      …
 *
 * Returns what stopped the solver, if anything did.
 */
export function* alternation<C, L>(first: C, candidates: Candidates<C, L>): Generator<C, Stopped | undefined, L> {
  let candidate = first;
  for (;;) {
    const lesson: L = yield candidate;
    candidates.learn(candidate, lesson);
    const next = candidates.next();
    if (next === undefined) return undefined;
    if (isStopped<C>(next)) return next;
    candidate = next as C;
  }
}

/** The scenario with which an alternation over schedules begins: no faults and the given inputs. */
export function undisturbed(inputs: Inputs = []): Scenario {
  return { schedule: noFaults, inputs };
}

/** The scenarios that satisfy no explanation so far, in the order of schedules. */
export function scheduleCandidates(
  hypotheses: Hypotheses,
  timed: Timed = (_, work) => work(),
): Candidates<Scenario, Lesson> {
  return {
    learn({ schedule }, lesson) {
      if (lesson.kind === "violates") hypotheses.block(schedule);
      else timed("encode", () => hypotheses.requireSome([lesson.phi ^ 1]));
    },
    next() {
      const schedule = timed("solve", () => hypotheses.smallest());
      return schedule === undefined || isStopped(schedule) ? schedule : { schedule, inputs: hypotheses.inputs };
    },
  };
}
