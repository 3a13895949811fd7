import type { EvaluationError } from "../execution/execution.js";
import type { StopReason } from "../execution/stopped.js";
import { excludedBy } from "../program/demands.js";
import type { Program } from "../program/program.js";
import { resolveSpecification } from "../program/specification.js";
import type { Parameters, Purpose, Step, StepOptions } from "./step.js";
import { Stepper } from "./step.js";

/*
 * Growing parameters, for someone who does not know which EOT and EFF to ask for: the mode of work of Alvaro, Rosen,
 * Hellerstein (SIGMOD 2015), section 5. With a fixed EOT a larger EFF or more crashes only add schedules, so what
 * violates within a budget violates within every larger one. Across EOT nothing follows: a longer run may repair what
 * a shorter one left broken, and may reach what a shorter one never came to. Hence the walk, and hence the patience.
 *
 *   undisturbed   EOT 1, 2, … with no fault at all, until the run is correct and promises something: EOT = E
 *                 if it never promises anything: EOT 1, 2, … with all faults, until some schedule makes it promise: EOT = E
 *   faults        (E, 0), (E, 2), … (E, E − 1), (E + 1, E), (E + 2, E + 1), …
 *   recovery      after a violation at (T, F): (T + 1, F), (T + 2, F), … (T + patience, F); the first that holds sends
 *                 the walk on from there, and if none does the violation is believed
 *   crashes       fewer crashes at a believed violation, to report the smallest budget
 */

export interface SweepOptions extends StepOptions {
  /** How many nodes may crash; none by default. */
  readonly crashes?: number | undefined;
  /** The largest EOT that is tried; unbounded by default. */
  readonly maxEot?: number | undefined;
  /** How many more instants a protocol gets to recover before a violation is believed; see `patienceFor`. */
  readonly patience?: number | undefined;
  /** Told of each step when it ends, with what the sweep could say if it were ended now. */
  readonly onStep?: ((step: Step, soFar: (end: SweepEnd) => SweepResult) => void) | undefined;
}

/** What ended a sweep that found no violation to believe. */
export type SweepEnd = "max-eot" | StopReason;

export type SweepResult = { readonly steps: readonly Step[] } & (
  | {
      readonly kind: "violated";
      /** The step with the smallest parameters: it found the counterexample. */
      readonly smallest: Step;
      /** More time was given up to this EOT, and mended nothing. */
      readonly persistsTo: number;
      /** Another schedule makes the program fail in evaluation. */
      readonly error?: EvaluationError;
    }
  | {
      readonly kind: "certified";
      readonly largest: Step;
      readonly end: SweepEnd;
      /** The first step of a violation that was neither mended nor believed when the sweep ended. */
      readonly pending?: Step;
    }
  /** Nothing was certified. */
  | { readonly kind: "undecided"; readonly end: SweepEnd | "vacuous"; readonly pending?: Step }
  /** Some schedule makes the program fail in evaluation, and none within the same budget violates. */
  | { readonly kind: "error"; readonly error: EvaluationError; readonly pending?: Step }
);

/** A protocol is given this many instants to promise something and keep it, unless a largest EOT is given. */
export const UNDISTURBED_LIMIT = 50;

/** After a violation a protocol gets as long again as it took undisturbed, and this long at least. */
const leastPatience = 4;

/** How many more instants a violation has to survive, for a protocol that was done at `undisturbed` without faults. */
export function patienceFor(undisturbed: number): number {
  return Math.max(leastPatience, undisturbed);
}

/** What the result of a sweep comes down to. A bound on time or EOT is how a sweep usually ends. */
export function conclusionOf(result: SweepResult): "holds" | "violated" | "inconclusive" | "error" {
  switch (result.kind) {
    case "violated":
    case "error":
      return result.kind;
    case "certified": {
      const bounded = result.end === "max-eot" || result.end === "timeout";
      return bounded && result.pending === undefined ? "holds" : "inconclusive";
    }
    case "undecided":
      return "inconclusive";
    default: {
      const never: never = result;
      return never;
    }
  }
}

