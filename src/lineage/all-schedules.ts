import type { Budget } from "../faults/budget.js";
import { TooManyOutcomes } from "../execution/aggregates.js";
import type { Annotation } from "../execution/annotation.js";
import { FALSE } from "../execution/annotation.js";
import { ComponentTooLarge } from "../execution/ground-component.js";
import { Timeline, TooManyTuples } from "../execution/timeline.js";
import { ValueTable } from "../execution/values.js";
import type { Tuple } from "../execution/execution.js";
import type { Program, RelationId, RuleId, Value } from "../program/program.js";
import { FaultVariables } from "./fault-variables.js";
import { Graph, GraphTooLarge } from "./graph.js";

/** A tuple that some schedule gives, with the schedules that do. */
export interface PossibleTuple {
  readonly args: Tuple;
  readonly annotation: Annotation;
}

/**
 * Every execution of a budget at once: each possible tuple with the Boolean function of the fault variables that says
 * under which schedules it is derived. Exact: under an assignment, a tuple's annotation is true iff the concrete
 * run under that schedule has the tuple (unless that run ends in an error: `failing`).
 */
export interface AllSchedules {
  readonly graph: Graph;
  /** The possible tuples of a relation at an instant that was kept, in the order of their derivation. */
  possible(relation: RelationId, instant: number): readonly PossibleTuple[];
  /** The annotation of one tuple; false if it is impossible. */
  annotationOf(relation: RelationId, instant: number, args: Tuple): Annotation;
  /** Under which schedules the evaluation ends in an arithmetic error. */
  readonly failing: Annotation;
  /** By rule id: whether the rule fires under some schedule. */
  readonly canFire: readonly boolean[];
  /** Messages from or to a place that is no node: one per rule, end and place, in order of discovery. */
  readonly undeliverable: readonly Undeliverable[];
  /** Possible tuples of all instants. */
  readonly tuples: number;
}

/** A message that is never delivered, whatever the schedule. */
export interface Undeliverable {
  readonly rule: RuleId;
  readonly place: Value;
  readonly end: "from" | "to";
}

export interface BuildOptions {
  readonly maxTuples: number;
  /** Keep every instant; otherwise only the last and what the program reads by `@N`. */
  readonly keepAll: boolean;
  readonly tick?: (instant: number, tuples: number, nodes: number) => void;
}

/** Why the lineage over all schedules was not built. */
export interface TooLarge {
  readonly kind: "too-large";
  readonly detail: string;
}

/** Evaluates the program in the graph. Throws only what `tick` throws. */
export function buildAllSchedules(program: Program, budget: Budget, options: BuildOptions): AllSchedules | TooLarge {
  const graph = new Graph(new FaultVariables(budget));
  const values = new ValueTable();
  let failing: Annotation = FALSE;
  const undeliverable = new Map<string, Undeliverable>();
  const timeline = new Timeline({
    program,
    nodes: budget.nodes,
    eot: budget.eot,
    values,
    algebra: graph,
    maxTuples: options.maxTuples,
    keepAll: options.keepAll,
    onMessage: (rule, _sent, from, row, lost) => {
      if (lost !== undefined) return;
      const sender = values.value(from);
      const end = budget.nodes.includes(String(sender)) && typeof sender === "string" ? "to" : "from";
      const place = end === "from" ? sender : values.value(row[0] ?? 0);
      undeliverable.set(`${rule.id} ${end} ${typeof place} ${place}`, { rule: rule.id, place, end });
    },
    tick: (instant, tuples) => options.tick?.(instant, tuples, graph.size),
    fail: (_rule, _instant, annotation) => {
      failing = graph.or(failing, annotation);
    },
  });
  try {
    timeline.run();
  } catch (thrown) {
    if (thrown instanceof TooManyTuples) {
      const name = program.relations[thrown.relation]?.name ?? "?";
      return { kind: "too-large", detail: `more than ${options.maxTuples} possible tuples at instant ${thrown.instant}, the last in ${name}` };
    }
    if (thrown instanceof TooManyOutcomes) return { kind: "too-large", detail: "an aggregate has too many possible results" };
    if (thrown instanceof ComponentTooLarge) return { kind: "too-large", detail: "a recursive relation has too many possible tuples that depend on each other" };
    if (thrown instanceof GraphTooLarge) return { kind: "too-large", detail: "the lineage over all schedules has too many nodes" };
    throw thrown;
  }
  return {
    graph,
    failing,
    tuples: timeline.tuples,
    undeliverable: [...undeliverable.values()],
    canFire: timeline.rules.map((rule, id) => rule.firings + (timeline.carried[id] ?? 0) > 0),
    possible: (relation, instant) => {
      const snapshot = timeline.snapshot(relation, instant);
      if (snapshot === undefined) return [];
      const { extent } = snapshot;
      const found: PossibleTuple[] = [];
      for (let p = 0; p < snapshot.count; p++) {
        const annotation = snapshot.annotation(p);
        if (annotation === FALSE) continue;
        const row = extent.rows.subarray(p * extent.arity, (p + 1) * extent.arity);
        found.push({ args: Array.from(row, (id) => values.value(id)), annotation });
      }
      return found;
    },
    annotationOf: (relation, instant, args) =>
      timeline.snapshot(relation, instant)?.annotationOf(args.map((v) => values.intern(v))) ?? FALSE,
  };
}
