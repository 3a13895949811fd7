import type { FaultVariables } from "../faults/variables.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Annotation } from "../lineage/graph.js";
import { FALSE, TRUE } from "../lineage/graph.js";
import { FaultLiterals } from "./fault-literals.js";
import type { SatLiteral, Solver } from "./solver.js";
import { Encoder } from "./tseitin.js";

/** A solver that writes the clauses down instead of solving them. */
class ClauseWriter implements Solver {
  variables = 0;
  readonly lines: string[] = [];

  get clauses(): number {
    return this.lines.length;
  }

  newVariable(): number {
    return ++this.variables;
  }

  keep(): void {
    // Every variable is kept.
  }

  addClause(literals: readonly SatLiteral[]): void {
    this.lines.push([...literals, 0].join(" "));
  }

  solve(): boolean {
    throw new Error("a clause writer cannot solve");
  }

  value(): boolean {
    throw new Error("a clause writer has no model");
  }
}

/**
 * The query to the solver in DIMACS CNF: satisfiable if and only if some schedule of the budget makes one of the annotations true.
 * Comments give the variable of each fault. With it a `holds` can be checked by another solver.
 */
export function dimacs(graph: FaultGraph, annotations: readonly Annotation[], title: readonly string[]): string {
  const writer = new ClauseWriter();
  const names: string[] = [];
  const variables: FaultVariables = graph.variables;
  const literals = new FaultLiterals(variables, writer);
  const encoder = new Encoder(graph, writer, (id, variable) => {
    names.push(`c ${variable} ${variables.name(id)}`);
    literals.declare(id, variable);
  });
  if (!annotations.includes(TRUE)) {
    writer.addClause(encoder.encode(annotations.filter((a) => a !== FALSE)));
    literals.settle();
  }
  const header = title.map((line) => `c ${line.replace(/[\r\n]+/g, " ")}`);
  return [...header, ...names, `p cnf ${writer.variables} ${writer.clauses}`, ...writer.lines, ""].join("\n");
}
