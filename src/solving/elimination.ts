import type { ClauseList } from "./clause-list.js";

/** Variables with more pairs of a positive and a negative occurrence are not eliminated. */
const MOST_PAIRS = 16;

/** A variable is not eliminated if one of its resolvents would be longer. */
const LONGEST = 40;

/** A literal with more occurrences is not searched for clauses that a clause subsumes. */
const MOST_OCCURRENCES = 60;

/** The result of elimination on a list of clauses. */
export interface Remainder {
  /** By clause: 1 if it is removed. */
  readonly gone: Uint8Array;
  /** The eliminated variables, in that order, each with the clauses that its resolvents replaced. */
  readonly eliminated: ReadonlyMap<number, readonly number[]>;
}

/**
 * Bounded variable elimination (Eén, Biere, "Effective preprocessing in SAT through variable and clause elimination", SAT 2005):
 * the clauses with v and those with ¬v are replaced by their resolvents on v if these are no more, cheapest variables first.
 *
 *     v ∨ a    v ∨ b    ¬v ∨ c        →        a ∨ c    b ∨ c
 *
 * Most variables of a cone connect two or three gates and are eliminated. Each new clause removes the clauses that it is contained in,
 * and a literal from those in which all but the negation of this one is (ibid., section 4):
 *
 *     a ∨ c    a ∨ c ∨ d    ¬a ∨ c ∨ e        →        a ∨ c    c ∨ e
 *
 * New clauses are appended to the list. The clauses left follow from the given ones and are satisfiable if and only if those are.
 * Variables for which `isLate` is true are eliminated last, so that bringing them back does not bring back others.
 */
export function eliminate(
  clauses: ClauseList,
  variables: number,
  isLate: (variable: number) => boolean = () => false,
): Remainder {
  return new Elimination(clauses, variables, isLate).run();
}

class Elimination {
  private gone = new Uint8Array(0);
  /** By literal: the offset of its last occurrence in the list, or −1; and the number of its occurrences in clauses not removed. */
  private readonly last: Int32Array;
  private readonly count: Int32Array;
  /** By offset: the previous occurrence of the same literal, or −1; and the clause. */
  private before = new Int32Array(0);
  private clauseAt = new Int32Array(0);
  /** By clause: a bit for each of its variables, of which several share one. A clause can contain another only if its bits do. */
  private bits = new Int32Array(0);
  /** New clauses that have not been compared with the others. */
  private readonly fresh: number[] = [];
  private readonly eliminated = new Map<number, readonly number[]>();
  /** By literal: the round in which it was marked last. */
  private readonly marked: Int32Array;
  private round = 0;
  private isSecondPass = false;
  /** Buckets of variables to try, by number of pairs of occurrences; and by variable its bucket, or −1. */
  private readonly waiting: number[][] = Array.from({ length: MOST_PAIRS + 1 }, () => []);
  private readonly waitsAt: Int8Array;

  constructor(
    private readonly clauses: ClauseList,
    private readonly variables: number,
    private readonly isLate: (variable: number) => boolean,
  ) {
    this.last = new Int32Array(2 * variables + 2).fill(-1);
    this.count = new Int32Array(2 * variables + 2);
    this.marked = new Int32Array(2 * variables + 2);
    this.waitsAt = new Int8Array(variables + 1).fill(-1);
    this.index(0);
  }

  run(): Remainder {
    this.eliminateAll();
    this.isSecondPass = true;
    this.eliminateAll();
    return { gone: this.gone, eliminated: this.eliminated };
  }

  private eliminateAll(): void {
    for (let v = this.variables; v > 0; v--) if (!this.eliminated.has(v)) this.wait(v);
    for (let pairs = 0; pairs <= MOST_PAIRS; ) {
      const variable = this.waiting[pairs]?.pop();
      if (variable === undefined) pairs++;
      else if (this.waitsAt[variable] === pairs) {
        this.waitsAt[variable] = -1;
        // Resolvents may have added occurrences since.
        pairs = Math.min(pairs, this.pairs(variable) === pairs ? this.tryVariable(variable) : this.wait(variable));
      }
    }
  }

