import type { SatLiteral } from "./solver.js";

/** A solver under a bound on the faults: whether there is a model with these literals too, and what it says. */
export interface BoundedSolver {
  solve(assumptions: readonly SatLiteral[]): boolean;
  /** In the last model. */
  isTrue(literal: SatLiteral): boolean;
  /** A literal that implies some of these. */
  someOf(literals: readonly SatLiteral[]): SatLiteral;
  /** A literal that implies all of these. */
  allOf(literals: readonly SatLiteral[]): SatLiteral;
}

/**
 * Makes choices one after the other: what has been chosen is fixed, and each choice is the first possible one in some order. The
 * solver is asked only for what would come before the choice of the model at hand.
 */
export class Chooser {
  private readonly fixed: SatLiteral[] = [];

  /** The last call of the solver gave a model. */
  constructor(private readonly solver: BoundedSolver) {}

  /** Whether some model has what is fixed, and these; the last model is then one. */
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

  /** The place of the first of these literals, from `from` on, that is true in some model, which is then the last one; −1 if none is. Fixes nothing. */
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
