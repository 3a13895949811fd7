import type { Pattern, Row } from "../execution/matching.js";
import { matchesPattern } from "../execution/matching.js";
import type { Tuples } from "../execution/partial-matches.js";
import type { Timeline } from "../execution/timeline.js";
import type { ValueTable } from "../execution/values.js";
import type { Program, RelationId } from "../program/program.js";

/** The tuples of one run, or of what was evaluated before its error. */
export class RunView implements Tuples {
  private readonly rows = new Map<string, readonly Row[]>();

  constructor(
    readonly program: Program,
    readonly timeline: Timeline,
    readonly values: ValueTable,
  ) {}

  tuples(relation: RelationId, instant: number): readonly Row[] {
    const key = `${relation} ${instant}`;
    let rows = this.rows.get(key);
    if (rows === undefined) {
      const snapshot = this.timeline.snapshot(relation, instant);
      const list: Row[] = [];
      for (let p = 0; snapshot !== undefined && p < snapshot.count; p++) {
        const { rows: data, arity } = snapshot.extent;
        if (snapshot.annotation(p) !== 0) list.push(Array.from(data.subarray(p * arity, (p + 1) * arity)));
      }
      rows = list;
      this.rows.set(key, rows);
    }
    return rows;
  }

  matching(relation: RelationId, instant: number, pattern: Pattern): readonly Row[] {
    return this.tuples(relation, instant).filter((row) => matchesPattern(row, pattern));
  }
}
