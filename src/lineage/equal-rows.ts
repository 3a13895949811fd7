import { whereTrue } from "../execution/operands.js";
import type { Snapshot } from "../execution/relation-store.js";
import type { ValueId, ValueTable } from "../execution/values.js";
import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { RelationId } from "../program/program.js";

/**
 * The schedules under which a relation has a tuple, where values of both can vary: rows with other ids can be equal to it.
 *
 *     post(b, 7) under g, post(b, s) under h:     post(b, s') under g ∧ s' = 7  ∨  h ∧ s' = s
 */
export class EqualRows {
  /** By snapshot and the columns that cannot vary: the positions of the rows with these values. */
  private readonly indexes = new Map<Snapshot, Map<string, ReadonlyMap<string, readonly number[]>>>();

  /** `varying`: the columns in which values can vary. Precondition: the snapshots are complete. */
  constructor(
    private readonly values: ValueTable,
    private readonly algebra: Algebra,
    private readonly varying: ReadonlyMap<RelationId, ReadonlySet<number>>,
  ) {}

  annotationOf(relation: RelationId, snapshot: Snapshot, row: readonly ValueId[]): Annotation {
    const { values, algebra } = this;
    const columns = row.map((_, column) => column);
    const open = columns.filter(
      (column) => this.varying.get(relation)?.has(column) === true || values.varyingOf(row[column] ?? 0) !== undefined,
    );
    if (open.length === 0 || !values.hasVarying) return snapshot.annotationOf(row);
    const fixed = columns.filter((column) => !open.includes(column));
    const { rows, arity } = snapshot.extent;
    let any = FALSE;
    for (const position of this.index(snapshot, fixed).get(fixed.map((column) => row[column]).join()) ?? []) {
      let all = snapshot.annotation(position);
      for (const column of open) {
        if (all === FALSE) break;
        const [one, other] = [row[column] as ValueId, rows[position * arity + column] as ValueId];
        if (one !== other) all = algebra.and(all, whereTrue("==", one, other, values));
      }
      any = algebra.or(any, all);
      if (any === TRUE) break;
    }
    return any;
  }

  private index(snapshot: Snapshot, columns: readonly number[]): ReadonlyMap<string, readonly number[]> {
    const ofSnapshot = this.indexes.get(snapshot) ?? new Map<string, ReadonlyMap<string, readonly number[]>>();
    this.indexes.set(snapshot, ofSnapshot);
    const known = ofSnapshot.get(columns.join());
    if (known !== undefined) return known;
    const { rows, arity } = snapshot.extent;
    const index = new Map<string, number[]>();
    for (let p = 0; p < snapshot.count; p++) {
      const key = columns.map((column) => rows[p * arity + column]).join();
      const positions = index.get(key);
      if (positions === undefined) index.set(key, [p]);
      else positions.push(p);
    }
    ofSnapshot.set(columns.join(), index);
    return index;
  }
}
