import type { EvaluationError } from "../execution/execution.js";
import type { Stopped, StopReason } from "../execution/stopped.js";
import { isOmission } from "../faults/channel-faults.js";
import { isCrash } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import type { Program } from "../program/program.js";
import type { Failure, Finding, Parameters, Step, StepOptions } from "./step.js";
import { Stepper } from "./step.js";

/*
 * The resilience frontier: a verdict for each of many budgets, from as few checks as possible. Verdicts are inferred only between
 * budgets with one EOT, where the outcome of a schedule does not depend on the budget:
 *
 *   if a budget holds, so does every smaller one (perhaps vacuously, if the promise needs a fault or an input: such a
 *   budget is checked itself)
 *   a schedule that violates does so in every budget that admits it; if the fewest faults of a budget are n, no smaller
 *   budget has fewer, so one that admits a violating schedule of n faults has exactly n
 *   fewest(larger) ≤ fewest(smaller): bounds from both sides, which may meet
 *
 * Across EOT nothing follows (see sweep.ts). The largest budgets are checked first: then every inferred number is exact, unless a step
 * was inconclusive or its strategy does not guarantee a smallest schedule.
 */

export interface FrontierOptions extends StepOptions {
  readonly ranges: Ranges;
  /** Called at the end of each step, with a function that gives the result if the frontier ended now. */
  readonly onStep?: ((step: Step, soFar: (reason: StopReason) => FrontierResult) => void) | undefined;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The budgets of a frontier. */
export interface Ranges {
  readonly eot: Range;
  /** Up to EOT − 1, or to `to`; EFF beyond EOT is left out, because it adds no fault with an effect. */
  readonly eff: { readonly from: number; readonly to: number | undefined };
  readonly crashes: Range;
}

export type CellFinding =
  | Extract<Finding, { readonly kind: "holds" }>
  | {
      readonly kind: "violated";
      readonly faults: number;
      /** Whether this is the fewest faults, or an upper bound. */
      readonly exact: boolean;
      readonly schedule: Schedule;
    }
  | { readonly kind: "unknown"; readonly reason: StopReason };

export interface Cell {
  readonly parameters: Parameters;
  readonly finding: CellFinding;
  /** Whether the cell was checked; otherwise its finding is inferred. */
  readonly checked: boolean;
}

export interface FrontierResult {
  readonly ranges: Ranges;
  /** By EOT, then crashes, then EFF. */
  readonly cells: readonly Cell[];
  readonly steps: readonly Step[];
  /** Why cells are missing at the end, if some are. */
  readonly stopped?: StopReason;
  /** Evaluation fails under some schedule of a budget in which none violates: no further budget was checked. */
  readonly error?: EvaluationError;
}

/** The verdicts of a program over ranges of budgets. */
export function frontier(program: Program, options: FrontierOptions): FrontierResult {
  const stepper = new Stepper(program, options);
  const cells: Cell[] = [];
  const { ranges, onStep } = options;
  const result = (row?: Row): FrontierResult => ({
    ranges,
    cells: [...cells, ...(row?.cells() ?? [])],
    steps: [...stepper.steps],
  });
  for (let { from: eot } = ranges.eot; eot <= ranges.eot.to; eot++) {
    const row = new Row(budgetsAt(eot, ranges));
    const announce = (step: Step): void => onStep?.(step, (stopped) => ({ ...result(row), stopped }));
    const end = row.fill(stepper, options.strategy !== "random", announce);
    if (end?.kind === "error") return { ...result(row), error: end.error };
    if (end?.kind === "stopped") return { ...result(row), stopped: end.reason };
    cells.push(...row.cells());
  }
  return result();
}

/** The conclusion of a frontier: whether every budget holds. A violation comes before an error. */
export function frontierConclusion(result: FrontierResult): "holds" | "violated" | "inconclusive" | "error" {
  if (result.cells.some((cell) => cell.finding.kind === "violated")) return "violated";
  if (result.error !== undefined) return "error";
  return result.stopped !== undefined || result.cells.some((cell) => cell.finding.kind === "unknown")
    ? "inconclusive"
    : "holds";
}

/** The error to report: the one that ended the frontier, or the first beside a violation. */
export function frontierError({ error, steps }: FrontierResult): EvaluationError | undefined {
  return (
    error ??
    steps.map(({ finding }) => (finding.kind === "violated" ? finding.error : undefined)).find((e) => e !== undefined)
  );
}

/** The values of EFF at one EOT. */
export function effsAt(eot: number, ranges: Ranges): readonly number[] {
  return Array.from({ length: effCount(eot, ranges) }, (_, i) => ranges.eff.from + i);
}

function effCount(eot: number, { eff }: Ranges): number {
  return Math.max(0, Math.min(eff.to ?? eot - 1, eot) - eff.from + 1);
}

/** The number of budgets with one EOT. */
export function rowLength(eot: number, ranges: Ranges): number {
  return effCount(eot, ranges) * (ranges.crashes.to - ranges.crashes.from + 1);
}

function budgetsAt(eot: number, ranges: Ranges): readonly Parameters[] {
  const { from, to } = ranges.crashes;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((crashes) =>
    effsAt(eot, ranges).map((eff) => ({ eot, eff, crashes })),
  );
}

/** The cells of one EOT. */
class Row {
  private readonly checked = new Map<Parameters, CellFinding>();

