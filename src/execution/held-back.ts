import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Environment, Presence, TupleSource } from "../faults/environment.js";
import { nothingHappens } from "../faults/environment.js";
import type { Memory } from "../program/memory.js";
import type { Program, RelationId } from "../program/program.js";
import type { InstantState } from "./fixpoint.js";
import { Snapshot } from "./relation-store.js";
import type { ValueId } from "./values.js";

/** Told of every tuple that `@next` rules carry to an instant at which its node may be away, and whether it is held back there. The row is reused. */
export type OnCarried = (relation: RelationId, row: Int32Array, at: number, kept: boolean) => void;

/**
 * The tuples that are held back while their node is away. Each has one more annotation per instant,
 *
 *     held(t + 1) = (held(t) ∨ new(t + 1)) ∧ away(t + 1)        holds(t + 1) = (held(t) ∨ new(t + 1)) ∧ ¬away(t + 1)
 *
 * so the graph grows by a constant for each tuple and instant, and not for each period that an absence can last.
 */
export class HeldBack {
  environment: Environment = nothingHappens;
  /** By instant, then relation. */
  private readonly held: (Snapshot | undefined)[][] = [];

  constructor(
    private readonly program: Program,
    private readonly memory: Memory,
    private readonly algebra: Algebra,
    private readonly nodeIndex: ReadonlyMap<ValueId, number>,
    private readonly onCarried: OnCarried | undefined,
  ) {}

  /** The tuples of a relation that are held back at an instant that is kept. */
  at(relation: RelationId, instant: number): Snapshot | undefined {
    return this.held[instant]?.[relation];
  }

  /** Drops the tuples held back at an instant. */
  forget(instant: number): void {
    this.held[instant] = [];
  }

  /** Drops the tuples held back after an instant. */
  forgetAfter(instant: number): void {
    this.held.length = Math.min(this.held.length, instant + 1);
  }

  /**
   * Splits the annotations of the rows that plain persistence rules carry to t + 1, and of the rows held back at t, into the part that
   * holds at t + 1 and the part that is held back there. Does nothing if no node can be away.
   */
  carry(t: number, next: (Snapshot | undefined)[], following: InstantState): void {
    if (!this.environment.hasAbsences) return;
    const { algebra, memory } = this;
    const before = this.held[t] ?? [];
    const counts = next.map((snapshot) => snapshot?.count ?? 0);
    const gone = new Set<RelationId>();
    next.forEach((snapshot, relation) => {
      if (snapshot === undefined || memory.observer.has(relation as RelationId)) return;
      const { extent, count } = snapshot;
      for (let p = 0; p < count; p++) {
        const row = extent.rows.slice(p * extent.arity, (p + 1) * extent.arity);
        const held = before[relation]?.annotationOf(row) ?? FALSE;
        const annotation = algebra.or(snapshot.annotation(p), held);
        const now = this.withhold(relation as RelationId, row, annotation, t + 1, "carried");
        if (now !== snapshot.annotation(p)) snapshot.set(p, now);
        if (now === FALSE) gone.add(relation as RelationId);
      }
    });
    before.forEach((snapshot, relation) => {
      if (snapshot === undefined) return;
      const carried = next[relation];
      for (let p = 0; p < snapshot.count; p++) {
        const annotation = snapshot.annotation(p);
        const row = snapshot.extent.rows.slice(p * snapshot.extent.arity, (p + 1) * snapshot.extent.arity);
        const position = carried?.extent.find(row) ?? -1;
        // A row that is also carried was handled above.
        if (annotation === FALSE || (position >= 0 && position < (counts[relation] ?? 0))) continue;
        const now = this.withhold(relation as RelationId, row, annotation, t + 1, "carried");
        if (now !== FALSE) following.insert(relation as RelationId, row, now);
      }
    });
    // Rows with annotation false are removed: if one kept its position, a recursion that derives it again would not see the relation grow.
    for (const relation of gone) following.prune(relation);
  }

  /** Stores the part of an annotation under which a tuple is held back at an instant; returns the part under which it holds. */
  withhold(
    relation: RelationId,
    row: Int32Array,
    annotation: Annotation,
    at: number,
    source: Exclude<TupleSource, "kept">,
  ): Annotation {
    const presence = this.presence(relation, row, at, source);
    if (presence === undefined) return annotation;
    const { algebra } = this;
    const survives = algebra.and(annotation, presence.survives);
    const heldBack = algebra.and(survives, presence.away);
    if (source === "carried" && annotation !== FALSE) this.onCarried?.(relation, row, at, heldBack !== FALSE);
    if (heldBack !== FALSE) this.holdBack(relation, row, heldBack, at);
    return algebra.and(survives, presence.away ^ 1);
  }

  /** For an evaluation over constants: the instant at which a tuple that is to hold at `at` does hold; `undefined` if it never does. */
  comesToHold(
    relation: RelationId,
    row: Int32Array,
    at: number,
    source: Exclude<TupleSource, "kept">,
  ): number | undefined {
    let presence = this.presence(relation, row, at, source);
    for (let t = at; ; presence = this.presence(relation, row, ++t, "carried")) {
      if (presence === undefined) return t;
      if (presence.survives === FALSE) return undefined;
      if (presence.away === FALSE) return t;
    }
  }

  /** How absences split the annotation of a tuple at an instant; `undefined` if they do not affect it. */
  private presence(
    relation: RelationId,
    row: Int32Array,
    at: number,
    source: Exclude<TupleSource, "kept">,
  ): Presence | undefined {
    const { environment, memory, program } = this;
    if (!environment.hasAbsences) return undefined;
    const node = this.nodeIndex.get(row[0] as number);
    if (node === undefined || memory.observer.has(relation) || relation === program.crash) return undefined;
    const kept = source === "carried" && memory.durable.has(relation);
    return environment.presence(node, at, kept ? "kept" : source);
  }

  private holdBack(relation: RelationId, row: Int32Array, annotation: Annotation, at: number): void {
    const held = this.held[at] ?? [];
    const snapshot = held[relation] ?? Snapshot.empty(row.length);
    this.held[at] = held;
    held[relation] = snapshot;
    const position = snapshot.extent.add(row);
    snapshot.set(position, this.algebra.or(snapshot.annotation(position), annotation));
  }
}
