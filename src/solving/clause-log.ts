import type { SatLiteral } from "./solver.js";

/** Clauses in the order in which they were added, each followed by a 0, in one array. */
export class ClauseLog {
  length = 0;
  private literals = new Int32Array(1024);
  private end = 0;

  add(literals: readonly SatLiteral[]): void {
    const after = this.end + literals.length + 1;
    if (after > this.literals.length) {
      const larger = new Int32Array(2 * after);
      larger.set(this.literals);
      this.literals = larger;
    }
    this.literals.set(literals, this.end);
    this.literals[after - 1] = 0;
    this.end = after;
    this.length++;
  }

  *[Symbol.iterator](): Generator<Int32Array, void> {
    for (let from = 0; from < this.end; ) {
      const to = this.literals.indexOf(0, from);
      yield this.literals.subarray(from, to);
      from = to + 1;
    }
  }
}
