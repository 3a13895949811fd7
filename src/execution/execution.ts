import type { Inputs } from "../faults/inputs.js";
import type { Fate as MessageFate } from "../faults/kind.js";
import type { Schedule } from "../faults/schedule.js";
import type { Program, RelationId, RuleId, Value } from "../program/program.js";

/** A tuple of one relation; columns in order. */
export type Tuple = readonly Value[];

/** A tuple at an instant. */
export interface TupleAt {
  readonly relation: RelationId;
  readonly instant: number;
  readonly args: Tuple;
}

/** What became of a message: whether it arrives, and what keeps it from arriving. */
export type Fate = MessageFate | "not-a-node";

/** One head tuple that an `@async` rule derived: a message from `from` at `sent` for `to`. */
export interface Message {
  readonly rule: RuleId;
  readonly relation: RelationId;
  readonly args: Tuple;
  /** The rule's location, and the first head argument. Integers stand for themselves: they are never nodes. */
  readonly from: Value;
  readonly to: Value;
  readonly sent: number;
  readonly fate: Fate;
  /** When it arrives, ascending: at `sent` + 1, later, or both; EOT + 1 and later stand for after the end of time. */
  readonly arrivals: readonly number[];
}

/** One execution of a program under one schedule: what held when. */
export interface Execution {
  readonly program: Program;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: Schedule;
  readonly inputs: Inputs;
  /** The tuples of a relation at an instant 1 … eot, sorted by column (integers by size, strings by code unit). */
  tuples(relation: RelationId, instant: number): readonly Tuple[];
  has(relation: RelationId, instant: number, args: Tuple): boolean;
  /** By instant of sending, then sender, receiver, relation, columns; one per (from, head tuple, instant, rule). */
  messages(): readonly Message[];
  /** How often each rule fired (distinct bindings over all instants), by rule id. */
  firings(): readonly number[];
}

/** Why an execution could not be completed: an error of the program that only evaluation shows. */
export interface EvaluationError {
  readonly kind: "division-by-zero" | "integer-overflow" | "too-many-tuples";
  /** Absent for `too-many-tuples` where no single rule is to blame. */
  readonly rule?: RuleId;
  readonly relation: RelationId;
  readonly instant: number;
  /** Variable names and values of the firing, where there is one. */
  readonly binding: readonly { readonly variable: string; readonly value: Value }[];
  /** The schedule under which it happens, and the inputs. */
  readonly schedule: Schedule;
  readonly inputs: Inputs;
}