  private pairs(variable: number): number {
    return (this.count[2 * variable] as number) * (this.count[2 * variable + 1] as number);
  }

  /** Puts a variable into the bucket of its number of pairs, and returns that number. */
  private wait(variable: number): number {
    if (!this.isSecondPass && this.isLate(variable)) return Infinity;
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
    this.eliminated.set(variable, replaced);
    for (const clause of replaced) this.remove(clause);
    const fewest = replaced.reduce((least, clause) => Math.min(least, this.waitAll(clause, variable)), Infinity);
    // In the second pass this takes more time than it saves.
    return this.isSecondPass ? fewest : Math.min(fewest, this.simplify(first));
  }

  /** Compares the clauses from `first` on with those that they may be contained in. Returns the smallest number of pairs of an affected variable. */
  private simplify(first: number): number {
    let fewest = Infinity;
    for (let clause = first; clause < this.clauses.length; clause++) this.fresh.push(clause);
    for (let clause = this.fresh.pop(); clause !== undefined; clause = this.fresh.pop()) {
      if (this.gone[clause] === 1) continue;
      const literal = this.mark(clause);
      if ((this.count[literal] as number) + (this.count[literal ^ 1] as number) > MOST_OCCURRENCES) continue;
      for (const other of [...this.occurrences(literal), ...this.occurrences(literal ^ 1)])
        if (other !== clause) fewest = Math.min(fewest, this.shorten(other, clause));
    }
    return fewest;
  }

  /** Marks the literals of a clause. Returns one of them whose variable has the fewest occurrences. */
  private mark(clause: number): number {
    const { clauses, marked, count } = this;
    const round = ++this.round;
    let rarest = 0;
    let least = Infinity;
    for (let i = clauses.start(clause), end = clauses.start(clause + 1); i < end; i++) {
      const literal = clauses.literals[i] as number;
      marked[literal] = round;
      const occurrences = (count[literal] as number) + (count[literal ^ 1] as number);
      if (occurrences < least) [rarest, least] = [literal, occurrences];
    }
    return rarest;
  }

  /** Removes a clause that contains the marked one, or its literal whose negation is all that it lacks. Returns the smallest number of pairs of an affected variable. */
  private shorten(clause: number, by: number): number {
    const { clauses, marked, round, bits } = this;
    if (((bits[by] as number) & ~(bits[clause] as number)) !== 0) return Infinity;
    const [from, to] = [clauses.start(clause), clauses.start(clause + 1)];
    let lacking = clauses.start(by + 1) - clauses.start(by);
    let flipped = -1;
    if (to - from < lacking) return Infinity;
    for (let i = from; i < to; i++) {
      const literal = clauses.literals[i] as number;
      if (marked[literal] === round) lacking--;
      else if (marked[literal ^ 1] === round) {
        if (flipped >= 0) return Infinity;
        flipped = literal;
      }
    }
    if (lacking > (flipped < 0 ? 0 : 1)) return Infinity;
    if (flipped >= 0) {
      for (let i = from; i < to; i++) {
        const literal = clauses.literals[i] as number;
        if (literal !== flipped) clauses.push(literal);
      }
      clauses.close();
      this.index(clauses.length - 1);
      this.fresh.push(clauses.length - 1);
    }
    this.remove(clause);
    return this.waitAll(clause, 0);
  }

  private remove(clause: number): void {
    const { clauses, count } = this;
    this.gone[clause] = 1;
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
    if (this.gone.length < clauses.length) {
      this.gone = copied(this.gone, new Uint8Array(2 * clauses.length));
      this.bits = copied(this.bits, new Int32Array(2 * clauses.length));
    }
    for (let clause = first; clause < clauses.length; clause++) {
      for (let at = clauses.start(clause), end = clauses.start(clause + 1); at < end; at++) {
        const literal = literals[at] as number;
        this.before[at] = this.last[literal] as number;
        this.clauseAt[at] = clause;
        this.last[literal] = at;
        this.count[literal] = (this.count[literal] as number) + 1;
        this.bits[clause] = (this.bits[clause] as number) | (1 << ((literal >> 1) & 31));
      }
    }
  }
}

function copied<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
