import type { Step } from "./drat.js";
import type { Clause, Formula } from "./formula.js";

/*
 * A forward checker of DRAT proofs. A clause may be added if
 *
 *     RUP   assuming its negation, unit propagation over the clauses so far finds a conflict; or else
 *     RAT   for its first literal p, and every clause D with ¬p, the resolvent of both has the property RUP
 *
 * Both keep the formula equally satisfiable, so a proof that adds the empty clause refutes it. It shares no code with the solvers that
 * write proofs, and none with the rest of ldfi. Unit propagation watches two literals of each clause (Moskewicz et al., DAC 2001).
 *
 * Deletions of clauses that are unit under the assignment so far are ignored, as other checkers do: more clauses than the solver had
 * never make a wrong proof right, since every clause kept is implied or was accepted.
 */

export type ProofResult =
  | { readonly kind: "refuted"; readonly added: number; readonly resolved: number }
  | { readonly kind: "refused"; readonly problem: string }
  /** `interrupted` said so. */
  | { readonly kind: "stopped" };

/** Called occasionally with the share of steps done, 0 … 1; returning true ends the work. */
export type OnStep = (done: number) => boolean;

/** Whether the steps prove that the formula has no model. */
export function checkProof(formula: Formula, steps: readonly Step[], onStep: OnStep = () => false): ProofResult {
  let largest = formula.variables;
  for (const { clause } of steps) for (const literal of clause) largest = Math.max(largest, Math.abs(literal));
  const database = new Database(largest);
  for (const clause of formula.clauses) database.add(clause);
  if (database.inConflict) return { kind: "refuted", added: 0, resolved: 0 };
  let added = 0;
  let resolved = 0;
  for (const [i, { kind, clause }] of steps.entries()) {
    if (i % 256 === 0 && onStep(i / steps.length)) return { kind: "stopped" };
    if (kind === "delete") {
      database.delete(clause);
      continue;
    }
    if (!database.isImpliedByPropagation(clause)) {
      if (!database.isResolvable(clause)) return { kind: "refused", problem: refusal(i, clause) };
      resolved++;
    }
    added++;
    database.add(clause);
    if (database.inConflict) return { kind: "refuted", added, resolved };
  }
  return { kind: "refused", problem: "the proof ends without a contradiction" };
}

function refusal(step: number, clause: Clause): string {
  const shown = clause.slice(0, 12).join(" ") + (clause.length > 12 ? " …" : "");
  return `step ${step + 1} adds a clause that does not follow: ${shown === "" ? "the empty clause" : shown}`;
}

/** A clause in use: its first two literals are watched. */
interface Stored {
  readonly literals: number[];
  deleted: boolean;
}

/** Clauses under an assignment that is closed under unit propagation. */
class Database {
  /** By literal (see `indexOf`): the clauses that watch it, which are visited when it becomes false. */
  private readonly watches: Stored[][];
  /** By literal: 1 if it is true. */
  private readonly isTrue: Uint8Array;
  /** The true literals, in the order in which they became true. */
  private readonly trail: number[] = [];
  private propagated = 0;
  /** By key of its sorted literals: the clauses, for deletions. */
  private readonly byKey = new Map<string, Stored[]>();
  private readonly all: Stored[] = [];
  /** Whether the clauses are contradictory by unit propagation alone. */
  inConflict = false;

  constructor(private readonly variables: number) {
    this.watches = Array.from({ length: 2 * variables + 1 }, () => []);
    this.isTrue = new Uint8Array(2 * variables + 1);
  }

  private indexOf(literal: number): number {
    return literal + this.variables;
  }

  private holds(literal: number): boolean {
    return this.isTrue[this.indexOf(literal)] === 1;
  }

  private fails(literal: number): boolean {
    return this.isTrue[this.indexOf(-literal)] === 1;
  }

  private watchesOf(literal: number): Stored[] {
    return this.watches[this.indexOf(literal)] as Stored[];
  }

  private assign(literal: number): void {
    this.isTrue[this.indexOf(literal)] = 1;
    this.trail.push(literal);
  }

