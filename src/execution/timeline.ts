import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { Environment, TupleSource } from "../faults/environment.js";
import { nothingHappens } from "../faults/environment.js";
import type { Memory } from "../program/memory.js";
import { isPersistence } from "../program/persistence.js";
import type { RelationId, Rule } from "../program/program.js";
import { crashSnapshot, factsByInstant, staticSnapshots } from "./facts.js";
import type { InstantState } from "./fixpoint.js";
import { derive, evaluateStratum } from "./fixpoint.js";
import { HeldBack } from "./held-back.js";
import { LateMessages } from "./late-messages.js";
import type { MessageLocation } from "./messages.js";
import { messageLocation } from "./messages.js";
import type { Due } from "./recorder.js";
import { Snapshot } from "./relation-store.js";
import type { EvaluationContext } from "./rule-evaluation.js";
import { RuleEvaluation } from "./rule-evaluation.js";
import type { TimelineOptions } from "./timeline-options.js";
import { Unwinding } from "./unwinding.js";
import type { ValueId } from "./values.js";

/** The counters at the end of an instant, before its successor is derived; those of rules by id. */
interface Checkpoint {
  readonly tuples: number;
  readonly firings: readonly number[];
  readonly carried: readonly number[];
}

const TICK = 8192;

/**
 * The evaluation of the instants 1 … EOT of a program over one algebra. Each instant is evaluated in three steps:
 *
 *     facts and `restart` of the instant
 *     deductive rules, stratum by stratum
 *     successor: persistent relations are carried, `@next` and `@async` heads are derived for later instants
 *
 * A carried relation shares its extent with the instant before and, until it is written, its annotations.
 */
export class Timeline {
  /** By rule id. Plain persistence rules are never run; `carried` counts their firings. */
  readonly rules: readonly RuleEvaluation[];
  /** The number of rows carried by each plain persistence rule, by rule id. */
  carried: number[];
  /** Tuples of all instants evaluated so far. */
  tuples = 0;

  private readonly context: EvaluationContext;
  private readonly instants: (Snapshot | undefined)[][] = [];
  readonly heldBack: HeldBack;
  private readonly late = new LateMessages();
  private readonly persistence: readonly Rule[];
  private readonly later: readonly { readonly rule: RuleEvaluation; readonly location: MessageLocation | undefined }[];
  private readonly nodeIndex = new Map<ValueId, number>();
  private readonly hasCrash: boolean;
  /** The static relations, which are the same at every instant. */
  private readonly statics: ReadonlyMap<RelationId, Snapshot>;
  private readonly checkpoints: Checkpoint[] = [];
  private readonly referenced: ReadonlySet<string>;
  private environment: Environment = nothingHappens;
  /** Tuples of the instant being written. */
  private written = 0;
  private currentInstant = 0;

  constructor(private readonly options: TimelineOptions) {
    const { program, values } = options;
    this.context = {
      values,
      algebra: options.algebra,
      recorder: options.recorder,
      maxOutcomes: options.maxTuples,
      varyingSums: options.varyingSums,
      size: options.size,
      tick: () => this.poll(this.tuples + this.written),
      fail: options.fail,
    };
    this.rules = program.rules.map((rule) => new RuleEvaluation(rule, this.context));
    this.carried = program.rules.map(() => 0);
    this.persistence = program.rules.filter(isPersistence);
    this.later = this.rules
      .filter(({ rule }) => rule.timing !== "deductive" && !isPersistence(rule))
      .map((rule) => ({
        rule,
        location: rule.rule.timing === "async" ? messageLocation(rule.rule, values) : undefined,
      }));
    options.nodes.forEach((node, i) => {
      this.nodeIndex.set(values.intern(node), i);
    });
    this.heldBack = new HeldBack(program, options.memory, options.algebra, this.nodeIndex, options.onCarried);
    const literals = program.rules.flatMap((rule) => rule.body.flatMap((l) => (l.kind === "comparison" ? [] : [l])));
    this.referenced = new Set(literals.flatMap((l) => (l.instant === undefined ? [] : [`${l.relation}@${l.instant}`])));
    this.statics = staticSnapshots(program, values);
    this.hasCrash = options.showCrash || literals.some((l) => l.relation === program.crash);
  }

