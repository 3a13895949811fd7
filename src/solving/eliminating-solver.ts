import { ClauseList } from "./clause-list.js";
import { eliminate } from "./elimination.js";
import type { SatLiteral, Solver } from "./solver.js";

/** Fewer clauses are solved sooner than simplified. */
const MANY = 100_000;

/** More clauses do not wait: they would take as much memory here as in the solver, and the elimination too long. */
const TOO_MANY = 2_000_000;

/** What is left after elimination is put to the solver only if it is at most this share; else the second question outweighs the gain. */
const LITTLE = 2 / 3;

/**
 * A solver that is told the clauses only when it is first asked. If they are many, but not too many, that first question is put after the
 * elimination of variables. That is enough for a "no"; after a "yes" the clauses that were resolved away follow, so
 * that a model, and every later answer, is one of the clauses as they were given.
 */
export class EliminatingSolver implements Solver {
  variables = 0;
  clauses = 0;
  /** The clauses before the first question. */
  private waiting: ClauseList | undefined = new ClauseList();
  /** Per variable its number in the solver, or 0: what was eliminated has none, lest the solver decide it. */
  private numbers = new Int32Array(1);
  /** Variables up to this one have a number. */
  private allUpTo = 0;

  /** `solver`: a new one. `many`: from how many clauses on variables are eliminated; `little`: what share of them may be left; `tooMany`: from how many on none waits. */
  constructor(
    private readonly solver: Solver,
    private readonly many = MANY,
    private readonly little = LITTLE,
    private readonly tooMany = TOO_MANY,
  ) {}

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.clauses++;
    const { waiting } = this;
    if (waiting !== undefined) {
      waiting.add(literals);
      if (waiting.length < this.tooMany) return;
      this.waiting = undefined;
      this.tell(waiting, false);
      return;
    }
    this.numberAll();
    this.solver.addClause(this.numbered(literals));
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined && !this.tell(waiting, assumptions.length === 0)) return false;
    this.numberAll();
    return this.solver.solve(this.numbered(assumptions));
  }

  value(variable: number): boolean {
    return this.solver.value(this.numbers[variable] as number);
  }

  /** Tells the solver the clauses; if many and `alone`, asks it first about what is left after elimination. False if that cannot be satisfied. */
  private tell(clauses: ClauseList, alone: boolean): boolean {
    const given = clauses.length;
    const gone = alone && given >= this.many ? this.eliminated(clauses) : undefined;
    if (gone !== undefined) {
      const occurs = new Uint8Array(this.variables + 1);
      for (let c = 0; c < clauses.length; c++)
        if (gone[c] === 0) for (const l of clauses.clause(c)) occurs[Math.abs(l)] = 1;
      this.numberAll(occurs);
      for (let c = 0; c < clauses.length; c++)
        if (gone[c] === 0) this.solver.addClause(this.numbered(clauses.clause(c)));
      if (!this.solver.solve([])) return false;
    }
    this.numberAll();
    for (let c = 0; c < given; c++)
      if (gone === undefined || gone[c] === 1) this.solver.addClause(this.numbered(clauses.clause(c)));
    return true;
  }

  /** Which clauses are gone after elimination, if that leaves few enough. */
  private eliminated(clauses: ClauseList): Uint8Array | undefined {
    const given = clauses.length;
    const { left, gone } = eliminate(clauses, this.variables);
    return left <= this.little * given ? gone : undefined;
  }

  /** Gives a number to each variable that has none, or to those that occur. */
  private numberAll(occurs?: Uint8Array): void {
    const { variables, solver } = this;
    if (this.allUpTo === variables) return;
    if (this.numbers.length <= variables) {
      const larger = new Int32Array(2 * variables + 1);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    for (let v = this.allUpTo + 1; v <= variables; v++) {
      if (this.numbers[v] === 0 && occurs?.[v] !== 0) this.numbers[v] = solver.newVariable();
    }
    if (occurs === undefined) this.allUpTo = variables;
  }

  private numbered(literals: readonly SatLiteral[]): readonly SatLiteral[] {
    return literals.map((l) => (l > 0 ? (this.numbers[l] as number) : -(this.numbers[-l] as number)));
  }
}
