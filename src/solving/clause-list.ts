import type { SatLiteral } from "./solver.js";

/** A list of clauses in one array, with literals as table indices: 2v for v, 2v + 1 for ¬v. No clause has a variable twice. */
export class ClauseList {
  length = 0;
  literals = new Int32Array(1024);
  /** The offset of the first literal of each clause, and of the next clause. */
  private starts = new Int32Array(256);
  private end = 0;

  /** The offset of a clause's first literal, which is the end of the clause before. */
  start(clause: number): number {
    return this.starts[clause] as number;
  }

  /** Appends a clause without repeated literals, unless it is a tautology. */
  add(literals: readonly SatLiteral[]): void {
    const from = this.end;
    for (const literal of literals) {
      const index = literal > 0 ? 2 * literal : 1 - 2 * literal;
      let at = from;
      while (at < this.end && (this.literals[at] as number) >> 1 !== index >> 1) at++;
      if (at === this.end) this.push(index);
      else if (this.literals[at] !== index) {
        this.truncate(this.length);
        return;
      }
    }
    this.close();
  }

  /** Appends a literal to the clause that `close` completes. */
  push(index: number): void {
    if (this.end === this.literals.length) this.literals = doubled(this.literals);
    this.literals[this.end++] = index;
  }

  close(): void {
    this.length++;
    if (this.length === this.starts.length) this.starts = doubled(this.starts);
    this.starts[this.length] = this.end;
  }

  /** Removes all clauses but the first `length`, and an incomplete clause. */
  truncate(length: number): void {
    this.length = length;
    this.end = this.start(length);
  }

  /** The literals of a clause. */
  clause(number: number): readonly SatLiteral[] {
    const literals: SatLiteral[] = [];
    for (let i = this.start(number), end = this.start(number + 1); i < end; i++) {
      const index = this.literals[i] as number;
      literals.push((index & 1) === 0 ? index >> 1 : -(index >> 1));
    }
    return literals;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
