import type { Inputs } from "../faults/inputs.js";
import type { Fate as MessageFate } from "../faults/kind.js";
import type { Absence } from "../faults/node-faults.js";
import type { Schedule } from "../faults/schedule.js";
import type { Program, RelationId, Rule, RuleId, Value } from "../program/program.js";

/** A tuple of one relation; columns in order. */
export type Tuple = readonly Value[];

/** A tuple at an instant. */
export interface TupleAt {
  readonly relation: RelationId;
  readonly instant: number;
  readonly args: Tuple;
}

/**
 * What became of a message: whether it is received, and what keeps it from that. `receiver-away`: it arrives, and is lost, since its
 * receiver is down each time; where the receiver stands still it waits, and is delivered.
 */
export type Fate = MessageFate | "receiver-away" | "not-a-node";

/** One head tuple derived by an `@async` rule: a message from `from` to `to`, sent at `sent`. */
export interface Message {
  readonly rule: RuleId;
  readonly relation: RelationId;
  readonly args: Tuple;
  /** The rule's location. An integer is possible here and in `to`, but is never a node. */
  readonly from: Value;
  /** The first argument of the head. */
  readonly to: Value;
  readonly sent: number;
  readonly fate: Fate;
  /** The instants of arrival, ascending: `sent` + 1, a later one, or both. Instants after EOT mean after the end of the run. */
  readonly arrivals: readonly number[];
}

/** What a node had to carry on into an absence: what is kept for its return, and what it forgets. Sorted by relation and columns. */
export interface CarriedInto {
  readonly kept: readonly CarriedTuple[];
  readonly forgotten: readonly CarriedTuple[];
}

export interface CarriedTuple {
  readonly relation: RelationId;
  readonly args: Tuple;
}

/** One execution of a program: the tuples of every instant, and the messages. */
export interface Execution {
  readonly program: Program;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly schedule: Schedule;
  readonly inputs: Inputs;
  /** The tuples of a relation at an instant 1 … eot, sorted by column (integers by size, strings by code unit). */
  tuples(relation: RelationId, instant: number): readonly Tuple[];
  has(relation: RelationId, instant: number, args: Tuple): boolean;
  /** The absence of the node `place` at an instant, during which the relation has no tuple there; `undefined` for observer relations. */
  absenceAt(relation: RelationId, place: Value, instant: number): Absence | undefined;
  /**
   * When a tuple that a rule of this timing gives for an instant comes to hold: then, or, if its node is away, on its return; `undefined` if
   * it is lost or forgotten.
   */
  comesToHold(tuple: TupleAt, timing: Rule["timing"]): number | undefined;
  /** What a node had to carry on into an absence of the schedule. */
  carriedInto(absence: Absence): CarriedInto;
  /** Sorted by instant of sending, sender, receiver, relation, columns; one for each sender, head tuple, instant and rule. */
  messages(): readonly Message[];
  /** The number of firings of each rule (distinct bindings, over all instants), by rule id. */
  firings(): readonly number[];
}

/** An error of the program that only evaluation finds, and that ends the run. */
export interface EvaluationError {
  readonly kind: "division-by-zero" | "integer-overflow" | "too-many-tuples";
  /** Absent for `too-many-tuples`, for which no single rule is responsible. */
  readonly rule?: RuleId;
  readonly relation: RelationId;
  readonly instant: number;
  /** The variables and values of the failing binding; empty if there is none. */
  readonly binding: readonly { readonly variable: string; readonly value: Value }[];
  /** The scenario in which it occurs. */
  readonly schedule: Schedule;
  readonly inputs: Inputs;
}
