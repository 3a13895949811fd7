import { Unwinding } from "../execution/unwinding.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { EliminatingSolver } from "./eliminating-solver.js";
import type { OnCall } from "./hypotheses.js";
import { Hypotheses } from "./hypotheses.js";
import { MinisatSolver } from "./minisat-solver.js";
import type { Solver } from "./solver.js";
import { SolverScope } from "./solver-scope.js";

/*
 * Which solver a question is put to. A solver is costly to start and its heap is large, so questions share one where they follow upon
 * each other; but each leaves its variables behind, and the heap ends.
 */

/** Does some work on hypotheses about a graph, with a solver that suits the question. The work may be done again with another solver. */
export type Ask = <T>(graph: FaultGraph, onCall: OnCall, work: (hypotheses: Hypotheses) => T) => T;

/** Questions about a graph with more nodes tend to be large ones … */
const LARGE = 20_000;

/** … and with more than these, so large that it may pay to eliminate variables. */
const VERY_LARGE = 50_000;

/** So many questions are put to one solver. */
const MOST_QUESTIONS = 16;

function solverFor(graph: FaultGraph): Solver {
  const solver = new MinisatSolver(graph.size > LARGE);
  return graph.size > VERY_LARGE ? new EliminatingSolver(solver) : solver;
}

/** Hypotheses with a solver of their own. */
export function hypothesesOn(graph: FaultGraph, onCall?: OnCall): Hypotheses {
  return new Hypotheses(graph, solverFor(graph), onCall);
}

/** A question with a solver of its own. */
export const ask: Ask = (graph, onCall, work) => work(hypothesesOn(graph, onCall));

/** Several questions about one graph, one after the other, with one solver. */
export function questionsOn(graph: FaultGraph): Ask {
  const solver = solverFor(graph);
  return (_graph, onCall, work) => {
    const scope = new SolverScope(solver);
    const result = work(new Hypotheses(graph, scope, onCall));
    closed(scope);
    return result;
  };
}

/** Questions about one graph after another, with a solver that is used again as long as it has room. */
export class SolverInTurns {
  private solver: Solver | undefined;
  private asked = 0;
  private large = false;

  readonly ask: Ask = (graph, onCall, work) => {
    const large = graph.size > LARGE;
    if (this.solver === undefined || this.asked === MOST_QUESTIONS || this.large !== large) {
      this.solver = new MinisatSolver(large);
      this.large = large;
      this.asked = 0;
    }
    this.asked++;
    const scope = new SolverScope(this.solver);
    const hypotheses = new Hypotheses(graph, scope, onCall);
    const result = work(hypotheses);
    if (hypotheses.ended?.reason !== "memory") {
      if (!closed(scope)) this.solver = undefined;
      return result;
    }
    this.solver = undefined;
    // A solver of its own has the room that the questions before this one took.
    return ask(graph, onCall, work);
  };
}

/** Closes a scope, if the solver's memory allows it. */
function closed(scope: SolverScope): boolean {
  try {
    scope.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Unwinding) return false;
    throw thrown;
  }
}
