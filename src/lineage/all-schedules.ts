import type { Stopped } from "../execution/stopped.js";
import { Timeline } from "../execution/timeline.js";
import type { TooLargeAt } from "../execution/unwinding.js";
import { endingOf } from "../execution/unwinding.js";
import { ValueTable } from "../execution/values.js";
import type { Varying } from "../execution/varying.js";
import { MOST_RESULTS } from "../execution/varying-sums.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import type { CarriedSums } from "../program/carried-sums.js";
import { carriedSums } from "../program/carried-sums.js";
import type { Memory } from "../program/memory.js";
import { defaultMemory } from "../program/memory.js";
import type { Program, RelationId, RuleId, Value } from "../program/program.js";
import { inputLines } from "../program/program.js";
import { EqualRows } from "./equal-rows.js";
import { FaultGraph } from "./fault-graph.js";

/** The arguments of a tuple; those that vary are functions of the schedule. */
export type PossibleArgs = readonly (Value | Varying)[];

/** A tuple that holds under some schedule, with the schedules under which it holds. */
export interface PossibleTuple {
  readonly args: PossibleArgs;
  readonly annotation: Annotation;
}

/**
 * Every execution of a budget at once: each possible tuple with its annotation, a Boolean function of the fault variables. Exact: under
 * the assignment of a schedule, the annotation is true if and only if the run under that schedule has the tuple, unless that run ends
 * in an error (`failing`).
 */
export interface AllSchedules {
  readonly kind: "built";
  readonly graph: FaultGraph;
  /** The possible tuples of a relation at a kept instant, in the order of their first derivation. */
  possible(relation: RelationId, instant: number): readonly PossibleTuple[];
  /** The annotation of one tuple; false if it is impossible. */
  annotationOf(relation: RelationId, instant: number, args: PossibleArgs): Annotation;
  /** The schedules under which evaluation ends in an arithmetic error. */
  readonly failing: Annotation;
  /** By rule id: whether the rule fires under some schedule. */
  readonly canFire: readonly boolean[];
  /** Messages whose sender or receiver is not a node: one per rule, end and place, in the order of discovery. */
  readonly undeliverable: readonly Undeliverable[];
  /** By relation id: the graph nodes that its rules made. */
  readonly growth: readonly number[];
  /** Possible tuples of all instants. */
  readonly tuples: number;
}

/** A message that is never delivered, whatever the schedule under which it is sent. */
export interface Undeliverable {
  readonly rule: RuleId;
  readonly place: Value;
  readonly end: "from" | "to";
  /** It is sent under the schedules that make one of them true, which may be none. */
  readonly annotations: readonly Annotation[];
}

/** The same while the lineage grows: by instant of sending, the annotations. */
interface UndeliverableUntilNow extends Omit<Undeliverable, "annotations"> {
  readonly sent: Map<number, Set<Annotation>>;
}

export interface BuildOptions {
  readonly maxTuples: number;
  /** Keep every instant; otherwise only the last, and what rules read by `@N`. */
  readonly keepAll: boolean;
  /** Relations of which every instant is kept regardless. */
  readonly kept?: ReadonlySet<RelationId>;
  /** What absences do not affect; by default that of the program, with `pre`, `post` and `never` as observer relations. */
  readonly memory?: Memory | undefined;
  /** Whether `crash` is evaluated even if no rule reads it; by default as `keepAll`. */
  readonly showCrash?: boolean;
  /** A sum that may vary has a tuple for each of its results up to so many. */
  readonly mostResults?: number | undefined;
}

/** Called before each instant, and every few thousand tuples, with the tuples and graph nodes so far; a result stops the build. */
export type BuildTick = (instant: number, tuples: number, nodes: number) => Stopped | undefined;

/** Why the lineage over all schedules was not built. */
export interface TooLarge {
  readonly kind: "too-large";
  readonly detail: string;
  /** Where it became too large, as far as that is one rule. */
  readonly at?: TooLargeAt;
}

export type Build = AllSchedules | TooLarge | Stopped;

