import type { Pattern, Row } from "../execution/matching.js";
import { matchesPattern } from "../execution/matching.js";
import type { Tuples } from "../execution/partial-matches.js";
import type { Snapshot } from "../execution/relation-store.js";
import type { Timeline } from "../execution/timeline.js";
import type { ValueTable } from "../execution/values.js";
import type { Program, RelationId } from "../program/program.js";

/** The tuples of one run, up to its error if it ends in one; rows are cached. */
export class RunView implements Tuples {
  private readonly rows = new Map<string, readonly Row[]>();

  constructor(
    readonly program: Program,
    readonly timeline: Timeline,
    readonly values: ValueTable,
  ) {}

  tuples(relation: RelationId, instant: number): readonly Row[] {
    return this.known(`${relation} ${instant}`, () => this.timeline.snapshot(relation, instant));
  }

  /** The tuples that are held back at an instant, until their node returns. */
  heldBack(relation: RelationId, instant: number): readonly Row[] {
    return this.known(`held ${relation} ${instant}`, () => this.timeline.heldBack.at(relation, instant));
  }

  private known(key: string, find: () => Snapshot | undefined): readonly Row[] {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const snapshot = find();
    const rows: Row[] = [];
    for (let p = 0; snapshot !== undefined && p < snapshot.count; p++) {
      const { rows: data, arity } = snapshot.extent;
      if (snapshot.annotation(p) !== 0) rows.push(Array.from(data.subarray(p * arity, (p + 1) * arity)));
    }
    this.rows.set(key, rows);
    return rows;
  }

  matching(relation: RelationId, instant: number, pattern: Pattern): readonly Row[] {
    return this.tuples(relation, instant).filter((row) => matchesPattern(row, pattern));
  }
}
