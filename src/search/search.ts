import type { EvaluationError, Execution } from "../execution/execution.js";
import type { RecordedRun } from "../execution/run.js";
import { runRecorded } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import type { Budget } from "../faults/budget.js";
import type { InputLine, Inputs } from "../faults/inputs.js";
import { allInputs, defaultInputs } from "../faults/inputs.js";
import type { Scenario } from "../faults/scenario.js";
import { compareScenarios } from "../faults/scenario.js";
import type { Schedule } from "../faults/schedule.js";
import { noFaults } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import { spaceOf } from "../faults/space.js";
import type { Memory } from "../program/memory.js";
import type { Program } from "../program/program.js";
import { inputLines } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import { conditionsOf } from "../program/specification.js";
import type { OnCall } from "../solving/hypotheses.js";
import type { Query } from "../solving/queries.js";
import { query, queryBy } from "../solving/queries.js";
import type { InterimViolation } from "./found-violation.js";
import type { SearchOptions } from "./limits.js";
import { Watchdog } from "./limits.js";
import { isPromising } from "./promising.js";
import type { ReachFinding } from "./reach-findings.js";
import { reachesWithin } from "./reach-findings.js";
import { ReachOfRuns } from "./reach-of-runs.js";
import { announcing } from "./solver-calls.js";
import type {
  AdequacyWarning,
  Counterexample,
  GivenUp,
  Known,
  Method,
  OnlyUnderFaults,
  Progress,
  RelationGrowth,
  Statistics,
  Witness,
} from "./verdict.js";
import { witnessesOf } from "./witnesses.js";

/** The question of a check: a program, its specification, and a budget. */
export interface Setting {
  readonly program: Program;
  readonly budget: Budget;
  readonly specification: Specification;
  /** The limit on tuples of one instant. */
  readonly maxTuples: number;
  /** What absences do not affect; by default that of the program, with `pre`, `post` and `never` as observer relations. */
  readonly memory?: Memory | undefined;
  /** A sum that may vary has a tuple for each of its results up to so many; as usual by default. */
  readonly mostResults?: number | undefined;
}

/**
 * The result of a strategy. If a limit stops it, the violation that was passed to `keep` stands. An evaluation error does not stop a
 * strategy: the search records it, and it is the result of the check only if no schedule violates.
 */
export type Outcome =
  | {
      readonly kind: "holds";
      readonly method: Method;
      readonly warnings: readonly AdequacyWarning[];
      readonly reach?: readonly ReachFinding[];
      readonly onlyUnderFaults?: OnlyUnderFaults;
    }
  | {
      readonly kind: "violated";
      readonly method: Method;
      /** Smallest first. */
      readonly counterexamples: readonly [Counterexample, ...Counterexample[]];
      readonly smallest: boolean;
      /** Whether these include every minimal counterexample. */
      readonly complete: boolean;
      readonly warnings: readonly AdequacyWarning[];
    };

export type ViolatedOutcome = Extract<Outcome, { readonly kind: "violated" }>;

/**
 * A search strategy. Precondition: the failure-free run is correct or, where all minimal counterexamples of several promises are asked
 * for, keeps some of them.
 */
export type Strategy = (search: Search) => Outcome | Stopped;

/** The witnesses against an execution, given the failure-free one with the same inputs; empty if it is correct. */
export type Judge = (execution: Execution, failureFree: () => Execution | undefined) => readonly Witness[];

/** A complete run with its witnesses: a counterexample, if there are any. */
export interface Trial extends Omit<Counterexample, "witnesses"> {
  readonly kind: "run";
  /** Empty if the run is correct. */
  readonly witnesses: readonly Witness[];
}

export function violates(trial: Trial): trial is Trial & Counterexample {
  return trial.witnesses.length > 0;
}

/** A run that ended in an error: it is neither correct nor a violation. */
export type FailedRun = Extract<RecordedRun, { readonly kind: "error" }>;

type Phase = Exclude<keyof Statistics["times"], "total">;
type Measures = {
  -readonly [K in keyof Omit<Statistics, "executions" | "space" | "times" | "givenUp" | "graphByRelation">]: number;
};

