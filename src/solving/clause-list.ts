import type { SatLiteral } from "./solver.js";

/** Clauses one behind another in one array, their literals as table indices: 2v for v, 2v + 1 for ¬v. No clause has a variable twice. */
export class ClauseList {
  length = 0;
  literals = new Int32Array(1024);
  /** Of each clause the place of its first literal, and where the next clause would begin. */
  private starts = new Int32Array(256);
  private end = 0;

  /** The place of a clause's first literal; the clause before ends there. */
  start(clause: number): number {
    return this.starts[clause] as number;
  }

  /** Appends a clause, unless it is always true, without repeated literals. */
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

  /** One more literal of the clause that `close` completes. */
  push(index: number): void {
    if (this.end === this.literals.length) this.literals = doubled(this.literals);
    this.literals[this.end++] = index;
  }

  close(): void {
    this.length++;
    if (this.length === this.starts.length) this.starts = doubled(this.starts);
    this.starts[this.length] = this.end;
  }

  /** Takes back all clauses but the first `length`, and a clause not completed. */
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
