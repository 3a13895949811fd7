import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import type { SatLiteral, Solver } from "../../src/solving/solver.js";

/**
 * A solver whose models make as much true as they can, variable by variable, where MiniSat's make little: what is right
 * only because a model happens to be modest shows with it.
 */
export class ContrarySolver implements Solver {
  private readonly inner = new MinisatSolver();
  private model: readonly SatLiteral[] = [];

  get variables(): number {
    return this.inner.variables;
  }

  get clauses(): number {
    return this.inner.clauses;
  }

  newVariable(): number {
    return this.inner.newVariable();
  }

  keep(): void {
    // Every variable is kept.
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.inner.addClause(literals);
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    if (!this.inner.solve(assumptions)) return false;
    const fixed: SatLiteral[] = [];
    for (let v = 1, { variables } = this; v <= variables; v++) {
      fixed.push(this.inner.solve([...assumptions, ...fixed, v]) ? v : -v);
    }
    this.model = fixed;
    return true;
  }

  value(variable: number): boolean {
    return this.model[variable - 1] === variable;
  }
}
