import type { BetweenParts, SatLiteral, Solver } from "./solver.js";

/**
 * A view of a shared solver for one of several consecutive queries. Every clause is guarded by the activation literal of the scope, which
 * its calls assume, so the clauses have no effect on other queries; `close` retires them:
 *
 *     addClause([x, y])   ¬activation ∨ x ∨ y          solve([z])   assuming activation, z          close()   ¬activation
 */
export class SolverScope implements Solver {
  private readonly activation: SatLiteral;

  constructor(private readonly solver: Solver) {
    this.activation = solver.newVariable();
    solver.keep(this.activation);
  }

  newVariable(): number {
    return this.solver.newVariable();
  }

  keep(variable: number): void {
    this.solver.keep(variable);
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.solver.addClause([-this.activation, ...literals]);
  }

  solve(assumptions: readonly SatLiteral[], between?: BetweenParts): boolean {
    return this.solver.solve([this.activation, ...assumptions], between);
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  /** Retires the clauses of this scope. */
  close(): void {
    this.solver.addClause([-this.activation]);
  }

  get variables(): number {
    return this.solver.variables;
  }

  get clauses(): number {
    return this.solver.clauses;
  }
}