  /** What absences do not affect. */
  get memory(): Memory {
    return this.options.memory;
  }

  /** The snapshot of a relation at an instant 1 … EOT, if it is kept and not empty. */
  snapshot(relation: RelationId, instant: number): Snapshot | undefined {
    return this.instants[instant]?.[relation];
  }

  /**
   * Evaluates the instants 1 … EOT in an environment. With `from`, the instants up to it are reused from an earlier call, which must
   * have reached it and kept all instants. EOT and the environment may differ from the earlier call; the caller guarantees that the
   * difference has no effect up to `from`. The relation `crash` of the reused instants stays as it was.
   */
  run(eot: number, environment: Environment, from = 0): void {
    this.environment = environment;
    this.heldBack.environment = environment;
    const { program, values, keepAll } = this.options;
    const factsAt = factsByInstant(program, values, environment);
    const crashes = this.hasCrash ? crashSnapshot(this.options.nodes, values, environment, eot) : undefined;
    let current = from === 0 ? this.noTuples() : this.resumed(from, eot);
    for (let t = from + 1; t <= eot; t++) {
      this.currentInstant = t;
      this.poll(this.tuples);
      this.instants[t] = current;
      current[program.crash] = crashes;
      for (const [relation, snapshot] of this.statics) current[relation] = snapshot;
      const state = this.stateAt(t, current);
      for (const { relation, row, when } of factsAt.get(t) ?? []) derive(state, relation, row, when);
      if (program.restart !== undefined) this.insertRestarts(program.restart, t, state);
      for (const stratum of program.strata) {
        evaluateStratum(
          stratum,
          stratum.rules.map((id) => this.rules[id] as RuleEvaluation),
          state,
          this.context,
        );
      }
      this.tuples += this.written;
      if (keepAll)
        this.checkpoints[t] = {
          tuples: this.tuples,
          firings: this.rules.map((rule) => rule.firings),
          carried: [...this.carried],
        };
      if (t < eot) current = this.successor(t, current, state);
      if (!keepAll) this.forget(t - 1);
    }
    if (!keepAll) this.forget(eot - 1);
  }

  private poll(tuples: number): void {
    const ended = this.options.tick?.(this.currentInstant, tuples);
    if (ended !== undefined) throw new Unwinding(ended);
  }

  private noTuples(): (Snapshot | undefined)[] {
    return this.options.program.relations.map(() => undefined);
  }

  /** Drops everything after an instant. Returns the instant after it, which is empty if `from` is EOT. */
  private resumed(from: number, eot: number): (Snapshot | undefined)[] {
    const checkpoint = this.checkpoints[from];
    if (checkpoint === undefined) throw new Error(`instant ${from} was not kept`);
    this.tuples = checkpoint.tuples;
    this.carried = [...checkpoint.carried];
    this.rules.forEach((rule, id) => {
      rule.firings = checkpoint.firings[id] ?? 0;
    });
    this.instants.length = from + 1;
    this.checkpoints.length = from + 1;
    this.heldBack.forgetAfter(from);
    this.late.forgetFrom(from);
    // The extents still contain rows added by instants that are dropped; a row that is derived again has to be new.
    const current = (this.instants[from] ?? []).map((snapshot) => snapshot?.unextended());
    this.instants[from] = current;
    return from < eot ? this.successor(from, current, this.stateAt(from, current)) : this.noTuples();
  }

  /** The tuples of t + 1 that follow from t: carried, derived by `@next` rules, or brought by messages. */
  private successor(
    t: number,
    current: readonly (Snapshot | undefined)[],
    state: InstantState,
  ): (Snapshot | undefined)[] {
    const next = this.noTuples();
    this.written = 0;
    for (const rule of this.persistence) {
      const { relation } = rule.head;
      const snapshot = current[relation];
      if (snapshot === undefined) continue;
      this.carried[rule.id] = (this.carried[rule.id] ?? 0) + snapshot.count;
      if (next[relation] !== undefined) continue;
      next[relation] = snapshot.carried();
      this.written += snapshot.count;
    }
    this.currentInstant = t + 1;
    const following = this.stateAt(t + 1, next);
    this.heldBack.carry(t, next, following);
    for (const { rule, location } of this.later) {
      if (t < rule.firstInstant) continue;
      const { relation } = rule.rule.head;
      rule.run(t, state, (row, annotation) => {
        if (location !== undefined) return this.send(rule, location, t, row, annotation, following);
        this.place(relation, row, annotation, t + 1, "carried", following);
        return following.due;
      });
    }
    for (const { relation, row, annotation } of this.late.due(t + 1))
      this.place(relation, row, annotation, t + 1, "arriving", following);
    return next;
  }

