import { ClauseList } from "./clause-list.js";
import { eliminate } from "./elimination.js";
import type { SatLiteral, Solver } from "./solver.js";

/** Fewer clauses are solved faster than simplified. */
const MANY = 100_000;

/** More clauses are passed on at once: keeping them would take as much memory as the solver, and elimination too much time. */
const TOO_MANY = 2_000_000;

/** The largest share of clauses left for which elimination pays off, given that a model needs a second call. */
const LITTLE = 2 / 3;

/**
 * A solver that collects clauses until the first call of `solve`. If there are many, but not too many, and no assumptions, it first
 * eliminates variables and solves the remaining clauses:
 *
 *     unsatisfiable     so are all clauses; done
 *     satisfiable       the eliminated clauses are added, and the solver is called again for a model of all of them
 */
export class EliminatingSolver implements Solver {
  variables = 0;
  clauses = 0;
  /** The clauses before the first call of `solve`. */
  private waiting: ClauseList | undefined = new ClauseList();
  /** By variable: its number in the solver, or 0. Eliminated variables have none, so that the solver does not branch on them. */
  private numbers = new Int32Array(1);
  /** Variables up to this one have a number. */
  private allUpTo = 0;

  /** `solver`: a new solver. `many`, `little`, `tooMany`: see the constants above. */
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
      this.passOn(waiting, false);
      return;
    }
    this.numberAll();
    this.solver.addClause(this.numbered(literals));
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined && !this.passOn(waiting, assumptions.length === 0)) return false;
    this.numberAll();
    return this.solver.solve(this.numbered(assumptions));
  }

  value(variable: number): boolean {
    return this.solver.value(this.numbers[variable] as number);
  }

  /** Passes the clauses to the solver, if `unconditional` after elimination and a first call. Returns false if they are unsatisfiable. */
  private passOn(clauses: ClauseList, unconditional: boolean): boolean {
    const given = clauses.length;
    const gone = unconditional && given >= this.many ? this.eliminated(clauses) : undefined;
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

  /** The clauses removed by elimination, or `undefined` if it does not pay off. */
  private eliminated(clauses: ClauseList): Uint8Array | undefined {
    const given = clauses.length;
    const { left, gone } = eliminate(clauses, this.variables);
    return left <= this.little * given ? gone : undefined;
  }

  /** Numbers the variables that have no number, or only those that occur. */
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
