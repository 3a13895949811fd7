import type { SatLiteral, Solver } from "./solver.js";

/**
 * A solver for one of several questions put to the same solver, one after the other: its clauses hold only for its own calls, because each
 * has an escape that its calls assume away. A solver is costly to start, and its heap large; a question is not.
 */
export class SolverScope implements Solver {
  private readonly open: SatLiteral;

  constructor(private readonly solver: Solver) {
    this.open = solver.newVariable();
  }

  newVariable(): number {
    return this.solver.newVariable();
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.solver.addClause([-this.open, ...literals]);
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    return this.solver.solve([this.open, ...assumptions]);
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  /** Gives the clauses up. */
  close(): void {
    this.solver.addClause([-this.open]);
  }

  get variables(): number {
    return this.solver.variables;
  }

  get clauses(): number {
    return this.solver.clauses;
  }
}