/** The state of one search: its runs, what is known, and statistics. */
export class Search {
  readonly watchdog: Watchdog;
  readonly measures: Measures = {
    possibleTuples: 0,
    graphNodes: 0,
    coneNodes: 0,
    variables: 0,
    clauses: 0,
    solverCalls: 0,
  };
  private executions = 0;
  private readonly times = { run: 0, rerun: 0, build: 0, encode: 0, solve: 0 };
  private readonly space: SpaceSize;
  private ruledOut: number | undefined;
  /** Why the lineage over all schedules was abandoned. */
  givenUp: GivenUp | undefined;
  graphByRelation: readonly RelationGrowth[] | undefined;
  /** What was announced last. */
  doing: Progress | undefined;
  /** The size of the question whose answer decides, while the solver is at work. */
  question: (() => Pick<Measures, "coneNodes" | "solverCalls" | "variables" | "clauses">) | undefined;
  private readonly withoutFaults = new Map<string, RecordedRun>();
  /** The inputs of the failure-free run that is judged first. */
  private first: Inputs;
  private readonly lines: readonly InputLine[];
  /** Runs a query with the solver of this search. */
  readonly query: Query;
  /** What is done while the solver is asked which schedules violate. */
  readonly onCall = announcing(this);
  /** The same for a question that rules out no violation. */
  readonly onOtherCall: OnCall = (atMost, _ruledOut, conflicts) => this.onCall(atMost, -1, conflicts);
  private firstError: EvaluationError | undefined;
  /** The names of the promises of which some run promises something; `undefined` for a specification without names. */
  private readonly promised = new Set<string | undefined>();
  private violation: ViolatedOutcome | undefined;
  /** What is known to violate, once one with the fewest faults is looked for. */
  interim: InterimViolation | undefined;
  /** What the runs so far reach. */
  readonly reached: ReachOfRuns;

  /** `judge`: the witnesses against a run; by default those of the specification. */
  constructor(
    readonly setting: Setting,
    readonly options: SearchOptions,
    readonly judge: Judge = (execution, failureFree) => witnessesOf(setting.specification, execution, failureFree),
  ) {
    this.watchdog = new Watchdog(options);
    this.query = options.solver === undefined ? query : queryBy(options.solver);
    this.lines = inputLines(setting.program);
    this.first = defaultInputs(this.lines);
    this.space = spaceOf(setting.budget, this.lines);
    this.reached = new ReachOfRuns(reachesWithin(setting.program, setting.budget), (a, b) => this.compare(a, b));
  }

  /** All inputs, in the order in which they are reported. */
  get allInputs(): Iterable<Inputs> {
    return allInputs(this.lines);
  }

  /** The order in which scenarios are reported. */
  compare(a: Scenario, b: Scenario): number {
    return compareScenarios(a, b, this.lines);
  }

  /** The failure-free run that is judged first, with the default inputs unless `startFrom` was called; run on first use. */
  get failureFreeRun(): RecordedRun {
    return this.failureFreeRunWith(this.first);
  }

  /** Starts from other inputs than the default ones, whose failure-free run ends in an error. */
  startFrom(inputs: Inputs): void {
    this.first = inputs;
  }

  /** The failure-free run with these inputs, run on first use. */
  failureFreeRunWith(inputs: Inputs): RecordedRun {
    const key = inputs.join();
    const known = this.withoutFaults.get(key);
    if (known !== undefined) return known;
    const run = this.record(noFaults, inputs);
    if (run.kind !== "stopped") this.withoutFaults.set(key, run);
    return run;
  }

  /** Whether the failure-free run with these inputs ends in no error, so that the others with them are judged. */
  isSound(inputs: Inputs): boolean {
    return this.failureFreeRunWith(inputs).kind !== "error";
  }

  /** The execution of the failure-free run. Strategies are called only if that run has one. */
  get failureFree(): Execution {
    const { failureFreeRun } = this;
    if (failureFreeRun.kind !== "run") throw new Error("there is no complete failure-free run");
    return failureFreeRun.execution;
  }

