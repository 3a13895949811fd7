import { ClauseList } from "./clause-list.js";
import { eliminate } from "./elimination.js";
import type { SatLiteral, Solver } from "./solver.js";

/** Fewer clauses are solved faster than simplified. */
const MANY = 50_000;

/** More clauses are passed on at once: keeping them would take as much memory as the solver, and elimination too much time. */
const TOO_MANY = 2_000_000;

/**
 * A solver that collects clauses until the first call of `solve`, eliminates variables if there are many clauses, but not too many, and
 * passes on those that are left. A later clause or assumption that mentions an eliminated variable brings back the clauses that its
 * elimination removed, and so on for the eliminated variables in these (Fazekas, Biere, Scholl, "Incremental inprocessing in SAT
 * solving", SAT 2019). Variables that `keep` names are eliminated last: they bring back no others.
 */
export class EliminatingSolver implements Solver {
  variables = 0;
  clauses = 0;
  /** The clauses before the first call of `solve`. */
  private waiting: ClauseList | undefined = new ClauseList();
  private readonly kept = new Set<number>();
  /** All clauses before and during elimination; empty without. */
  private list = new ClauseList();
  /** The eliminated variables in that order, each with the clauses of `list` that its elimination removed. */
  private eliminated = new Map<number, readonly number[]>();
  /** By variable: its number in the solver, or 0. Eliminated variables have none, so that the solver does not branch on them. */
  private numbers = new Int32Array(1);
  /** The values of eliminated variables in the last model, once one was asked for. */
  private extension: ReadonlyMap<number, boolean> | undefined;

  /** `solver`: a new solver. `many`, `tooMany`: see the constants above. */
  constructor(
    private readonly solver: Solver,
    private readonly many = MANY,
    private readonly tooMany = TOO_MANY,
  ) {}

  newVariable(): number {
    return ++this.variables;
  }

  keep(variable: number): void {
    this.kept.add(variable);
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.clauses++;
    const { waiting } = this;
    if (waiting === undefined) this.solver.addClause(this.numbered(literals));
    else {
      waiting.add(literals);
      if (waiting.length === this.tooMany) this.passOn(waiting);
    }
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    const { waiting } = this;
    if (waiting !== undefined) {
      for (const literal of assumptions) this.keep(Math.abs(literal));
      this.passOn(waiting);
    }
    const satisfiable = this.solver.solve(this.numbered(assumptions));
    if (satisfiable) this.extension = undefined;
    return satisfiable;
  }

  value(variable: number): boolean {
    if (this.eliminated.has(variable)) this.extension ??= this.extended();
    return this.extension?.get(variable) ?? this.ofSolver(variable);
  }

  /** Passes the clauses to the solver, after elimination if that pays off. */
  private passOn(clauses: ClauseList): void {
    this.waiting = undefined;
    const given = clauses.length;
    let gone: Uint8Array | undefined;
    if (given >= this.many && given < this.tooMany) {
      const remainder = eliminate(clauses, this.variables, (variable) => this.kept.has(variable));
      gone = remainder.gone;
      this.eliminated = new Map(remainder.eliminated);
      this.list = clauses;
    }
    for (let v = 1; v <= this.variables; v++) if (!this.eliminated.has(v)) this.number(v);
    for (let c = 0; c < clauses.length; c++)
      if (gone === undefined || gone[c] === 0) this.solver.addClause(this.numbered(clauses.clause(c)));
  }

  private numbered(literals: readonly SatLiteral[]): readonly SatLiteral[] {
    return literals.map((l) => (l > 0 ? this.number(l) : -this.number(-l)));
  }

  /** The number of a variable in the solver. Restores it if it is eliminated. */
  private number(variable: number): number {
    const known = this.numbers[variable] ?? 0;
    if (known !== 0) return known;
    if (this.eliminated.has(variable)) this.restore(variable);
    if (variable >= this.numbers.length) {
      const larger = new Int32Array(2 * Math.max(variable, this.variables));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    // Restoring it may have numbered it.
    const number = this.numbers[variable] || this.solver.newVariable();
    this.numbers[variable] = number;
    return number;
  }

  /** Passes on the clauses that the elimination of a variable removed, and so on for the eliminated variables in these. */
  private restore(variable: number): void {
    // The solver has no value for the variable until its next model.
    this.extension ??= this.extended();
    const restored: (readonly SatLiteral[])[] = [];
    const pending = [variable];
    for (let v = pending.pop(); v !== undefined; v = pending.pop()) {
      const removed = this.eliminated.get(v);
      this.eliminated.delete(v);
      for (const clause of (removed ?? []).map((c) => this.list.clause(c))) {
        restored.push(clause);
        pending.push(...clause.map(Math.abs));
      }
    }
    for (const clause of restored) this.solver.addClause(this.numbered(clause));
  }

  /** The values of the eliminated variables, the last one first: true only where a removed clause needs it. */
  private extended(): ReadonlyMap<number, boolean> {
    const values = new Map<number, boolean>();
    const isTrue = (literal: SatLiteral): boolean => {
      const variable = Math.abs(literal);
      return (values.get(variable) ?? this.ofSolver(variable)) === literal > 0;
    };
    for (const [variable, removed] of [...this.eliminated].reverse()) {
      const isNeeded = removed
        .map((c) => this.list.clause(c))
        .some((clause) => clause.includes(variable) && !clause.some((l) => l !== variable && isTrue(l)));
      values.set(variable, isNeeded);
    }
    return values;
  }

  private ofSolver(variable: number): boolean {
    const number = this.numbers[variable] ?? 0;
    return number !== 0 && this.solver.value(number);
  }
}
