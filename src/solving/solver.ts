/** A literal in the DIMACS manner: variable v ≥ 1, or −v for its negation. */
export type SatLiteral = number;

/**
 * An incremental SAT solver. Where its memory ends, any method may unwind (`Unwinding`): what it has said so far stands, but it can say
 * no more.
 */
export interface Solver {
  newVariable(): number;
  addClause(literals: readonly SatLiteral[]): void;
  /** Whether the clauses are satisfiable together with the assumptions, which last for this call. */
  solve(assumptions: readonly SatLiteral[]): boolean;
  /** The value of a variable in the model of the last call of `solve` that gave true. */
  value(variable: number): boolean;
  readonly variables: number;
  readonly clauses: number;
}