  /** Whether some run so far promises something, of the promise of this name. */
  hasPromised(promise: string | undefined): boolean {
    return this.promised.has(promise);
  }

  /** The error of the first scenario, in the order of reports, among the runs that ended in one. */
  get error(): EvaluationError | undefined {
    return this.firstError;
  }

  /** Keeps a violation, which is the result whatever ends the search afterwards. */
  keep(violation: ViolatedOutcome): ViolatedOutcome {
    this.violation = violation;
    return violation;
  }

  /** The violation kept last. */
  get kept(): ViolatedOutcome | undefined {
    return this.violation;
  }

  get known(): Known {
    const { executions, space, ruledOut, givenUp } = this;
    return {
      executions,
      space,
      ...(ruledOut === undefined ? {} : { ruledOut }),
      ...(givenUp === undefined ? {} : { givenUp }),
    };
  }

  /** Records that no schedule with at most this many faults violates. */
  ruleOut(faults: number): void {
    if (faults >= 0) this.ruledOut = Math.max(faults, this.ruledOut ?? 0);
  }

  announce(progress: Progress): void {
    this.doing = progress;
    this.options.onProgress(progress);
  }

  /** Runs the program in a scenario, with a record from which it can be explained. Records an evaluation error. */
  record(schedule: Schedule, inputs: Inputs = this.first): RecordedRun {
    const refused = this.watchdog.refusesRun(this.known);
    if (refused !== undefined) return refused;
    this.announce({ kind: "running", known: this.known });
    const { program, budget, maxTuples, memory } = this.setting;
    return this.timed(this.executions === 0 ? "run" : "rerun", () => {
      this.executions++;
      const tick = (): Stopped | undefined => this.watchdog.poll();
      const result = runRecorded(
        program,
        { nodes: budget.nodes, eot: budget.eot, schedule, inputs, memory, maxTuples, tick },
        undefined,
      );
      if (result.kind === "error") this.noteError(result.error);
      else if (result.kind === "run") {
        this.notePromises(result.execution);
        this.reached.note(result.execution);
      }
      return result;
    });
  }

  private notePromises(execution: Execution): void {
    for (const { promise, condition } of conditionsOf(this.setting.specification))
      if (!this.promised.has(promise) && isPromising(condition, execution)) this.promised.add(promise);
  }

  private noteError(error: EvaluationError): void {
    if (this.firstError === undefined || this.compare(error, this.firstError) < 0) this.firstError = error;
  }

  /** Runs the program in a scenario and judges the execution. */
  runTrial(schedule: Schedule, inputs: Inputs = this.first): Trial | FailedRun | Stopped {
    const recorded = this.record(schedule, inputs);
    return recorded.kind === "run" ? this.trialOf(recorded.execution) : recorded;
  }

  /** Judges an execution; this can take the failure-free run with its inputs. */
  trialOf(execution: Execution): Trial | Stopped {
    let end: Stopped | undefined;
    const witnesses = this.judge(execution, () => {
      const run = this.failureFreeRunWith(execution.inputs);
      if (run.kind === "stopped") end = run;
      return run.kind === "run" ? run.execution : undefined;
    });
    return end ?? { kind: "run", schedule: execution.schedule, execution, witnesses };
  }

  /** Runs some work and adds its time to a phase. */
  timed<T>(phase: Phase, work: () => T): T {
    const start = this.watchdog.now();
    try {
      return work();
    } finally {
      this.spent(phase, start);
    }
  }

  /** Adds the time since a moment of the search's clock to a phase. */
  spent(phase: Phase, since: number): void {
    this.times[phase] += this.watchdog.now() - since;
  }

  get statistics(): Statistics {
    return {
      executions: this.executions,
      space: this.space,
      ...this.measures,
      ...this.question?.(),
      ...(this.givenUp === undefined ? {} : { givenUp: this.givenUp }),
      ...(this.graphByRelation === undefined ? {} : { graphByRelation: this.graphByRelation }),
      times: { ...this.times, total: this.watchdog.elapsed },
    };
  }
}