  /** Adds a clause for good, and propagates. */
  add(clause: Clause): void {
    const stored: Stored = { literals: [...clause], deleted: false };
    const key = keyOf(clause);
    const same = this.byKey.get(key);
    if (same === undefined) this.byKey.set(key, [stored]);
    else same.push(stored);
    this.all.push(stored);
    if (clause.some((literal) => clause.includes(-literal) && literal > 0)) return;
    const { literals } = stored;
    // The watched literals are those that are not false, if there are two of them.
    literals.sort((a, b) => Number(this.fails(a)) - Number(this.fails(b)));
    const [first, second] = literals;
    if (first === undefined || this.fails(first)) {
      this.inConflict = true;
      return;
    }
    if (second !== undefined) {
      this.watchesOf(first).push(stored);
      this.watchesOf(second).push(stored);
    }
    if ((second === undefined || this.fails(second)) && !this.holds(first)) {
      this.assign(first);
      if (!this.propagate()) this.inConflict = true;
    }
  }

  /** Deletes one clause with these literals, unless it has become a unit. */
  delete(clause: Clause): void {
    const same = this.byKey.get(keyOf(clause));
    const stored = same?.at(-1);
    if (same === undefined || stored === undefined || this.isUnit(stored)) return;
    same.pop();
    stored.deleted = true;
  }

  /** Whether the clause is the reason for a literal of the assignment, or could be. */
  private isUnit({ literals }: Stored): boolean {
    return literals.filter((literal) => !this.fails(literal)).length === 1;
  }

  /** RUP. */
  isImpliedByPropagation(clause: Clause): boolean {
    return this.refutes(clause.map((literal) => -literal));
  }

  /** RAT on the first literal. */
  isResolvable([pivot, ...others]: Clause): boolean {
    if (pivot === undefined) return false;
    return this.all.every(({ literals, deleted }) => {
      if (deleted || !literals.includes(-pivot)) return true;
      const rest = literals.filter((literal) => literal !== -pivot);
      // A resolvent that contains a literal and its negation is always true.
      if (rest.some((literal) => others.includes(-literal))) return true;
      return this.refutes([-pivot, ...others.map((l) => -l), ...rest.map((l) => -l)]);
    });
  }

  /** Whether unit propagation finds a conflict when these literals are assumed. */
  private refutes(assumed: readonly number[]): boolean {
    const before = this.trail.length;
    let conflict = false;
    for (const literal of assumed) {
      if (this.fails(literal)) conflict = true;
      else if (!this.holds(literal)) this.assign(literal);
      if (conflict) break;
    }
    conflict ||= !this.propagate();
    for (const literal of this.trail.splice(before)) this.isTrue[this.indexOf(literal)] = 0;
    this.propagated = before;
    return conflict;
  }

  /** Assigns what follows by unit clauses; false on a conflict. */
  private propagate(): boolean {
    while (this.propagated < this.trail.length) {
      const failed = -(this.trail[this.propagated++] as number);
      const watching = this.watchesOf(failed);
      let kept = 0;
      for (let i = 0; i < watching.length; i++) {
        const stored = watching[i] as Stored;
        if (stored.deleted) continue;
        const { literals } = stored;
        if (literals[0] === failed) {
          literals[0] = literals[1] as number;
          literals[1] = failed;
        }
        const other = literals[0] as number;
        if (this.holds(other)) {
          watching[kept++] = stored;
          continue;
        }
        let next = 2;
        while (next < literals.length && this.fails(literals[next] as number)) next++;
        if (next < literals.length) {
          literals[1] = literals[next] as number;
          literals[next] = failed;
          this.watchesOf(literals[1]).push(stored);
          continue;
        }
        watching[kept++] = stored;
        if (this.fails(other)) {
          for (i++; i < watching.length; i++) watching[kept++] = watching[i] as Stored;
          watching.length = kept;
          return false;
        }
        this.assign(other);
      }
      watching.length = kept;
    }
    return true;
  }
}

function keyOf(clause: Clause): string {
  return [...clause].sort((a, b) => a - b).join(" ");
}
