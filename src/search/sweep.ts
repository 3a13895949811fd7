import type { EvaluationError } from "../execution/execution.js";
import type { StopReason } from "../execution/stopped.js";
import { demandsOf } from "../program/demands.js";
import type { Program } from "../program/program.js";
import { resolveSpecification } from "../program/specification.js";
import type { Parameters, Purpose, Step, StepOptions } from "./step.js";
import { Stepper } from "./step.js";

/*
 * A sweep grows EOT and EFF until a budget violates, for users who do not know which to choose (the procedure of Alvaro, Rosen,
 * Hellerstein, SIGMOD 2015, section 5). At a fixed EOT a larger EFF or more crashes only add schedules, so a violation persists in
 * every larger budget. Across EOT nothing follows: a longer run can recover from a violation, and can reach new ones. Hence the order of
 * steps below, and `patience`: the number of further instants for which a violation must persist before it is confirmed.
 *
 *   undisturbed   EOT 1, 2, … without faults, until the failure-free run is correct and promises something: EOT = E
 *                 if it never promises anything: EOT 1, 2, … with all faults, until some schedule makes it promise: EOT = E
 *   faults        (E, 0), (E, 2), … (E, E − 1), (E + 1, E), (E + 2, E + 1), …
 *   recovery      after a violation at (T, F): (T + 1, F), (T + 2, F), … (T + patience, F); the sweep continues from the
 *                 first that holds, and if there is none the violation is confirmed
 *   crashes       fewer crashes at a confirmed violation, to report the smallest budget
 */

export interface SweepOptions extends StepOptions {
  /** The number of crashes; 0 by default. */
  readonly crashes?: number | undefined;
  /** The largest EOT; unbounded by default. */
  readonly maxEot?: number | undefined;
  /** The number of further instants for which a violation must persist before it is confirmed; see `patienceFor`. */
  readonly patience?: number | undefined;
  /** Called at the end of each step, with a function that gives the result if the sweep ended now. */
  readonly onStep?: ((step: Step, soFar: (end: SweepEnd) => SweepResult) => void) | undefined;
}

/** What ended a sweep without a confirmed violation. */
export type SweepEnd = "max-eot" | StopReason;

export type SweepResult = { readonly steps: readonly Step[] } & (
  | {
      readonly kind: "violated";
      /** The violated step with the smallest parameters. */
      readonly smallest: Step;
      /** The EOT up to which the violation persists. */
      readonly persistsTo: number;
      /** Under another schedule evaluation fails. */
      readonly error?: EvaluationError;
    }
  | {
      readonly kind: "certified";
      readonly largest: Step;
      readonly end: SweepEnd;
      /** The first step of a violation that was neither confirmed nor recovered from when the sweep ended. */
      readonly pending?: Step;
    }
  /** Nothing was certified. */
  | { readonly kind: "undecided"; readonly end: SweepEnd | "vacuous"; readonly pending?: Step }
  /** Evaluation fails under some schedule, and no schedule of the same budget is a violation. */
  | { readonly kind: "error"; readonly error: EvaluationError; readonly pending?: Step }
);

/** The number of instants within which a protocol must promise something and keep it, unless a largest EOT is given. */
export const UNDISTURBED_LIMIT = 50;

/** The smallest default patience. */
const leastPatience = 4;

/** The default patience for a protocol whose failure-free run is correct at EOT `undisturbed`: as long again. */
export function patienceFor(undisturbed: number): number {
  return Math.max(leastPatience, undisturbed);
}

/** The conclusion of a sweep. A sweep usually ends by a limit on time or EOT, which does not make it inconclusive. */
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

/** Finds the smallest budget that violates, or the largest that is certified within the limits. */
export function sweep(program: Program, options: SweepOptions): SweepResult {
  return new Sweep(program, options).run();
}

/** Whether a step returned the result of the sweep, which is then over. */
function isOver<T>(found: T | SweepResult): found is SweepResult {
  return typeof found === "object" && found !== null && "steps" in found;
}

