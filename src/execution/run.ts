import { constants, FALSE } from "../faults/annotation.js";
import type { Arrival } from "../faults/environment.js";
import { FaultyEnvironment } from "../faults/environment.js";
import type { Inputs } from "../faults/inputs.js";
import { defaultInputs } from "../faults/inputs.js";
import { kindOf, losesMessage } from "../faults/kinds.js";
import type { Absence } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import { absenceAt } from "../faults/schedule.js";
import { valuesUnder } from "../faults/variables.js";
import type { Memory } from "../program/memory.js";
import { defaultMemory } from "../program/memory.js";
import type { Program, RelationId, Rule, Value } from "../program/program.js";
import { inputLines } from "../program/program.js";
import type {
  CarriedInto,
  CarriedTuple,
  EvaluationError,
  Execution,
  Fate,
  Message,
  Tuple,
  TupleAt,
} from "./execution.js";
import type { Recorder } from "./recorder.js";
import type { Stopped } from "./stopped.js";
import { Timeline } from "./timeline.js";
import type { Tick } from "./timeline-options.js";
import { endingOf, Unwinding } from "./unwinding.js";
import { compareTuples, compareValues } from "./value-order.js";
import type { ValueId } from "./values.js";
import { DIVISION_BY_ZERO, isFailure, ValueTable } from "./values.js";

export const DEFAULT_MAX_TUPLES = 1_000_000;

export interface RunOptions {
  readonly nodes: readonly string[];
  /** ≥ 1. */
  readonly eot: number;
  readonly schedule: Schedule;
  /** The choice for each input line; by default no `maybe` and the first alternative of each `one-of`. */
  readonly inputs?: Inputs | undefined;
  /** What absences do not affect; by default that of the program, with `pre`, `post` and `never` as observer relations. */
  readonly memory?: Memory | undefined;
  /** The limit on tuples of one instant; 1,000,000 by default. */
  readonly maxTuples?: number | undefined;
  /** Called between instants and every few thousand tuples; a result stops the run. */
  readonly tick?: Tick | undefined;
}

export type RunResult =
  | { readonly kind: "run"; readonly execution: Execution }
  | { readonly kind: "error"; readonly error: EvaluationError }
  | Stopped;

/** An execution with the tables that resolve a recorder's positions and value ids. */
export interface RunRecord {
  readonly execution: Execution;
  readonly timeline: Timeline;
  readonly values: ValueTable;
}

/**
 * A run with its record. The record of a run that ends in an error has what was evaluated before it: every message sent before the
 * instant of an arithmetic error, and of that instant the tuples that the failing rule reads.
 */
export type RecordedRun =
  | ({ readonly kind: "run" } & RunRecord)
  | ({ readonly kind: "error"; readonly error: EvaluationError } & RunRecord)
  | Stopped;

/** Evaluates a program in one scenario. */
export function run(program: Program, options: RunOptions): RunResult {
  return runRecorded(program, options, undefined);
}

/** The same, with the record of the run; derivations are reported to `recorder`. */
export function runRecorded(program: Program, options: RunOptions, recorder: Recorder | undefined): RecordedRun {
  const { nodes, eot, schedule } = options;
  const inputs = options.inputs ?? defaultInputs(inputLines(program));
  const values = new ValueTable();
  const messages: Message[] = [];
  const carried: Carried[] = [];
  const timeline = new Timeline({
    program,
    nodes,
    values,
    algebra: constants,
    maxTuples: options.maxTuples ?? DEFAULT_MAX_TUPLES,
    recorder,
    keepAll: true,
    showCrash: true,
    memory: options.memory ?? defaultMemory(program),
    tick: options.tick,
    onMessage: (rule, sent, from, row, arrivals) => {
      const args = values.read(row);
      const sender = values.value(from);
      const to = args[0] ?? sender;
      const { relation } = rule.head;
      const isReceived = ({ at }: Arrival): boolean =>
        timeline.heldBack.comesToHold(relation, row, at, "arriving") !== undefined;
      const fate =
        arrivals === undefined
          ? "not-a-node"
          : arrivals.length === 0
            ? lossOf(schedule, String(sender), String(to), sent)
            : arrivals.some(isReceived)
              ? "delivered"
              : "receiver-away";
      messages.push({
        rule: rule.id,
        relation,
        args,
        from: sender,
        to,
        sent,
        fate,
        arrivals: (arrivals ?? []).map(({ at }) => at),
      });
    },
    onCarried: (relation, row, at, kept) => carried.push({ relation, args: values.read(row), at, kept }),
    fail: (rule, instant, _annotation, failure, binding) => {
      const error: EvaluationError = {
        kind: failure === DIVISION_BY_ZERO ? "division-by-zero" : "integer-overflow",
        rule: rule.id,
        relation: rule.head.relation,
        instant,
        binding: readableBinding(rule, binding, values),
        schedule,
        inputs,
      };
      throw new Unwinding({ kind: "error", error });
    },
  });
  const record: RunRecord = {
    execution: new RunExecution(program, options, timeline, values, messages, carried),
    timeline,
    values,
  };
  const environment = new FaultyEnvironment(nodes.length, constants, valuesUnder(nodes, schedule, inputs));
  const ending = endingOf(() => timeline.run(eot, environment));
  switch (ending?.kind) {
    case undefined:
      return { kind: "run", ...record };
    case "stopped":
      return ending;
    case "error":
      return { ...ending, ...record };
    case "too-many-tuples": {
      const { kind, relation, instant } = ending;
      return { kind: "error", error: { kind, relation, instant, binding: [], schedule, inputs }, ...record };
    }
    case "too-large":
      throw new Error(`an evaluation over constants exceeded a limit on annotations: ${ending.detail}`);
  }
}

