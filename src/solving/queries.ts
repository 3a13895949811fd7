import { Unwinding } from "../execution/unwinding.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { AskSolver } from "./external-solver.js";
import { ExternalSolver } from "./external-solver.js";
import type { OnCall } from "./hypotheses.js";
import { Hypotheses } from "./hypotheses.js";
import type { Elimination } from "./minisat-solver.js";
import { MinisatSolver } from "./minisat-solver.js";
import type { Solver } from "./solver.js";
import { SolverScope } from "./solver-scope.js";

/*
 * Which solver answers a query. Starting a solver is expensive and its heap is large, so consecutive queries share one; but variables and
 * clauses of earlier queries stay in the heap, so the number of queries for one solver is limited.
 */

/** Runs some work on hypotheses about a graph with a suitable solver. If the solver is exhausted the work may be run again with another one. */
export type Query = <T>(graph: FaultGraph, onCall: OnCall, work: (hypotheses: Hypotheses) => T) => T;

/** Elimination for questions about a graph. The conflicts take about as long as it does. */
function eliminationFor({ variables: { budget } }: FaultGraph): Elimination {
  // One absence touches all messages of a node, and questions about absences are hard: they are solved faster if they are simplified.
  const isHard = budget.restarts > 0 || budget.pauses > 0;
  return { from: isHard ? 10_000 : 50_000, after: 2_000, most: 2_000_000 };
}

/** The number of queries for one solver. */
const MAX_QUERIES = 16;

/** Hypotheses with a new solver, about a graph that grows: the one that is asked by `ask`, if it is given. */
export function hypothesesOn(graph: FaultGraph, onCall?: OnCall, ask?: AskSolver): Hypotheses {
  return new Hypotheses(graph, ask === undefined ? new MinisatSolver() : new ExternalSolver(ask), onCall);
}

/** Runs a query with a new solver. */
export const query: Query = (graph, onCall, work) =>
  work(new Hypotheses(graph, new MinisatSolver(eliminationFor(graph)), onCall));

/** Runs a query that probably finds a schedule soon, so that its clauses are not worth simplifying at first. */
export const hopefulQuery: Query = (graph, onCall, work) =>
  work(new Hypotheses(graph, new MinisatSolver({ ...eliminationFor(graph), from: Infinity }), onCall));

/** Runs each query with a solver outside of this process. */
export function queryBy(ask: AskSolver): Query {
  return (graph, onCall, work) => work(hypothesesOn(graph, onCall, ask));
}

/** Runs consecutive queries about one graph with one solver. */
export function queriesOn(graph: FaultGraph): Query {
  const solver = new MinisatSolver(eliminationFor(graph));
  return (_graph, onCall, work) => inScope(solver, graph, onCall, work).result;
}

/** A graph with more nodes has a solver of its own if it is asked about once. */
const LARGE = 4_000;

/** Beyond so many variables of earlier queries a solver is not asked about another graph: each answer has a value for all of them. */
const MANY_VARIABLES = 50_000;

/** Runs consecutive queries about several graphs with one solver. */
export class SharedSolver {
  private solver: Solver | undefined;
  private graph: FaultGraph | undefined;

  readonly query: Query = (graph, onCall, work) => {
    const isCrowded = graph !== this.graph && (this.solver?.variables ?? 0) > MANY_VARIABLES;
    const used = isCrowded ? undefined : this.solver;
    const solver = used ?? new MinisatSolver();
    const { result, isExhausted, isUsable } = inScope(solver, graph, onCall, work);
    this.graph = graph;
    this.solver = isUsable ? solver : undefined;
    // A new solver has the memory that earlier queries used.
    return isExhausted && used !== undefined ? this.query(graph, onCall, work) : result;
  };

  /** Runs the only query about a graph: with another solver if the graph is large, which then is what takes time. */
  readonly onlyQuery: Query = (graph, onCall, work) => (graph.size > LARGE ? query : this.query)(graph, onCall, work);
}

/** Runs queries about one graph after another with a solver that is reused while it has memory. */
export class ReusableSolver {
  private solver: Solver | undefined;
  private uses = 0;

  readonly query: Query = (graph, onCall, work) => {
    const used = this.uses === MAX_QUERIES ? undefined : this.solver;
    const solver = used ?? new MinisatSolver();
    this.uses = used === undefined ? 1 : this.uses + 1;
    const { result, isExhausted, isUsable } = inScope(solver, graph, onCall, work);
    this.solver = isUsable ? solver : undefined;
    // A new solver has the memory that earlier queries used.
    return isExhausted ? query(graph, onCall, work) : result;
  };
}

/** Runs a query with a solver that may have answered others. `isExhausted`: its memory ended; `isUsable`: it can answer another. */
function inScope<T>(
  solver: Solver,
  graph: FaultGraph,
  onCall: OnCall,
  work: (hypotheses: Hypotheses) => T,
): { readonly result: T; readonly isExhausted: boolean; readonly isUsable: boolean } {
  const scope = new SolverScope(solver);
  const hypotheses = new Hypotheses(graph, scope, onCall);
  const result = work(hypotheses);
  const isExhausted = hypotheses.ended?.reason === "memory";
  return { result, isExhausted, isUsable: !isExhausted && closed(scope) };
}

/** Closes a scope; returns false if the solver's memory is exhausted. */
function closed(scope: SolverScope): boolean {
  try {
    scope.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Unwinding) return false;
    throw thrown;
  }
}