  /** Stores a tuple that is to hold at an instant, split into the part that holds there and the part that is held back. */
  private place(
    relation: RelationId,
    row: Int32Array,
    annotation: Annotation,
    at: number,
    source: Exclude<TupleSource, "kept">,
    state: InstantState,
  ): void {
    const now = this.heldBack.withhold(relation, row, annotation, at, source);
    if (now !== FALSE) state.insert(relation, row, now);
  }

  /** Derives `restart` for the nodes that come back at an instant. */
  private insertRestarts(relation: RelationId, at: number, state: InstantState): void {
    for (const [id, node] of this.nodeIndex) {
      const annotation = this.environment.restarted(node, at);
      derive(state, relation, Int32Array.of(id), annotation);
    }
  }

  private send(
    rule: RuleEvaluation,
    location: MessageLocation,
    t: number,
    row: Int32Array,
    annotation: Annotation,
    following: InstantState,
  ): readonly Due[] {
    const { algebra, onMessage } = this.options;
    const { relation } = rule.rule.head;
    const from = location.sender(row, rule.join.binding);
    const sender = this.nodeIndex.get(from);
    const receiver = this.nodeIndex.get(row[0] as number);
    if (sender === undefined || receiver === undefined) {
      onMessage?.(rule.rule, t, from, row, undefined, annotation);
      return [];
    }
    const arrivals = this.environment.arrivals(sender, receiver, t);
    onMessage?.(rule.rule, t, from, row, arrivals, annotation);
    for (const { at, when } of arrivals) {
      const delivered = when === TRUE ? annotation : algebra.and(annotation, when);
      if (delivered === FALSE) continue;
      if (at === t + 1) this.place(relation, row, delivered, at, "arriving", following);
      else this.late.add({ relation, row: row.slice(), annotation: delivered, at }, t);
    }
    return arrivals;
  }

  private stateAt(instant: number, snapshots: (Snapshot | undefined)[]): InstantState {
    const { program, algebra, maxTuples } = this.options;
    const writable = (relation: RelationId): Snapshot => {
      snapshots[relation] ??= Snapshot.empty(program.relations[relation]?.arity ?? 0);
      return snapshots[relation];
    };
    return {
      instant,
      due: [{ at: instant }],
      writable,
      prune: (relation) => {
        snapshots[relation] = snapshots[relation]?.pruned();
      },
      snapshot: (relation, at) =>
        at === undefined || at === instant ? snapshots[relation] : this.instants[at]?.[relation],
      derivable: (relation, row, annotation) => this.heldBack.withhold(relation, row, annotation, instant, "derived"),
      insert: (relation, row, annotation) => {
        const snapshot = writable(relation);
        const position = snapshot.extent.add(row);
        const before = snapshot.annotation(position);
        if (before === FALSE) {
          if (++this.written > maxTuples) throw new Unwinding({ kind: "too-many-tuples", relation, instant });
          if (this.written % TICK === 0) this.poll(this.tuples + this.written);
          snapshot.set(position, annotation);
        } else {
          const either = annotation === TRUE ? TRUE : algebra.or(before, annotation);
          if (either !== before) snapshot.set(position, either);
        }
        return position;
      },
    };
  }

  /** Drops the snapshots of a complete instant that no later instant reads. */
  private forget(instant: number): void {
    const snapshots = this.instants[instant];
    this.heldBack.forget(instant);
    snapshots?.forEach((_, relation) => {
      const isKept =
        this.options.kept?.has(relation as RelationId) === true || this.referenced.has(`${relation}@${instant}`);
      if (!isKept) snapshots[relation] = undefined;
    });
  }
}