  constructor(private readonly budgets: readonly Parameters[]) {}

  /**
   * Checks budgets, each after all that include it, unless its finding can be inferred; with `exactly`, an upper bound on the faults is
   * not enough. Returns what ended it early, if anything did.
   */
  fill(stepper: Stepper, exactly: boolean, announce: (step: Step) => void): Failure | Stopped | undefined {
    const order = [...this.budgets].sort((a, b) => b.crashes - a.crashes || b.eff - a.eff);
    for (const parameters of order) {
      const follows = this.follows(parameters);
      if (follows !== undefined && !(follows.kind === "violated" && exactly && !follows.exact)) continue;
      const taken = stepper.take(parameters, "budget");
      if (taken.kind !== "step") return taken;
      this.checked.set(parameters, cellFinding(taken.step.finding));
      announce(taken.step);
    }
    return undefined;
  }

  cells(): readonly Cell[] {
    return this.budgets.flatMap((parameters) => {
      const own = this.checked.get(parameters);
      const finding = own?.kind === "unknown" ? (this.follows(parameters) ?? own) : (own ?? this.follows(parameters));
      return finding === undefined ? [] : [{ parameters, finding, checked: finding === own }];
    });
  }

  /** The finding of a cell that can be inferred from the checked cells. */
  private follows(parameters: Parameters): CellFinding | undefined {
    const larger = this.known((other) => includes(other, parameters));
    const holds = larger.filter((f) => f.kind === "holds").find((f) => f.promisedLate !== true);
    if (holds !== undefined) return holds;
    const atLeast = Math.max(0, ...larger.map((f) => (f.kind === "violated" && f.exact ? f.faults : 0)));
    const violations = this.known(() => true).filter((f) => f.kind === "violated");
    const admitted = violations.filter((f) => admits(parameters, f.schedule)).sort((a, b) => a.faults - b.faults);
    const [best] = admitted;
    // A violation with faults implies that the failure-free run is correct, so one fault is always exact.
    return best === undefined ? undefined : { ...best, exact: best.faults <= Math.max(1, atLeast) };
  }

  private known(which: (parameters: Parameters) => boolean): readonly CellFinding[] {
    return [...this.checked].flatMap(([parameters, finding]) => (which(parameters) ? [finding] : []));
  }
}

function cellFinding(finding: Step["finding"]): CellFinding {
  switch (finding.kind) {
    case "holds":
      return finding;
    case "violated":
      return { kind: "violated", faults: finding.schedule.length, exact: finding.smallest, schedule: finding.schedule };
    case "inconclusive":
      return { kind: "unknown", reason: finding.reason };
    default: {
      const never: never = finding;
      return never;
    }
  }
}

/** Whether the larger budget admits every schedule of the smaller; both have one EOT. */
function includes(larger: Parameters, smaller: Parameters): boolean {
  return larger.crashes >= smaller.crashes && Math.max(1, larger.eff) >= Math.max(1, smaller.eff);
}

/** Whether a budget admits a schedule that another budget of the same EOT admits. */
function admits(parameters: Parameters, schedule: Schedule): boolean {
  const crashes = schedule.filter(isCrash).length;
  return (
    crashes <= parameters.crashes &&
    schedule.every((fault) => isCrash(fault) || (isOmission(fault) && fault.at < parameters.eff))
  );
}
