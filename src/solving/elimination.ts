import type { ClauseList } from "./clause-list.js";

/** Variables with more pairs of a positive and a negative occurrence are not eliminated. */
const MOST_PAIRS = 16;

/** A variable is not eliminated if one of its resolvents would be longer. */
const LONGEST = 40;

/** The result of elimination on a list of clauses. */
export interface Remainder {
  /** The number of clauses left. */
  readonly left: number;
  /** By clause: 1 if it is removed. */
  readonly gone: Uint8Array;
}

/** After this many tries elimination stops unless it has removed at least one clause per try. */
const MIN_TRIES = 2500;

/**
 * Bounded variable elimination (Eén, Biere, "Effective preprocessing in SAT through variable and clause elimination", SAT 2005):
 * the clauses with v and those with ¬v are replaced by their resolvents on v if these are no more, cheapest variables first.
 *
 *     v ∨ a    v ∨ b    ¬v ∨ c        →        a ∨ c    b ∨ c
 *
 * Most variables of a cone connect two or three gates and are eliminated. Resolvents are appended to the clauses. The clauses left
 * follow from the given ones and are satisfiable if and only if those are. Stops early if it gains little.
 */
export function eliminate(clauses: ClauseList, variables: number): Remainder {
  return new Elimination(clauses, variables).run();
}

class Elimination {
  private gone = new Uint8Array(0);
  /** The number of clauses that are not removed. */
  private left = 0;
  /** By literal: the offset of its last occurrence in the list, or −1; and the number of its occurrences in clauses not removed. */
  private readonly last: Int32Array;
  private readonly count: Int32Array;
  /** By offset: the previous occurrence of the same literal, or −1; and the clause. */
  private before = new Int32Array(0);
  private clauseAt = new Int32Array(0);
  /** By literal: the round in which it was marked last. */
  private readonly marked: Int32Array;
  private round = 0;
  /** Buckets of variables to try, by number of pairs of occurrences; and by variable its bucket, or −1. */
  private readonly waiting: number[][] = Array.from({ length: MOST_PAIRS + 1 }, () => []);
  private readonly waitsAt: Int8Array;

  constructor(
    private readonly clauses: ClauseList,
    private readonly variables: number,
  ) {
    this.last = new Int32Array(2 * variables + 2).fill(-1);
    this.count = new Int32Array(2 * variables + 2);
    this.marked = new Int32Array(2 * variables + 2);
    this.waitsAt = new Int8Array(variables + 1).fill(-1);
    this.index(0);
  }

  run(): Remainder {
    for (let v = this.variables; v > 0; v--) this.wait(v);
    const given = this.clauses.length;
    let tries = 0;
    for (let pairs = 0; pairs <= MOST_PAIRS; ) {
      const variable = this.waiting[pairs]?.pop();
      if (variable === undefined) pairs++;
      else if (this.waitsAt[variable] === pairs) {
        if (tries++ === MIN_TRIES && given - this.left < MIN_TRIES) break;
        this.waitsAt[variable] = -1;
        // Resolvents may have added occurrences since.
        pairs = Math.min(pairs, this.pairs(variable) === pairs ? this.tryVariable(variable) : this.wait(variable));
      }
    }
    return { left: this.left, gone: this.gone };
  }

  private pairs(variable: number): number {
    return (this.count[2 * variable] as number) * (this.count[2 * variable + 1] as number);
  }

  /** Puts a variable into the bucket of its number of pairs, and returns that number. */
  private wait(variable: number): number {
    const pairs = this.pairs(variable);
    if (pairs <= MOST_PAIRS && this.waitsAt[variable] !== pairs) {
      this.waitsAt[variable] = pairs;
      this.waiting[pairs]?.push(variable);
    }
    return pairs;
  }

