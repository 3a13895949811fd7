import type { SatLiteral } from "./solver.js";

/** A solver under a bound on the number of faults. */
export interface BoundedSolver {
  solve(assumptions: readonly SatLiteral[]): boolean;
  /** The value of a literal in the last model. */
  isTrue(literal: SatLiteral): boolean;
  /** A new literal that implies that some of these is true. */
  someOf(literals: readonly SatLiteral[]): SatLiteral;
  /** A new literal that implies that all of these are true. */
  allOf(literals: readonly SatLiteral[]): SatLiteral;
}

/**
 * Makes choices one after the other, each the first possible one in some order given the earlier choices, which are fixed. The solver is
 * called only to find out whether a choice before that of the current model is possible.
 */
export class Chooser {
  private readonly fixed: SatLiteral[] = [];

  /** Precondition: the last call of the solver gave a model. */
  constructor(private readonly solver: BoundedSolver) {}

  /** Whether some model satisfies the fixed literals and these. If so, it is the last model. */
  allows(...more: readonly SatLiteral[]): boolean {
    const wanted = [...this.fixed, ...more];
    return wanted.every((literal) => this.solver.isTrue(literal)) || this.solver.solve(wanted);
  }

  isTrue(literal: SatLiteral): boolean {
    return this.solver.isTrue(literal);
  }

  someOf(literals: readonly SatLiteral[]): SatLiteral {
    return this.solver.someOf(literals);
  }

  allOf(literals: readonly SatLiteral[]): SatLiteral {
    const [only] = literals;
    return literals.length === 1 && only !== undefined ? only : this.solver.allOf(literals);
  }

  fix(...literals: readonly SatLiteral[]): void {
    this.fixed.push(...literals);
  }

  /** The index of the first of these literals, from `from` on, that is true in some model, which is then the last model; −1 if there is none. Fixes nothing. */
  first(literals: readonly SatLiteral[], from = 0): number {
    const inModel = (): number => literals.findIndex((literal, i) => i >= from && this.isTrue(literal));
    if (from >= literals.length) return -1;
    this.allows();
    let first = inModel();
    if (first < 0) {
      if (!this.allows(this.someOf(literals.slice(from)))) return -1;
      first = inModel();
    }
    while (first > from && this.allows(this.someOf(literals.slice(from, first)))) first = inModel();
    return first;
  }
}
