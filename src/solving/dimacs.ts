import type { FaultVariables } from "../faults/variables.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Annotation } from "../lineage/graph.js";
import { FALSE, TRUE } from "../lineage/graph.js";
import { FaultLiterals } from "./fault-literals.js";
import type { SatLiteral, Solver } from "./solver.js";
import { Encoder } from "./tseitin.js";

/** Keeps the clauses in place of solving them. */
class Listing implements Solver {
  variables = 0;
  readonly lines: string[] = [];

  get clauses(): number {
    return this.lines.length;
  }

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.lines.push([...literals, 0].join(" "));
  }

  solve(): boolean {
    throw new Error("a listing of clauses cannot be solved");
  }

  value(): boolean {
    throw new Error("a listing of clauses has no model");
  }
}

/**
 * The question that was put to the solver in DIMACS CNF: satisfiable iff some schedule of the budget makes
 * one of the annotations true. The comments name the variable of each fault. For anyone to check a `holds` with another solver.
 */
export function dimacs(graph: FaultGraph, annotations: readonly Annotation[], title: readonly string[]): string {
  const listing = new Listing();
  const names: string[] = [];
  const variables: FaultVariables = graph.variables;
  const literals = new FaultLiterals(variables, listing);
  const encoder = new Encoder(graph, listing, (id, variable) => {
    names.push(`c ${variable} ${variables.name(id)}`);
    literals.declare(id, variable);
  });
  if (!annotations.includes(TRUE)) {
    listing.addClause(encoder.encode(annotations.filter((a) => a !== FALSE)));
    literals.settle();
  }
  const header = title.map((line) => `c ${line.replace(/[\r\n]+/g, " ")}`);
  return [...header, ...names, `p cnf ${listing.variables} ${listing.clauses}`, ...listing.lines, ""].join("\n");
}