  /** Eliminates a variable if the number of clauses does not grow. Returns the smallest number of pairs of an affected variable. */
  private tryVariable(variable: number): number {
    const [positive, negative] = [this.occurrences(2 * variable), this.occurrences(2 * variable + 1)];
    const first = this.clauses.length;
    if (!this.resolve(2 * variable, positive, negative)) {
      this.clauses.truncate(first);
      return Infinity;
    }
    this.index(first);
    const replaced = [...positive, ...negative];
    for (const clause of replaced) this.remove(clause);
    return replaced.reduce((fewest, clause) => Math.min(fewest, this.waitAll(clause, variable)), Infinity);
  }

  private remove(clause: number): void {
    const { clauses, count } = this;
    this.gone[clause] = 1;
    this.left--;
    for (let i = clauses.start(clause), end = clauses.start(clause + 1); i < end; i++) {
      const literal = clauses.literals[i] as number;
      count[literal] = (count[literal] as number) - 1;
    }
  }

  /** Puts the other variables of a clause into their new buckets. Returns the smallest number of pairs. */
  private waitAll(clause: number, except: number): number {
    const { clauses } = this;
    let fewest = Infinity;
    for (let i = clauses.start(clause), end = clauses.start(clause + 1); i < end; i++) {
      const variable = (clauses.literals[i] as number) >> 1;
      if (variable !== except) fewest = Math.min(fewest, this.wait(variable));
    }
    return fewest;
  }

  /** Appends the resolvents on a literal; returns false as soon as there are too many or one is too long. */
  private resolve(literal: number, positive: readonly number[], negative: readonly number[]): boolean {
    const { clauses, marked } = this;
    const most = clauses.length + positive.length + negative.length;
    for (const clause of positive) {
      const round = ++this.round;
      const [from, to] = [clauses.start(clause), clauses.start(clause + 1)];
      for (let i = from; i < to; i++) marked[clauses.literals[i] as number] = round;
      for (const other of negative) {
        if (this.isTautology(other, literal ^ 1)) continue;
        for (let i = from; i < to; i++) {
          const l = clauses.literals[i] as number;
          if (l !== literal) clauses.push(l);
        }
        for (let i = clauses.start(other), end = clauses.start(other + 1); i < end; i++) {
          const l = clauses.literals[i] as number;
          if (l !== (literal ^ 1) && marked[l] !== round) clauses.push(l);
        }
        clauses.close();
        const made = clauses.length;
        if (made > most || clauses.start(made) - clauses.start(made - 1) > LONGEST) return false;
      }
    }
    return true;
  }

  /** Whether a clause, without one of its literals, contains the negation of a marked literal. */
  private isTautology(clause: number, without: number): boolean {
    const { clauses, marked, round } = this;
    for (let i = clauses.start(clause), end = clauses.start(clause + 1); i < end; i++) {
      const literal = clauses.literals[i] as number;
      if (literal !== without && marked[literal ^ 1] === round) return true;
    }
    return false;
  }

  /** The clauses with a literal. */
  private occurrences(literal: number): readonly number[] {
    const found: number[] = [];
    for (let at = this.last[literal] as number; at >= 0; at = this.before[at] as number) {
      const clause = this.clauseAt[at] as number;
      if (this.gone[clause] === 0) found.push(clause);
    }
    return found;
  }

  /** Indexes the occurrences in the clauses from `first` on. */
  private index(first: number): void {
    const { clauses } = this;
    const { literals } = clauses;
    if (this.before.length < literals.length) {
      this.before = copied(this.before, new Int32Array(literals.length));
      this.clauseAt = copied(this.clauseAt, new Int32Array(literals.length));
    }
    if (this.gone.length < clauses.length) this.gone = copied(this.gone, new Uint8Array(2 * clauses.length));
    this.left += clauses.length - first;
    for (let clause = first; clause < clauses.length; clause++) {
      for (let at = clauses.start(clause), end = clauses.start(clause + 1); at < end; at++) {
        const literal = literals[at] as number;
        this.before[at] = this.last[literal] as number;
        this.clauseAt[at] = clause;
        this.last[literal] = at;
        this.count[literal] = (this.count[literal] as number) + 1;
      }
    }
  }
}

function copied<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
