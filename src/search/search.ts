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
import { promisesOf, promising } from "../program/demands.js";
import type { Memory } from "../program/memory.js";
import type { Program } from "../program/program.js";
import { inputLines } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { OnCall } from "../solving/hypotheses.js";
import type { Limits } from "./limits.js";
import { Watch } from "./limits.js";
import type { AdequacyWarning, Counterexample, Known, Method, Progress, Statistics, Witness } from "./verdict.js";
import { witnessesOf } from "./witnesses.js";

/** What is asked: a program, what must hold, and what may go wrong. */
export interface Setting {
  readonly program: Program;
  readonly budget: Budget;
  readonly specification: Specification;
  /** The most tuples of one instant. */
  readonly maxTuples: number;
  /** What absences leave untouched; by default as the program says, with `pre`, `post` and `never` the observer's. */
  readonly memory?: Memory | undefined;
}

/**
 * What a strategy finds out. Where a limit stops it, what the search was told to keep stands. An error of the program stops no search: the
 * search remembers it, and it is the result only if no schedule violates.
 */
export type Outcome =
  | { readonly kind: "holds"; readonly method: Method; readonly warnings: readonly AdequacyWarning[] }
  | {
      readonly kind: "violated";
      readonly method: Method;
      /** Smallest first. */
      readonly counterexamples: readonly [Counterexample, ...Counterexample[]];
      readonly smallest: boolean;
      /** Whether these are all the minimal ones. */
      readonly complete: boolean;
      readonly warnings: readonly AdequacyWarning[];
    };

export type ViolatedOutcome = Extract<Outcome, { readonly kind: "violated" }>;

/** A way to look for a counterexample. The failure-free run is correct when it is called. */
export type Strategy = (search: Search) => Outcome | Stopped;

/** What an execution failed to keep, given the failure-free one with the same inputs; nothing if it is correct. */
export type Judge = (execution: Execution, failureFree: () => Execution | undefined) => readonly Witness[];

/** A schedule that was run to its end: a counterexample, if it has witnesses. */
export interface Trial extends Omit<Counterexample, "witnesses"> {
  readonly kind: "run";
  /** Sorted like tuples; none if the run is correct. */
  readonly witnesses: readonly Witness[];
}

export function violates(trial: Trial): trial is Trial & Counterexample {
  return trial.witnesses.length > 0;
}

export interface SearchOptions extends Limits {
  readonly all: boolean;
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  readonly onDimacs: ((text: string) => void) | undefined;
}

/** A run that ended in an error: it has no outcome, neither good nor bad. */
export type Erring = Extract<RecordedRun, { readonly kind: "error" }>;

type Phase = Exclude<keyof Statistics["times"], "total">;
type Measures = { -readonly [K in keyof Omit<Statistics, "executions" | "space" | "times">]: number };

/** One search: the setting, its executions, and what has been learned and spent. */
export class Search {
  readonly watch: Watch;
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
  private readonly withoutFaults = new Map<string, RecordedRun>();
  /** The inputs of a program that has none, and those that are taken where nothing is said. */
  private readonly usual: Inputs;
  private readonly lines: readonly InputLine[];
  private erring: EvaluationError | undefined;
  private promised = false;
  private violation: ViolatedOutcome | undefined;

  /** `judge` says what a run failed to keep; by default what the specification says. */
  constructor(
    readonly setting: Setting,
    readonly options: SearchOptions,
    private readonly judge: Judge = (execution, failureFree) =>
      witnessesOf(setting.specification, execution, failureFree),
  ) {
    this.watch = new Watch(options);
    this.lines = inputLines(setting.program);
    this.usual = defaultInputs(this.lines);
    this.space = spaceOf(setting.budget, this.lines);
  }

  /** Every choice of inputs, in the order in which they are reported. */
  get allInputs(): Iterable<Inputs> {
    return allInputs(this.lines);
  }

  /** Which of two scenarios is reported first. */
  compare(a: Scenario, b: Scenario): number {
    return compareScenarios(a, b, this.lines);
  }

  /** The failure-free run, made when it is first asked for. */
  get undisturbed(): RecordedRun {
    return this.undisturbedWith(this.usual);
  }

  /** The same with other inputs. */
  undisturbedWith(inputs: Inputs): RecordedRun {
    const key = inputs.join();
    const known = this.withoutFaults.get(key);
    if (known !== undefined) return known;
    const run = this.record(noFaults, inputs);
    if (run.kind !== "stopped") this.withoutFaults.set(key, run);
    return run;
  }