/** What became of a message that does not arrive: the fate of the first fault that loses it. */
function lossOf(schedule: Schedule, from: string, to: string, sent: number): Fate {
  const fault = schedule.find((f) => losesMessage(f, from, to, sent));
  if (fault === undefined) throw new Error(`no fault loses the message from ${from} to ${to} sent at ${sent}`);
  return kindOf(fault.kind).fate;
}

function readableBinding(rule: Rule, binding: ArrayLike<ValueId>, values: ValueTable): EvaluationError["binding"] {
  return rule.variables.flatMap((variable, i) => {
    const id = binding[i];
    return id === undefined || isFailure(id) || !values.has(id) ? [] : [{ variable, value: values.value(id) }];
  });
}

function compareMessages(a: Message, b: Message): number {
  return (
    a.sent - b.sent ||
    compareValues(a.from, b.from) ||
    compareValues(a.to, b.to) ||
    a.relation - b.relation ||
    compareTuples(a.args, b.args) ||
    a.rule - b.rule
  );
}

/** Sorted, without repetitions: several bindings can send one message. */
function distinctMessages(messages: Message[]): readonly Message[] {
  messages.sort(compareMessages);
  return messages.filter((message, i) => {
    const previous = messages[i - 1];
    return previous === undefined || compareMessages(previous, message) !== 0;
  });
}

/** A tuple that `@next` rules carry to an instant at which its node is away, and whether it is kept for the node's return. */
interface Carried extends CarriedTuple {
  readonly at: number;
  readonly kept: boolean;
}

/** The source of a head, by the timing of its rule. */
const sourceByTiming = { deductive: "derived", inductive: "carried", async: "arriving" } as const;

class RunExecution implements Execution {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: Schedule;
  readonly inputs: Inputs;
  private sent: readonly Message[] | undefined;

  constructor(
    readonly program: Program,
    options: RunOptions,
    private readonly timeline: Timeline,
    private readonly values: ValueTable,
    private readonly unordered: Message[],
    private readonly carried: readonly Carried[],
  ) {
    this.nodes = options.nodes;
    this.eot = options.eot;
    this.schedule = options.schedule;
    this.inputs = options.inputs ?? defaultInputs(inputLines(program));
  }

  tuples(relation: RelationId, instant: number): readonly Tuple[] {
    const snapshot = this.timeline.snapshot(relation, instant);
    if (snapshot === undefined) return [];
    const { rows, arity } = snapshot.extent;
    const tuples: Tuple[] = [];
    for (let p = 0; p < snapshot.count; p++) {
      if (snapshot.annotation(p) !== FALSE) tuples.push(this.values.read(rows, p * arity, (p + 1) * arity));
    }
    return tuples.sort(compareTuples);
  }

  has(relation: RelationId, instant: number, args: Tuple): boolean {
    const snapshot = this.timeline.snapshot(relation, instant);
    return snapshot !== undefined && snapshot.annotationOf(args.map((v) => this.values.intern(v))) !== FALSE;
  }

  absenceAt(relation: RelationId, place: Value, instant: number): Absence | undefined {
    if (relation === this.program.crash || this.timeline.memory.observer.has(relation)) return undefined;
    return absenceAt(this.schedule, place, instant);
  }

  comesToHold({ relation, instant, args }: TupleAt, timing: Rule["timing"]): number | undefined {
    const row = Int32Array.from(args, (value) => this.values.intern(value));
    return this.timeline.heldBack.comesToHold(relation, row, instant, sourceByTiming[timing]);
  }

  carriedInto({ node, at, until }: Absence): CarriedInto {
    const here = this.carried.filter((c) => c.args[0] === node && at <= c.at && c.at < until);
    const sorted = here.sort((a, b) => a.relation - b.relation || compareTuples(a.args, b.args));
    const distinct = sorted.filter((c, i) => {
      const previous = sorted[i - 1];
      return previous?.relation !== c.relation || compareTuples(previous.args, c.args) !== 0;
    });
    return { kept: distinct.filter(({ kept }) => kept), forgotten: distinct.filter(({ kept }) => !kept) };
  }

  messages(): readonly Message[] {
    this.sent ??= distinctMessages(this.unordered);
    return this.sent;
  }

  firings(): readonly number[] {
    return this.timeline.rules.map((rule, id) => rule.firings + (this.timeline.carried[id] ?? 0));
  }
}
