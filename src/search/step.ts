import type { EvaluationError } from "../execution/execution.js";
import type { Stopped, StopReason } from "../execution/stopped.js";
import { stopped } from "../execution/stopped.js";
import type { Schedule } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import { SharedBuilds } from "../lineage/shared-builds.js";
import { violations } from "../lineage/violation.js";
import { inferNodes } from "../program/nodes.js";
import type { Program } from "../program/program.js";
import { ReusableSolver } from "../solving/queries.js";
import { vacuity } from "./adequacy.js";
import { alternate } from "./alternate.js";
import type { CheckOptions } from "./check.js";
import { check, decide, prepare } from "./check.js";
import { Watch } from "./limits.js";
import { buildBy } from "./lineage-build.js";
import { decideBy } from "./lineage-driven.js";
import type { Setting } from "./search.js";
import { isPromising } from "./search.js";
import type { CheckResult, Holds, Verdict } from "./verdict.js";

/** What varies from step to step of a sweep or a frontier. */
export interface Parameters {
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
}

/** What a step found: a verdict without the executions behind it, so that hundreds of them can be kept. */
export type Finding =
  | {
      readonly kind: "holds";
      readonly vacuous: boolean;
      /** What is promised, it takes a fault or an input to bring about: of a smaller budget it does not follow. */
      readonly promisedLate?: true;
    }
  | {
      readonly kind: "violated";
      readonly schedule: Schedule;
      /** Whether no schedule with fewer faults violates. */
      readonly smallest: boolean;
      /** Another schedule makes the program fail in evaluation. */
      readonly error?: EvaluationError;
    }
  | { readonly kind: "inconclusive"; readonly reason: StopReason; readonly detail: string };

/** Why a sweep takes a step. */
export type Purpose =
  /** Does the protocol do its work when nothing goes wrong? */
  | "undisturbed"
  /** Does it survive more? */
  | "faults"
  /** Does more time mend a violation? */
  | "recovery"
  /** Do fewer crashes suffice to violate? */
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

/** What holds for every step. */
export type StepOptions = Omit<CheckOptions, "eot" | "eff" | "crashes" | "all" | "onDimacs">;

/** Some schedule makes the program fail in evaluation, and none within the same budget violates: nothing after it can be decided. */
export interface Failure {
  readonly kind: "error";
  readonly error: EvaluationError;
}

/** A step; or what ends the work: the program fails, the time of all steps is up, or the user has had enough. */
export type Taken = { readonly kind: "step"; readonly step: Step } | Failure | Stopped;

/** Checks one program under one budget after another, within one limit of time for all of them. */
export class Stepper {
  readonly watch: Watch;
  private readonly taken: Step[] = [];
  private readonly nodeCounts = new Map<number, number>();
  private builds: SharedBuilds | undefined;
  private readonly solver = new ReusableSolver();

  constructor(
    readonly program: Program,
    private readonly options: StepOptions,
  ) {
    this.watch = new Watch(options);
  }

  get steps(): readonly Step[] {
    return this.taken;
  }

  /** How many nodes there are, and so how many can crash, by a certain end of time. */
  nodesAt(eot: number): number {
    const { nodes } = this.options;
    if (nodes !== undefined) return new Set(nodes).size;
    const known = this.nodeCounts.get(eot);
    if (known !== undefined) return known;
    const found = inferNodes(this.program, eot).length;
    this.nodeCounts.set(eot, found);
    return found;
  }

  /** One step. The time it may take is what is left for all of them. */
  take(asked: Parameters, purpose: Purpose): Taken {
    const end = this.watch.poll();
    if (end !== undefined) return end;
    const parameters = { ...asked, crashes: Math.min(asked.crashes, this.nodesAt(asked.eot)) };
    const { timeout } = this.options;
    const left = timeout === undefined ? undefined : Math.max(0, timeout - this.watch.elapsed / 1000);
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

  /** A check that comes without advice, vacuity excepted: a sweep prints none, and for some of it the solver is asked. */
  private answer(setting: Setting, options: CheckOptions): CheckResult {
    if ((options.strategy ?? "lineage") !== "lineage") return check(setting, options);
    this.builds ??= new SharedBuilds(setting.program, setting.maxTuples, setting.memory);
    const { builds } = this;
    return decide(setting, options, (search) => {
      const all = buildBy(search, (budget, tick) => builds.build(budget, tick));
      if (all.kind === "stopped") return all;
      if (all.kind === "too-large") return alternate(search);
      const bad = violations(setting.specification, search.failureFree, all);
      const { query: using } = this.solver;
      return decideBy(search, all, bad, { using, warningsIfHolds: () => vacuity(search, all, using) });
    });
  }
}

function holding({ warnings, specification, failureFree }: Holds): Finding {
  const vacuous = warnings.some((w) => w.kind === "vacuous");
  return {
    kind: "holds",
    vacuous,
    ...(vacuous || isPromising(specification, failureFree) ? {} : { promisedLate: true }),
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