  /** The same, of a program that does not fail without faults: every strategy may rely on that. */
  get failureFree(): Execution {
    const { undisturbed } = this;
    if (undisturbed.kind !== "run") throw new Error("there is no complete failure-free run");
    return undisturbed.execution;
  }

  /** Whether some run that was made promises something. */
  get promises(): boolean {
    return this.promised;
  }

  /** The error of the first schedule, fewest faults first, among those that were run and ended in one. */
  get error(): EvaluationError | undefined {
    return this.erring;
  }

  /** Notes a violation: it stands, whatever ends the search after it. */
  keep(violation: ViolatedOutcome): ViolatedOutcome {
    this.violation = violation;
    return violation;
  }

  /** The violation that was noted last. */
  get kept(): ViolatedOutcome | undefined {
    return this.violation;
  }

  get known(): Known {
    const { executions, space, ruledOut } = this;
    return { executions, space, ...(ruledOut === undefined ? {} : { ruledOut }) };
  }

  /** No schedule with at most this many faults violates. */
  ruleOut(faults: number): void {
    if (faults >= 0) this.ruledOut = Math.max(faults, this.ruledOut ?? 0);
  }

  announce(progress: Progress): void {
    this.options.onProgress(progress);
  }

  /** Before the solver is called: nothing with as many faults violates as are ruled out, a limit may stop it, and the call is announced. */
  readonly onCall: OnCall = (atMost, ruledOut) => {
    this.ruleOut(ruledOut);
    const end = this.watch.poll();
    if (end === undefined) this.announce({ kind: "solving", known: this.known, atMost });
    return end;
  };

  /** Runs the program under a schedule, with a record from which its lineage can be read. An error is remembered. */
  record(schedule: Schedule, inputs: Inputs = this.usual): RecordedRun {
    const refused = this.watch.refusesRun(this.known);
    if (refused !== undefined) return refused;
    this.announce({ kind: "running", known: this.known });
    const { program, budget, maxTuples, memory } = this.setting;
    return this.timed(this.executions === 0 ? "run" : "rerun", () => {
      this.executions++;
      const tick = (): Stopped | undefined => this.watch.poll();
      const result = runRecorded(
        program,
        { nodes: budget.nodes, eot: budget.eot, schedule, inputs, memory, maxTuples, tick },
        undefined,
      );
      if (result.kind === "error") this.met(result.error);
      else if (result.kind === "run") this.promised ||= isPromising(this.setting.specification, result.execution);
      return result;
    });
  }

  private met(error: EvaluationError): void {
    if (this.erring === undefined || this.compare(error, this.erring) < 0) this.erring = error;
  }

  /** Runs the program under a schedule, and sees what it failed to keep. */
  tryOut(schedule: Schedule, inputs: Inputs = this.usual): Trial | Erring | Stopped {
    const recorded = this.record(schedule, inputs);
    return recorded.kind === "run" ? this.verdictOn(recorded.execution) : recorded;
  }

  /** What an execution failed to keep; for which the failure-free run with its inputs may have to be made first. */
  verdictOn(execution: Execution): Trial | Stopped {
    let end: Stopped | undefined;
    const witnesses = this.judge(execution, () => {
      const run = this.undisturbedWith(execution.inputs);
      if (run.kind === "stopped") end = run;
      return run.kind === "run" ? run.execution : undefined;
    });
    return end ?? { kind: "run", schedule: execution.schedule, execution, witnesses };
  }

  /** The time of some work is added to that of its phase. */
  timed<T>(phase: Phase, work: () => T): T {
    const start = this.watch.now();
    try {
      return work();
    } finally {
      this.spent(phase, start);
    }
  }

  /** The time since a moment of the search's clock is added to that of a phase. */
  spent(phase: Phase, since: number): void {
    this.times[phase] += this.watch.now() - since;
  }

  get statistics(): Statistics {
    return {
      executions: this.executions,
      space: this.space,
      ...this.measures,
      times: { ...this.times, total: this.watch.elapsed },
    };
  }
}

/**
 * Whether a run promises something. What is to be kept is what the failure-free run has: no other run promises any. Where something is
 * excluded, and no more, every run is put to the test.
 */
export function isPromising(specification: Specification, execution: Execution): boolean {
  const { eot, schedule } = execution;
  const promises = promisesOf(specification);
  return (
    promises.length === 0 ||
    promises.some(
      (promise) =>
        (promise.kind === "implied" || schedule.length === 0) && execution.tuples(promising(promise), eot).length > 0,
    )
  );
}