/** Finds the smallest budget that violates, or how large a one is certified before a limit comes. */
export function sweep(program: Program, options: SweepOptions): SweepResult {
  return new Sweep(program, options).run();
}

/** Whether the sweep is over: a result, where a step was asked for. */
function isOver<T>(found: T | SweepResult): found is SweepResult {
  return typeof found === "object" && found !== null && "steps" in found;
}

class Sweep {
  private readonly stepper: Stepper;
  private readonly crashes: number;
  private readonly maxEot: number;
  private certified: Step | undefined;
  private pending: Step | undefined;
  /** A violation that stands, whatever is found of fewer crashes. */
  private believed: ((error?: EvaluationError) => SweepResult) | undefined;

  constructor(
    program: Program,
    private readonly options: SweepOptions,
  ) {
    this.stepper = new Stepper(program, options);
    this.crashes = options.crashes ?? 0;
    this.maxEot = options.maxEot ?? Infinity;
  }

  get steps(): readonly Step[] {
    return this.stepper.steps;
  }

  run(): SweepResult {
    const start = this.undisturbed() ?? this.underFaults();
    if (isOver(start)) return start;
    if (start.purpose === "undisturbed" && start.finding.kind === "violated")
      return this.violated(start, this.steps.at(-1)?.parameters.eot ?? start.parameters.eot);
    const patience = this.patience(start.parameters.eot);
    // Without crashes the run without faults was the first budget.
    const first = this.crashes === 0 ? next(start.parameters.eot, 0) : { eot: start.parameters.eot, eff: 0 };
    for (let { eot, eff } = first; ; { eot, eff } = next(eot, eff)) {
      const asked = { eot, eff, crashes: this.crashes };
      const step = isStepAt(start, asked) ? start : this.step(asked, "faults");
      if (isOver(step)) return step;
      if (step.finding.kind !== "violated") continue;
      const mended = this.recover(step, patience);
      if (isOver(mended)) return mended;
      if (mended === undefined) return this.smallest(step, eot + patience);
      eot = mended;
    }
  }

  private ended(end: SweepEnd | "vacuous"): SweepResult {
    const { steps, certified, pending, believed } = this;
    if (believed !== undefined) return believed();
    const open = pending === undefined ? {} : { pending };
    if (certified === undefined || end === "vacuous") return { kind: "undecided", end, steps, ...open };
    return { kind: "certified", largest: certified, end, steps, ...open };
  }

  /** A violation that is believed stands, though the program fails with fewer crashes. */
  private failed(error: EvaluationError): SweepResult {
    const { steps, pending, believed } = this;
    if (believed !== undefined) return believed(error);
    return { kind: "error", error, steps, ...(pending === undefined ? {} : { pending }) };
  }

  /** A sweep looks for something to check up to the largest EOT; without one, so far. */
  private get lookout(): number {
    return this.maxEot === Infinity ? UNDISTURBED_LIMIT : this.maxEot;
  }

  /**
   * The first EOT at which the run without faults is correct and not vacuous; or the first at which it is incorrect, if none
   * comes; or nothing, if it promises nothing. What begins to be incorrect late is given its patience beyond the limit.
   */
  private undisturbed(): Step | SweepResult | undefined {
    let broken: Step | undefined;
    let limit = this.lookout;
    for (let eot = 1; eot <= limit; eot++) {
      const step = this.step({ eot, eff: 0, crashes: 0 }, "undisturbed");
      if (isOver(step)) return step;
      if (isProof(step)) {
        this.pending = undefined;
        return step;
      }
      if (step.finding.kind !== "violated" || broken !== undefined) continue;
      this.pending = broken = step;
      limit = Math.max(limit, eot + this.patience(eot));
    }
    return broken;
  }

  /**
   * The first EOT at which some schedule makes the program promise something that the run without faults does not. With one
   * EOT the largest budget admits every schedule of the others, so it alone is asked.
   */
  private underFaults(): Step | SweepResult {
    if (!asksMoreUnderFaults(this.stepper.program, this.options)) return this.ended("vacuous");
    for (let eot = 1; eot <= this.lookout; eot++) {
      const step = this.step({ eot, eff: Math.max(0, eot - 1), crashes: this.crashes }, "faults");
      if (isOver(step) || step.finding.kind === "violated" || isProof(step)) return step;
    }
    return this.ended("vacuous");
  }