/** Evaluates the program over a graph for one budget. */
export function buildAllSchedules(program: Program, budget: Budget, options: BuildOptions, tick?: BuildTick): Build {
  return new LineageBuild(program, budget, options).extend(budget, 0, tick);
}

/** A timeline over a graph that is reused from budget to budget with the same nodes. */
export class LineageBuild {
  private readonly graph: FaultGraph;
  private readonly values: ValueTable;
  private readonly carried: CarriedSums;
  private readonly timeline: Timeline;
  /** By instant: the schedules under which arithmetic fails in deductive rules (`at`), or in rules for later instants (`following`). */
  private readonly failing: {
    readonly at: (Annotation | undefined)[];
    readonly following: (Annotation | undefined)[];
  } = { at: [], following: [] };
  private readonly undeliverable = new Map<string, UndeliverableUntilNow>();
  private tick: BuildTick | undefined;

  constructor(
    private readonly program: Program,
    budget: Budget,
    private readonly options: BuildOptions,
  ) {
    const graph = new FaultGraph(budget, inputLines(program));
    const values = new ValueTable(graph);
    this.graph = graph;
    this.values = values;
    this.carried = carriedSums(program);
    this.timeline = new Timeline({
      program,
      nodes: budget.nodes,
      values,
      algebra: graph,
      varyingSums: { ...this.carried, most: options.mostResults ?? MOST_RESULTS, large: new Set() },
      maxTuples: options.maxTuples,
      keepAll: options.keepAll,
      showCrash: options.showCrash ?? options.keepAll,
      kept: options.kept,
      memory: options.memory ?? defaultMemory(program),
      onMessage: (rule, sent, from, row, arrivals, annotation) => {
        if (arrivals !== undefined) return;
        const sender = values.value(from);
        const end = budget.nodes.includes(String(sender)) && typeof sender === "string" ? "to" : "from";
        const place = end === "from" ? sender : values.value(row[0] ?? 0);
        const key = `${rule.id} ${end} ${typeof place} ${place}`;
        const known = this.undeliverable.get(key) ?? { rule: rule.id, place, end, sent: new Map() };
        this.undeliverable.set(key, known);
        known.sent.set(sent, (known.sent.get(sent) ?? new Set()).add(annotation));
      },
      size: () => graph.size,
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

  /** Builds the lineage for a budget, reusing the instants up to `common`, which it shares with the budget before; 0 for the first. */
  extend(budget: Budget, common: number, tick: BuildTick | undefined): Build {
    const { program, graph, timeline, options } = this;
    graph.setBudget(budget);
    this.tick = tick;
    this.failing.at.length = Math.min(this.failing.at.length, common + 1);
    this.failing.following.length = Math.min(this.failing.following.length, common);
    for (const [key, { sent }] of this.undeliverable) {
      for (const t of sent.keys()) if (t >= common) sent.delete(t);
      if (sent.size === 0) this.undeliverable.delete(key);
    }
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
        throw new Error("an arithmetic error ended a build, which only records it");
    }
  }

  private result(): AllSchedules {
    const { graph, timeline, values, failing } = this;
    const equalRows = new EqualRows(values, graph, this.carried.columns);
    return {
      kind: "built",
      graph,
      failing: [...failing.at, ...failing.following].reduce<Annotation>(
        (any, annotation) => graph.or(any, annotation ?? FALSE),
        FALSE,
      ),
      tuples: timeline.tuples,
      growth: this.program.relations.map(({ id }) =>
        timeline.rules.reduce((sum, { rule, growth }) => (rule.head.relation === id ? sum + growth : sum), 0),
      ),
      undeliverable: [...this.undeliverable.values()].map(({ sent, ...message }) => ({
        ...message,
        annotations: [...sent.values()].flatMap((annotations) => [...annotations]),
      })),
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
          found.push({ args: Array.from(row, (id) => values.valueOrVarying(id)), annotation });
        }
        return found;
      },
      annotationOf: (relation, instant, args) => {
        const snapshot = timeline.snapshot(relation, instant);
        const row = args.map((value) => values.internAny(value));
        return snapshot === undefined ? FALSE : equalRows.annotationOf(relation, snapshot, row);
      },
    };
  }
}
