import type { Arrow, ColumnState } from "../../evidence/space-time.js";
import type { StepPlace } from "../text/causal-events.js";

/*
 * The data of the client part of a report, as JSON. Names that repeat are indices into the lists at the top;
 * periods are flat lists: from, to, from, to, …
 */

export interface Model {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly relations: readonly string[];
  /** The static relations among them, by index. */
  readonly everywhere: readonly number[];
  /** Each tuple that holds in some run: relation, the arguments as written, and the location (first argument). */
  readonly tuples: readonly TupleModel[];
  readonly rules: readonly RuleModel[];
  /** The run that the report is about first; then those it is compared with. */
  readonly runs: readonly RunModel[];
  readonly lineages: readonly LineageModel[];
  /** The steps from the faults to the violation, in the first run, in the order of time. */
  readonly steps: readonly StepModel[];
}

export interface StepModel {
  readonly text: string;
  readonly fault?: 1;
  readonly rule?: number;
  readonly places: readonly StepPlace[];
}

export interface TupleModel {
  readonly relation: number;
  readonly text: string;
  readonly place: string;
}

export interface RuleModel {
  readonly place: string;
  readonly text: string;
}

export interface RunModel {
  readonly title: string;
  readonly faults: readonly string[];
  /** By tuple; null if it never holds in the run. */
  readonly periods: readonly (readonly number[] | null)[];
  readonly rows: readonly RowModel[];
  /** False if the run has more derivations than the report contains. */
  readonly complete: boolean;
  readonly arrows: readonly ArrowModel[];
  readonly states: readonly StateModel[];
  readonly marks: readonly MarkModel[];
  /** By rule: how often it fired. */
  readonly firings: readonly number[];
  /** Instants at which something is promised but missing. */
  readonly window: readonly number[];
  /** The tuples of the specification at the end of time. */
  readonly outcomes: readonly number[];
}

/** One way in which a tuple is derived. */
export interface RowModel {
  readonly head: number;
  /** −1: a fact; −2: a crash of the schedule; −3: a restart. */
  readonly rule: number;
  readonly delay: number;
  readonly carries?: 1;
  readonly supports: readonly number[];
  /** Parallel to `supports` if some of them are at a fixed instant: that instant, or 0. */
  readonly fixed?: readonly number[];
  /** Patterns that nothing matched. */
  readonly absences?: readonly string[];
  /** Sender and receiver of a message. */
  readonly message?: readonly [string, string];
  readonly fired: readonly number[];
}

/** The message from one node to another at one instant. */
export interface ArrowModel {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** The instants at which it arrives. */
  readonly arrivals: readonly number[];
  readonly fate: Arrow["fate"];
  /** Pairs: tuple, rule. */
  readonly loads: readonly (readonly [number, number])[];
  /** Its contents as labels of the drawing, one for each relation. */
  readonly labels: readonly { readonly relation: number; readonly text: string }[];
}

/** The state of a node at the instants `from` … `to`; otherwise it is up. */
export interface StateModel extends ColumnState {
  readonly node: string;
}

/** Nothing that is sent along these channels at the instants `from` … `to` arrives. */
export interface MarkModel {
  /** Pairs: sender, receiver. */
  readonly channels: readonly (readonly [string, string])[];
  readonly from: number;
  readonly to: number;
}

export interface LineageModel {
  readonly title: string;
  /** Index of the run in which "lost" nodes hold. */
  readonly keeping: number;
  readonly nodes: readonly LineageNodeModel[];
  /** Triples: from, to, and 1 where the edge stands for an absence. */
  readonly edges: readonly (readonly [number, number, 0 | 1])[];
  readonly roots: readonly number[];
  /** The nodes shown at first. */
  readonly shown: readonly number[];
  readonly complete: boolean;
}

export interface LineageNodeModel {
  readonly kind: "tuple" | "rule" | "message" | "absence";
  readonly label: string;
  readonly note: string;
  readonly change: "same" | "lost" | "gained";
  readonly cut?: 1;
  readonly tuple?: number;
  readonly instant: number;
  readonly rule?: number;
  readonly message?: readonly [string, string];
  readonly instants?: readonly number[];
}
