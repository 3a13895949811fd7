/** A literal in the DIMACS manner: variable v ≥ 1, or −v for its negation. */
export type SatLiteral = number;

/** The solver's memory is exhausted: what it has said so far stands, but it can say no more. */
export class SolverOutOfMemory extends Error {}

/** An incremental SAT solver. Every method may throw `SolverOutOfMemory`. */
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
