import type { Algebra, Annotation } from "../faults/annotation.js";
import type { Arrival } from "../faults/environment.js";
import type { Memory } from "../program/memory.js";
import type { Program, RelationId, Rule } from "../program/program.js";
import type { OnCarried } from "./held-back.js";
import type { Recorder } from "./recorder.js";
import type { EvaluationContext } from "./rule-evaluation.js";
import type { Stopped } from "./stopped.js";
import type { ValueId, ValueTable } from "./values.js";
import type { VaryingSums } from "./varying-sums.js";

export interface TimelineOptions {
  readonly program: Program;
  readonly nodes: readonly string[];
  readonly algebra: Algebra;
  readonly values: ValueTable;
  /** The limit on tuples of one instant. */
  readonly maxTuples: number;
  readonly recorder?: Recorder | undefined;
  readonly varyingSums?: VaryingSums | undefined;
  /** Called with every message, delivered or not. */
  readonly onMessage?: OnMessage | undefined;
  readonly onCarried?: OnCarried | undefined;
  /** Whether all instants are kept, or only the last and what rules read by `@N`. */
  readonly keepAll: boolean;
  /** Relations of which every instant is kept regardless. */
  readonly kept?: ReadonlySet<RelationId> | undefined;
  /** What absences do not affect. */
  readonly memory: Memory;
  /** Whether `crash` is evaluated even if no rule reads it. */
  readonly showCrash: boolean;
  fail: EvaluationContext["fail"];
  readonly tick?: Tick | undefined;
  /** The size of the annotations so far, if they have one. */
  readonly size?: (() => number) | undefined;
}

/** Called before each instant, and every few thousand tuples or bindings, with the tuples so far; a result stops the evaluation. */
export type Tick = (instant: number, tuples: number) => Stopped | undefined;

/**
 * A message of a rule: sender, head row, and arrivals, or `undefined` if sender or receiver is not a node; `annotation`: it is sent. The row
 * is reused.
 */
export type OnMessage = (
  rule: Rule,
  sent: number,
  from: ValueId,
  row: Int32Array,
  arrivals: readonly Arrival[] | undefined,
  annotation: Annotation,
) => void;
