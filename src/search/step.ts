import type { EvaluationError } from "../execution/execution.js";
import type { Stopped, StopReason } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { Schedule } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import { SharedBuilds } from "../lineage/shared-builds.js";
import { violations } from "../lineage/violation.js";
import { inferNodes } from "../program/nodes.js";
import type { Program } from "../program/program.js";
import { conditionsOf } from "../program/specification.js";
import { ReusableSolver } from "../solving/queries.js";
import { vacuity } from "./adequacy.js";
import { alternate } from "./alternate.js";
import type { CheckOptions } from "./check.js";
import { check, decide, prepare } from "./check.js";
import { Watchdog } from "./limits.js";
import { buildBy } from "./lineage-build.js";
import { decideWithLineage } from "./lineage-driven.js";
import { isPromising } from "./promising.js";
import type { Setting } from "./search.js";
import { setUpForAdvice } from "./set-up.js";
import type { CheckResult, Holds, Verdict } from "./verdict.js";

/** The parameters that vary from step to step of a sweep or a frontier. */
export interface Parameters {
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
}

/** The result of a step: a verdict without its executions, so that hundreds can be kept. */
export type Finding =
  | {
      readonly kind: "holds";
      readonly vacuous: boolean;
      /** The promises depend on faults or inputs, so that a smaller budget may be vacuous. */
      readonly promisedLate?: true;
    }
  | {
      readonly kind: "violated";
      readonly schedule: Schedule;
      /** Whether no schedule with fewer faults violates. */
      readonly smallest: boolean;
      /** Under another schedule evaluation fails. */
      readonly error?: EvaluationError;
    }
  | { readonly kind: "inconclusive"; readonly reason: StopReason; readonly detail: string };

/** The purpose of a step. */
export type Purpose =
  /** Is the failure-free run correct? */
  | "undisturbed"
  /** Is a larger budget survived? */
  | "faults"
  /** Does a larger EOT end a violation? */
  | "recovery"
  /** Do fewer crashes suffice for a violation? */
  | "crashes"
  /** A budget of a frontier. */
  | "budget";

/** One check of a program under one budget. */
export interface Step {
  readonly parameters: Parameters;
  readonly purpose: Purpose;
  readonly finding: Finding;
  readonly executions: number;
  /** The number of schedules in the budget. */
  readonly space: SpaceSize;
  readonly milliseconds: number;
}

/** The options common to all steps. */
export type StepOptions = Omit<CheckOptions, "eot" | "eff" | "crashes" | "all" | "onDimacs">;

/** Evaluation fails under some schedule and none of the same budget violates, so no further step can be decided. */
export interface Failure {
  readonly kind: "error";
  readonly error: EvaluationError;
}

/** A step, or the reason why there are no more steps. */
export type Taken = { readonly kind: "step"; readonly step: Step } | Failure | Stopped;

/** Checks one program under one budget after another, with one time limit for all of them. */
export class Stepper {
  readonly watchdog: Watchdog;
  private readonly taken: Step[] = [];
  private readonly nodeCounts = new Map<number, number>();
  private builds: SharedBuilds | undefined;
  private readonly solver = new ReusableSolver();

  constructor(
    readonly program: Program,
    private readonly options: StepOptions,
  ) {
    this.watchdog = new Watchdog(options);
  }

  get steps(): readonly Step[] {
    return this.taken;
  }

  /** The number of nodes for an EOT, which bounds the number of crashes. */
  nodesAt(eot: number): number {
    const { nodes } = this.options;
    if (nodes !== undefined) return new Set(nodes).size;
    const known = this.nodeCounts.get(eot);
    if (known !== undefined) return known;
    const found = inferNodes(setUpForAdvice(this.program, eot), eot).length;
    this.nodeCounts.set(eot, found);
    return found;
  }

  /** Takes one step, within the time that is left for all steps. */
  take(requested: Parameters, purpose: Purpose): Taken {
    const end = this.watchdog.poll();
    if (end !== undefined) return end;
    const parameters = { ...requested, crashes: Math.min(requested.crashes, this.nodesAt(requested.eot)) };
    const { timeout } = this.options;
    const left = timeout === undefined ? undefined : Math.max(0, timeout - this.watchdog.elapsed / 1000);
    const options: CheckOptions = { ...this.options, ...parameters, timeout: left };
    const { setting, diagnostics } = prepare(this.program, options);
    if (setting === undefined) throw new Error(`no budget to check: ${diagnostics.map((d) => d.message).join("; ")}`);
    const result = this.answer(setting, options);
    if (result.kind === "error") return { kind: "error", error: result.error };
    const finding = findingOf(result.verdict);
    if (finding.kind === "inconclusive" && (finding.reason === "timeout" || finding.reason === "interrupted"))
      return stopped(finding.reason, finding.detail);
    const { executions, space, times } = result.verdict.statistics;
    const step: Step = { parameters, purpose, finding, executions, space, milliseconds: times.total };
    this.taken.push(step);
    return { kind: "step", step };
  }

  /** A check without warnings except vacuity: a sweep prints no others, and some need calls of the solver. */
  private answer(setting: Setting, options: CheckOptions): CheckResult {
    if ((options.strategy ?? "lineage") !== "lineage") return check(setting, options);
    // A program that reads `eot` is another at each EOT, and shares nothing.
    if (this.builds?.program !== setting.program)
      this.builds = new SharedBuilds(setting.program, setting.maxTuples, setting.memory, setting.mostResults);
    const { builds } = this;
    return decide(setting, options, (search) => {
      const all = buildBy(search, (budget, tick) => builds.build(budget, tick));
      if (all.kind === "stopped") return all;
      if (all.kind === "too-large") return alternate(search);
      const bad = violations(setting.specification, search.failureFree, all);
      const { query: using } = this.solver;
      return decideWithLineage(search, all, bad, { using, ifHolds: () => ({ warnings: vacuity(search, all, using) }) });
    });
  }
}

function holding({ warnings, specification, failureFree }: Holds): Finding {
  const vacuous = warnings.some((w) => w.kind === "vacuous");
  return {
    kind: "holds",
    vacuous,
    ...(vacuous || conditionsOf(specification).every(({ condition }) => isPromising(condition, failureFree))
      ? {}
      : { promisedLate: true }),
  };
}

function findingOf(verdict: Verdict): Finding {
  switch (verdict.kind) {
    case "holds":
      return holding(verdict);
    case "violated": {
      const { counterexample, smallest, error } = verdict;
      const { schedule } = counterexample;
      return { kind: "violated", schedule, smallest, ...(error === undefined ? {} : { error }) };
    }
    case "inconclusive":
      return { kind: "inconclusive", reason: verdict.reason, detail: verdict.detail };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}
