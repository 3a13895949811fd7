import type { Tuple } from "../execution/execution.js";
import type { Stopped } from "../execution/stopped.js";
import { Timeline } from "../execution/timeline.js";
import { endingOf } from "../execution/unwinding.js";
import { ValueTable } from "../execution/values.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import type { Memory } from "../program/memory.js";
import { defaultMemory } from "../program/memory.js";
import type { Program, RelationId, RuleId, Value } from "../program/program.js";
import { inputLines } from "../program/program.js";
import { FaultGraph } from "./fault-graph.js";

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
  readonly kind: "built";
  readonly graph: FaultGraph;
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
  /** Relations of which every instant is kept in any case. */
  readonly kept?: ReadonlySet<RelationId>;
  /** What absences leave untouched; by default as the program says, with `pre`, `post` and `never` the observer's. */
  readonly memory?: Memory | undefined;
  /** Whether `crash` is there to be asked for, even if no rule reads it; as `keepAll` by default. */
  readonly showCrash?: boolean;
}

/** Asked before each instant, with the tuples and graph nodes so far, and every few thousand tuples whether to stop. */
export type BuildTick = (instant: number, tuples: number, nodes: number) => Stopped | undefined;

/** Why the lineage over all schedules was not built. */
export interface TooLarge {
  readonly kind: "too-large";
  readonly detail: string;
}

export type Build = AllSchedules | TooLarge | Stopped;

/** Evaluates the program in the graph. */
export function buildAllSchedules(program: Program, budget: Budget, options: BuildOptions, tick?: BuildTick): Build {
  return new LineageBuild(program, budget, options).extend(budget, 0, tick);
}

/** A timeline in a graph, extended from budget to budget over the same nodes. */
export class LineageBuild {
  private readonly graph: FaultGraph;
  private readonly values = new ValueTable();
  private readonly timeline: Timeline;
  /** By instant: under which schedules arithmetic fails there, or in what follows from it at the next instant. */
  private readonly failing: {
    readonly at: (Annotation | undefined)[];
    readonly following: (Annotation | undefined)[];
  } = { at: [], following: [] };
  private readonly undeliverable = new Map<string, Undeliverable & { readonly sent: number }>();
  private tick: BuildTick | undefined;

  constructor(
    private readonly program: Program,
    budget: Budget,
    private readonly options: BuildOptions,
  ) {
    const { values } = this;
    const graph = new FaultGraph(budget, inputLines(program));
    this.graph = graph;
    this.timeline = new Timeline({
      program,
      nodes: budget.nodes,
      values,
      algebra: graph,
      maxTuples: options.maxTuples,
      keepAll: options.keepAll,
      showCrash: options.showCrash ?? options.keepAll,
      kept: options.kept,
      memory: options.memory ?? defaultMemory(program),
      onMessage: (rule, sent, from, row, arrivals) => {
        if (arrivals !== undefined) return;
        const sender = values.value(from);
        const end = budget.nodes.includes(String(sender)) && typeof sender === "string" ? "to" : "from";
        const place = end === "from" ? sender : values.value(row[0] ?? 0);
        const key = `${rule.id} ${end} ${typeof place} ${place}`;
        if (!this.undeliverable.has(key)) this.undeliverable.set(key, { rule: rule.id, place, end, sent });
      },
      tick: (instant, tuples) => this.tick?.(instant, tuples, graph.size),
      fail: ({ timing }, instant, annotation) => {
        const failing = timing === "deductive" ? this.failing.at : this.failing.following;
        failing[instant] = graph.or(failing[instant] ?? FALSE, annotation);
      },
    });
  }

  get graphSize(): number {
    return this.graph.size;
  }

  /** The lineage for a budget that has its instants up to `common` in common with the one before; 0 for the first. */
  extend(budget: Budget, common: number, tick: BuildTick | undefined): Build {
    const { program, graph, timeline, options } = this;
    graph.rebudget(budget);
    this.tick = tick;
    this.failing.at.length = Math.min(this.failing.at.length, common + 1);
    this.failing.following.length = Math.min(this.failing.following.length, common);
    for (const [key, { sent }] of this.undeliverable) if (sent >= common) this.undeliverable.delete(key);
    const ending = endingOf(() => timeline.run(budget.eot, graph.environment, common));
    switch (ending?.kind) {
      case undefined:
        return this.result();
      case "stopped":
      case "too-large":
        return ending;
      case "too-many-tuples": {
        const name = program.relations[ending.relation]?.name ?? "?";
        const detail = `more than ${options.maxTuples} possible tuples at instant ${ending.instant}, the last in ${name}`;
        return { kind: "too-large", detail };
      }
      case "error":
        throw new Error("what fails under some schedule ends no build");
    }
  }

  private result(): AllSchedules {
    const { graph, timeline, values, failing } = this;
    return {
      kind: "built",
      graph,
      failing: [...failing.at, ...failing.following].reduce<Annotation>(
        (any, annotation) => graph.or(any, annotation ?? FALSE),
        FALSE,
      ),
      tuples: timeline.tuples,
      undeliverable: [...this.undeliverable.values()].map(({ rule, place, end }) => ({ rule, place, end })),
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
}
