import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { SatLiteral, Solver } from "./solver.js";

/** What another solver says of a formula; a model lists its true literals. */
export type SolverAnswer =
  | { readonly kind: "satisfiable"; readonly model: readonly SatLiteral[] }
  | { readonly kind: "unsatisfiable" }
  /** It gave no answer that can be used; a sentence that begins in lower case. */
  | { readonly kind: "failed"; readonly problem: string };

/** Asks another solver about a formula in DIMACS CNF. */
export type AskSolver = (cnf: string) => SolverAnswer | Stopped;

/**
 * A solver outside of this process: each call writes all clauses and the assumptions as one formula. A model is checked against the
 * clauses; whatever is wrong with an answer unwinds the call, so that it never becomes a verdict.
 */
export class ExternalSolver implements Solver {
  variables = 0;
  private readonly list: (readonly SatLiteral[])[] = [];
  private readonly lines: string[] = [];
  private model = new Uint8Array(0);

  constructor(private readonly ask: AskSolver) {}

  get clauses(): number {
    return this.list.length;
  }

  newVariable(): number {
    return ++this.variables;
  }

  keep(): void {
    // Every variable is kept.
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.list.push([...literals]);
    this.lines.push(lineOf(literals));
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    const units = assumptions.map((literal) => lineOf([literal]));
    const header = `p cnf ${this.variables} ${this.list.length + units.length}`;
    const answer = this.ask([header, ...this.lines, ...units, ""].join("\n"));
    if (isStopped(answer)) throw new Unwinding(answer);
    switch (answer.kind) {
      case "unsatisfiable":
        return false;
      case "failed":
        throw refused(answer.problem);
      case "satisfiable": {
        this.model = new Uint8Array(this.variables + 1);
        for (const literal of answer.model) if (literal > 0 && literal <= this.variables) this.model[literal] = 1;
        const wrong = [...this.list, ...assumptions.map((literal) => [literal])].find(
          (clause) => !clause.some((literal) => this.value(Math.abs(literal)) === literal > 0),
        );
        if (wrong !== undefined) throw refused(`its model does not satisfy the clause ${lineOf(wrong)}`);
        return true;
      }
      default: {
        const never: never = answer;
        return never;
      }
    }
  }

  value(variable: number): boolean {
    return this.model[variable] === 1;
  }
}

function lineOf(literals: readonly SatLiteral[]): string {
  return [...literals, 0].join(" ");
}

function refused(problem: string): Unwinding {
  return new Unwinding(stopped("solver", `the solver's answer cannot be used: ${problem}`));
}
