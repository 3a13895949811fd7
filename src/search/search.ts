import type { EvaluationError, Execution } from "../execution/execution.js";
import type { RecordedRun } from "../execution/run.js";
import { runRecorded } from "../execution/run.js";
import type { Budget } from "../faults/budget.js";
import type { Schedule } from "../faults/schedule.js";
import { noFaults } from "../faults/schedule.js";
import type { SpaceSize } from "../faults/space.js";
import { spaceOf } from "../faults/space.js";
import type { Program } from "../program/program.js";
import type { Specification } from "../program/specification.js";
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
}

/** What a strategy finds out. A limit reached on the way is thrown (`Stopped`), an error of the program too (`ProgramFailed`). */
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
      /** A schedule that reaches an error of the program was met besides. */
      readonly error?: EvaluationError;
    };

export type ViolatedOutcome = Extract<Outcome, { readonly kind: "violated" }>;

/** A way to look for a counterexample. The failure-free run is correct when it is called. */
export type Strategy = (search: Search) => Outcome;

/** What an execution failed to keep, given the failure-free one; nothing if it is correct. */
export type Judge = (execution: Execution, failureFree: () => Execution) => readonly Witness[];

/** A schedule that was run: a counterexample, if it has witnesses. */
export interface Trial extends Omit<Counterexample, "witnesses"> {
  /** Sorted like tuples; none if the run is correct. */
  readonly witnesses: readonly Witness[];
}

export function violates(trial: Trial): trial is Counterexample {
  return trial.witnesses.length > 0;
}

/** A schedule under which the program fails in evaluation. */
export class ProgramFailed extends Error {
  constructor(readonly evaluationError: EvaluationError) {
    super(evaluationError.kind);
  }
}

export interface SearchOptions extends Limits {
  readonly all: boolean;
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  readonly onDimacs: ((text: string) => void) | undefined;
}

/** A run that did not end in an error. */
export type Recorded = Extract<RecordedRun, { readonly kind: "run" }>;

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
  private first: Recorded | undefined;

  /** `judge` says what a run failed to keep; by default what the specification says. */
  constructor(
    readonly setting: Setting,
    readonly options: SearchOptions,
    private readonly judge: Judge = (execution, failureFree) =>
      witnessesOf(setting.specification, execution, failureFree),
  ) {
    this.watch = new Watch(options);
    this.space = spaceOf(setting.budget);
  }

  /** The failure-free run, made when it is first asked for. */
  get failureFree(): Execution {
    return this.undisturbed.execution;
  }

  /** The same, with its record. */
  get undisturbed(): Recorded {
    this.first ??= this.record(noFaults);
    return this.first;
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

  /** Before the solver is called, which blocks: what is ruled out, and the bound on the faults. */
  solving(ruledOut: number, atMost: number | undefined): void {
    this.ruleOut(ruledOut);
    this.watch.poll();
    this.announce({ kind: "solving", known: this.known, atMost });
  }

  /** Runs the program under a schedule. */
  run(schedule: Schedule): Execution {
    return this.record(schedule).execution;
  }

  /** The same, with what its lineage can be read from. */
  record(schedule: Schedule): Recorded {
    this.watch.admitRun(this.known);
    this.announce({ kind: "running", known: this.known });
    const { program, budget, maxTuples } = this.setting;
    return this.timed(this.executions === 0 ? "run" : "rerun", () => {
      this.executions++;
      const tick = (): void => this.watch.poll();
      const result = runRecorded(
        program,
        { nodes: budget.nodes, eot: budget.eot, schedule, maxTuples, tick },
        undefined,
      );
      if (result.kind === "error") throw new ProgramFailed(result.error);
      return result;
    });
  }

  /** Runs the program under a schedule, and sees what it failed to keep. */
  tryOut(schedule: Schedule): Trial {
    const execution = this.run(schedule);
    return this.verdictOn(execution);
  }

  /** What an execution failed to keep. */
  verdictOn(execution: Execution): Trial {
    return { schedule: execution.schedule, execution, witnesses: this.judge(execution, () => this.failureFree) };
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