  private patience(undisturbed: number): number {
    return this.options.patience ?? patienceFor(undisturbed);
  }

  /**
   * The first EOT after a violation at which the same faults are survived, or nothing if there is none within the patience.
   * Where nothing is promised any more, nothing is mended.
   */
  private recover(violation: Step, patience: number): number | undefined | SweepResult {
    const { eot, eff } = violation.parameters;
    this.pending = violation;
    for (let later = eot + 1; later <= eot + patience; later++) {
      const step = this.step({ eot: later, eff, crashes: this.crashes }, "recovery");
      if (isOver(step)) return step;
      if (!isProof(step)) continue;
      this.pending = undefined;
      return later;
    }
    return undefined;
  }

  /** A believed violation with as few crashes as violate for good, and then the smallest EOT at which they do. */
  private smallest(violation: Step, last: number): SweepResult {
    this.believed = (error) => this.violated(violation, last, error);
    for (let fewer = 0; fewer < violation.parameters.crashes; fewer++) {
      const found = this.withCrashes(fewer, violation, last);
      if (isOver(found)) return found;
      if (found !== undefined) return this.violated(found, last);
    }
    return this.violated(violation, last);
  }

  /** Where that many crashes begin to violate for good, from the end backwards. */
  private withCrashes(crashes: number, violation: Step, last: number): Step | undefined | SweepResult {
    const { eot, eff } = violation.parameters;
    let found: Step | undefined;
    for (let end = last; end >= eot; end--) {
      const step = this.step({ eot: end, eff, crashes }, "crashes");
      if (isOver(step)) return step;
      if (isProof(step)) break;
      if (step.finding.kind === "violated") found = step;
    }
    return found;
  }

  private violated(smallest: Step, persistsTo: number, met?: EvaluationError): SweepResult {
    const { finding } = smallest;
    const error = (finding.kind === "violated" ? finding.error : undefined) ?? met;
    return { kind: "violated", smallest, persistsTo, steps: this.steps, ...(error === undefined ? {} : { error }) };
  }

  /** The next step, or how the sweep ends. */
  private step(parameters: Parameters, purpose: Purpose): Step | SweepResult {
    if (parameters.eot > this.maxEot) return this.ended("max-eot");
    const taken = this.stepper.take(parameters, purpose);
    if (taken.kind === "error") return this.failed(taken.error);
    if (taken.kind === "stopped") return this.ended(taken.reason);
    const { step } = taken;
    const { finding } = step;
    if (finding.kind === "inconclusive") return this.ended(finding.reason);
    if (isProof(step) && purpose !== "crashes") this.certified = step;
    this.options.onStep?.(step, (end) => this.ended(end));
    return step;
  }
}

/** What is to be kept is what the run without faults has: faults add nothing to it. What is excluded they may bring about. */
function asksMoreUnderFaults(program: Program, { pre, post }: SweepOptions): boolean {
  const { specification } = resolveSpecification(program, {
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
  });
  return specification !== undefined && (specification.kind === "implication" || excludedBy(specification).length > 0);
}

function isStepAt({ parameters, purpose }: Step, { eot, eff, crashes }: Parameters): boolean {
  return purpose === "faults" && parameters.eot === eot && parameters.eff === eff && parameters.crashes === crashes;
}

/** Whether something was promised and kept. */
function isProof({ finding }: Step): boolean {
  return finding.kind === "holds" && !finding.vacuous;
}

/** What to ask after a budget that holds. EFF 0 and EFF 1 allow the same: no message is sent before instant 1. */
function next(eot: number, eff: number): { readonly eot: number; readonly eff: number } {
  const larger = Math.max(2, eff + 1);
  return larger < eot ? { eot, eff: larger } : { eot: eot + 1, eff: eot < 2 ? 0 : eot };
}
