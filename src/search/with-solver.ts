import type { Graph } from "../lineage/graph.js";
import { EliminatingSolver } from "../solving/eliminating-solver.js";
import { MinisatSolver } from "../solving/minisat-solver.js";
import type { Solver } from "../solving/solver.js";
import { SolverOutOfMemory } from "../solving/solver.js";
import { SolverScope } from "../solving/solver-scope.js";
import { Stopped } from "./limits.js";

/** Does some work on a graph with a solver for it alone; when the solver's memory ends, the search ends (`Stopped`). */
export type WithSolver = <T>(graph: Graph, work: (solver: Solver) => T) => T;

/** Questions about a graph with more nodes tend to be large ones … */
const LARGE = 20_000;

/** … and with more than these, so large that it may pay to eliminate variables. */
const VERY_LARGE = 50_000;

function solverFor(graph: Graph): Solver {
  const solver = new MinisatSolver(graph.size > LARGE);
  return graph.size > VERY_LARGE ? new EliminatingSolver(solver) : solver;
}

/** A new solver. */
export const withSolver: WithSolver = (graph, work) => {
  try {
    return work(solverFor(graph));
  } catch (thrown) {
    if (!(thrown instanceof SolverOutOfMemory)) throw thrown;
    throw new Stopped("memory", thrown.message);
  }
};

/** So many questions are put to one solver: each leaves its variables behind. */
const MOST_QUESTIONS = 16;

/** A solver that is used again for the next question: to start one is costly, and its heap is large. */
export class SolverInTurns {
  private solver: Solver | undefined;
  private asked = 0;
  private large = false;

  readonly withSolver: WithSolver = (graph, work) => {
    const large = graph.size > LARGE;
    if (this.solver === undefined || this.asked === MOST_QUESTIONS || this.large !== large) {
      this.solver = new MinisatSolver(large);
      this.large = large;
      this.asked = 0;
    }
    this.asked++;
    const scope = new SolverScope(this.solver);
    try {
      const result = work(scope);
      scope.close();
      return result;
    } catch (thrown) {
      this.solver = undefined;
      if (!(thrown instanceof SolverOutOfMemory)) throw thrown;
      // A solver of its own has the room that the questions before this one took.
      return withSolver(graph, work);
    }
  };
}
