import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Environment, Presence, TupleSource } from "../faults/environment.js";
import { nothingHappens } from "../faults/environment.js";
import type { Memory } from "../program/memory.js";
import type { Program, RelationId } from "../program/program.js";
import type { Present } from "./fixpoint.js";
import { Snapshot } from "./relation-store.js";
import type { ValueId } from "./values.js";

/**
 * The tuples that are to hold at a node while it is away. One further annotation for each, from instant to instant:
 *
 *     held(t + 1) = (held(t) ∨ new(t + 1)) ∧ away(t + 1)        holds(t + 1) = (held(t) ∨ new(t + 1)) ∧ ¬away(t + 1)
 *
 * so that an absence costs a node of the graph for each tuple and instant, and not one for each period that it may last.
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
  ) {}

  /** What is held back of a relation at an instant that is kept. */
  at(relation: RelationId, instant: number): Snapshot | undefined {
    return this.held[instant]?.[relation];
  }

  /** Drops what was held back at an instant that nothing will read again. */
  forget(instant: number): void {
    this.held[instant] = [];
  }

  /** Drops what was held back after an instant. */
  forgetAfter(instant: number): void {
    this.held.length = Math.min(this.held.length, instant + 1);
  }

  /**
   * Where nodes may be away, what a plain persistence rule carries, and what was held back at t, holds at t + 1 only if its node is there:
   * the annotations of the carried rows are split into what holds and what is held back.
   */
  carry(t: number, next: (Snapshot | undefined)[], following: Present): void {
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
        // What is carried besides was joined with it above.
        if (annotation === FALSE || (position >= 0 && position < (counts[relation] ?? 0))) continue;
        const now = this.withhold(relation as RelationId, row, annotation, t + 1, "carried");
        if (now !== FALSE) following.insert(relation as RelationId, row, now);
      }
    });
    // A row that stayed would keep its position, and a recursion that derives it again would not see the relation grow.
    for (const relation of gone) following.prune(relation);
  }

  /** Keeps the part of an annotation under which a tuple is held back at an instant; the part under which it holds. */
  withhold(
    relation: RelationId,
    row: Int32Array,
    annotation: Annotation,
    at: number,
    arising: Exclude<TupleSource, "kept">,
  ): Annotation {
    const presence = this.presence(relation, row, at, arising);
    if (presence === undefined) return annotation;
    const { algebra } = this;
    const survives = algebra.and(annotation, presence.survives);
    const heldBack = algebra.and(survives, presence.away);
    if (heldBack !== FALSE) this.holdBack(relation, row, heldBack, at);
    return algebra.and(survives, presence.away ^ 1);
  }

  /** Of an evaluation under one schedule: when a tuple that is to hold at `at` does; `undefined` if never. */
  comesToHold(
    relation: RelationId,
    row: Int32Array,
    at: number,
    arising: Exclude<TupleSource, "kept">,
  ): number | undefined {
    let presence = this.presence(relation, row, at, arising);
    for (let t = at; ; presence = this.presence(relation, row, ++t, "carried")) {
      if (presence === undefined) return t;
      if (presence.survives === FALSE) return undefined;
      if (presence.away === FALSE) return t;
    }
  }

  /** What becomes of a tuple that is to hold at an instant; `undefined` where no absence touches it. */
  private presence(
    relation: RelationId,
    row: Int32Array,
    at: number,
    arising: Exclude<TupleSource, "kept">,
  ): Presence | undefined {
    const { environment, memory, program } = this;
    if (!environment.hasAbsences) return undefined;
    const node = this.nodeIndex.get(row[0] as number);
    if (node === undefined || memory.observer.has(relation) || relation === program.crash) return undefined;
    const kept = arising === "carried" && memory.durable.has(relation);
    return environment.presence(node, at, kept ? "kept" : arising);
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
