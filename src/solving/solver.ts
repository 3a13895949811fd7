/** A literal in the DIMACS manner: variable v ≥ 1, or −v for its negation. */
export type SatLiteral = number;

/** What clauses are added to. */
export interface Clauses {
  newVariable(): number;
  addClause(literals: readonly SatLiteral[]): void;
}

/** Called between the parts of a question that takes long, with the conflicts so far; an exception ends it. */
export type BetweenParts = (conflicts: number) => void;

/**
 * An incremental SAT solver. When its memory is exhausted any method unwinds (`Unwinding`); earlier results stay valid, but it can no
 * longer be used.
 */
export interface Solver extends Clauses {
  /** Clauses and assumptions may mention this variable after the next call of `solve`; of those that there are by then, no others. */
  keep(variable: number): void;
  /** Whether the clauses are satisfiable under the assumptions, which hold for this call only. */
  solve(assumptions: readonly SatLiteral[], between?: BetweenParts): boolean;
  /** The value of a variable in the model of the last call of `solve` that returned true. */
  value(variable: number): boolean;
  readonly variables: number;
  readonly clauses: number;
}
