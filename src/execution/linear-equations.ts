import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";

/**
 * A system of linear equations over annotations, one for each unknown,
 *
 *     x = constant ∨ ⋁ over unknowns y (coefficient(x, y) ∧ y)
 *
 * whose least solution is found by elimination, as for path expressions (Tarjan, JACM 1981) where a cycle adds nothing to a path:
 *
 *     x = a ∨ (p ∧ y)     y = b ∨ (q ∧ x)         y in the first: x = a ∨ (p ∧ b), as p ∧ q ∧ x adds nothing to x;     y = b ∨ (q ∧ x)
 *
 * The unknown that the fewest pairs of others are connected by is eliminated first. A ring of n unknowns takes a number of operations
 * proportional to n, where iteration takes n².
 */
export class LinearEquations {
  private readonly constants: Annotation[];
  /** By unknown: the unknowns that its equation reads, with their coefficients. */
  private readonly rows: Map<number, Annotation>[];
  /** By unknown: those whose equations read it. */
  private readonly readers: Set<number>[];
  /** By unknown: the smallest coefficient of its equation. Of equal unknowns it decides, so that systems with common parts are solved alike. */
  private readonly marks: Annotation[];

  constructor(
    private readonly algebra: Algebra,
    unknowns: number,
  ) {
    this.constants = Array.from({ length: unknowns }, () => FALSE);
    this.rows = Array.from({ length: unknowns }, () => new Map());
    this.readers = Array.from({ length: unknowns }, () => new Set());
    this.marks = Array.from({ length: unknowns }, () => Infinity);
  }

  /** Adds `coefficient ∧ y`, or the coefficient alone, to the equation of x. */
  add(x: number, y: number | undefined, coefficient: Annotation): void {
    if (coefficient === FALSE || x === y) return;
    const { algebra, constants } = this;
    if (y === undefined) {
      constants[x] = algebra.or(constants[x] as number, coefficient);
      return;
    }
    const row = this.rows[x] as Map<number, Annotation>;
    row.set(y, algebra.or(row.get(y) ?? FALSE, coefficient));
    this.readers[y]?.add(x);
    this.marks[x] = Math.min(this.marks[x] as number, coefficient);
  }

  /** The least solution; `undefined` if it takes more than `most` operations. */
  solve(most: number): readonly Annotation[] | undefined {
    const { algebra, constants, rows, readers } = this;
    const left = new Set(rows.keys());
    const order: number[] = [];
    let operations = 0;
    while (left.size > 0) {
      const k = this.next(left);
      left.delete(k);
      order.push(k);
      const row = rows[k] as Map<number, Annotation>;
      for (const y of row.keys()) readers[y]?.delete(k);
      for (const x of readers[k] as Set<number>) {
        const reading = rows[x] as Map<number, Annotation>;
        const by = reading.get(k) as number;
        reading.delete(k);
        constants[x] = algebra.or(constants[x] as number, algebra.and(by, constants[k] as number));
        for (const [y, coefficient] of row) {
          if (y === x) continue;
          const through = algebra.and(by, coefficient);
          if (through === FALSE) continue;
          reading.set(y, algebra.or(reading.get(y) ?? FALSE, through));
          readers[y]?.add(x);
        }
        operations += row.size + 1;
      }
      if (operations > most) return undefined;
    }
    const solution = constants.slice();
    for (const k of order.reverse()) {
      let annotation = constants[k] as number;
      for (const [y, coefficient] of rows[k] as Map<number, Annotation>) {
        if (annotation === TRUE) break;
        annotation = algebra.or(annotation, algebra.and(coefficient, solution[y] as number));
      }
      solution[k] = annotation;
    }
    return solution;
  }

  private next(left: ReadonlySet<number>): number {
    let best = -1;
    let least = Infinity;
    for (const k of left) {
      const cost = (this.rows[k]?.size ?? 0) * (this.readers[k]?.size ?? 0);
      if (cost > least || (cost === least && (this.marks[k] as number) >= (this.marks[best] as number))) continue;
      best = k;
      least = cost;
    }
    return best;
  }
}