class Sweep {
  private readonly stepper: Stepper;
  private readonly crashes: number;
  private readonly maxEot: number;
  private certified: Step | undefined;
  private pending: Step | undefined;
  /** The result of a confirmed violation, unless fewer crashes are found to suffice. */
  private confirmed: ((error?: EvaluationError) => SweepResult) | undefined;

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
    // Without crashes the failure-free run was the first budget.
    const first = this.crashes === 0 ? next(start.parameters.eot, 0) : { eot: start.parameters.eot, eff: 0 };
    for (let { eot, eff } = first; ; { eot, eff } = next(eot, eff)) {
      const parameters = { eot, eff, crashes: this.crashes };
      const step = isStepAt(start, parameters) ? start : this.step(parameters, "faults");
      if (isOver(step)) return step;
      if (step.finding.kind !== "violated") continue;
      const recovered = this.recover(step, patience);
      if (isOver(recovered)) return recovered;
      if (recovered === undefined) return this.smallest(step, eot + patience);
      eot = recovered;
    }
  }

  private ended(end: SweepEnd | "vacuous"): SweepResult {
    const { steps, certified, pending, confirmed } = this;
    if (confirmed !== undefined) return confirmed();
    const open = pending === undefined ? {} : { pending };
    if (certified === undefined || end === "vacuous") return { kind: "undecided", end, steps, ...open };
    return { kind: "certified", largest: certified, end, steps, ...open };
  }

  /** The result after an evaluation error. A confirmed violation remains the result, even if evaluation fails with fewer crashes. */
  private failed(error: EvaluationError): SweepResult {
    const { steps, pending, confirmed } = this;
    if (confirmed !== undefined) return confirmed(error);
    return { kind: "error", error, steps, ...(pending === undefined ? {} : { pending }) };
  }

  /** The EOT up to which the sweep looks for a promise. */
  private get promiseLimit(): number {
    return this.maxEot === Infinity ? UNDISTURBED_LIMIT : this.maxEot;
  }

  /**
   * The first EOT at which the failure-free run is correct and not vacuous; otherwise the first at which it is incorrect, confirmed by
   * its patience beyond the limit; `undefined` if it promises nothing.
   */
  private undisturbed(): Step | SweepResult | undefined {
    let broken: Step | undefined;
    let limit = this.promiseLimit;
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
   * The first EOT at which the program promises something under some schedule, if the failure-free run promises nothing. At each EOT the
   * largest budget suffices, since it admits every schedule of the others.
   */
  private underFaults(): Step | SweepResult {
    if (!asksMoreUnderFaults(this.stepper.program, this.options)) return this.ended("vacuous");
    for (let eot = 1; eot <= this.promiseLimit; eot++) {
      const step = this.step({ eot, eff: Math.max(0, eot - 1), crashes: this.crashes }, "faults");
      if (isOver(step) || step.finding.kind === "violated" || isProof(step)) return step;
    }
    return this.ended("vacuous");
  }

  private patience(undisturbed: number): number {
    return this.options.patience ?? patienceFor(undisturbed);
  }

  /**
   * The first EOT after a violation at which the program holds for the same EFF and crashes; `undefined` if there is none within the
   * patience. A vacuous `holds` does not count.
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

  /** A confirmed violation, with the fewest crashes for which it persists, and then the smallest EOT. */
  private smallest(violation: Step, last: number): SweepResult {
    this.confirmed = (error) => this.violated(violation, last, error);
    for (let fewer = 0; fewer < violation.parameters.crashes; fewer++) {
      const found = this.withCrashes(fewer, violation, last);
      if (isOver(found)) return found;
      if (found !== undefined) return this.violated(found, last);
    }
    return this.violated(violation, last);
  }

  /** The first step, searched from the end, from which a number of crashes violates persistently; `undefined` if there is none. */
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

  /** The next step, or the result of the sweep if it ends here. */
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

/** Whether faults can add promises or derive excluded tuples. If not, the promises are those of the failure-free run. */
function asksMoreUnderFaults(program: Program, { pre, post, never, promise }: SweepOptions): boolean {
  const { specification } = resolveSpecification(program, { pre, post, never, promise });
  return specification !== undefined && demandsOf(specification).some(({ kind }) => kind !== "kept");
}

function isStepAt({ parameters, purpose }: Step, { eot, eff, crashes }: Parameters): boolean {
  return purpose === "faults" && parameters.eot === eot && parameters.eff === eff && parameters.crashes === crashes;
}

/** Whether a step holds and is not vacuous. */
function isProof({ finding }: Step): boolean {
  return finding.kind === "holds" && !finding.vacuous;
}

/** The budget to check after one that holds. EFF 0 and EFF 1 are equivalent, since no message is sent before instant 1. */
function next(eot: number, eff: number): { readonly eot: number; readonly eff: number } {
  const larger = Math.max(2, eff + 1);
  return larger < eot ? { eot, eff: larger } : { eot: eot + 1, eff: eot < 2 ? 0 : eot };
}
