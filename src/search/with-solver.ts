import { MinisatSolver } from "../hypotheses/minisat-solver.js";
import { SolverScope } from "../hypotheses/solver-scope.js";
import { SolverOutOfMemory } from "../hypotheses/solver.js";
import type { Solver } from "../hypotheses/solver.js";
import { Stopped } from "./limits.js";

/** Does some work with a solver for it alone; when the solver's memory ends, the search ends (`Stopped`). */
export type WithSolver = <T>(work: (solver: Solver) => T) => T;

/** A new solver. */
export const withSolver: WithSolver = (work) => {
  try {
    return work(new MinisatSolver());
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

  readonly withSolver: WithSolver = (work) => {
    if (this.solver === undefined || this.asked === MOST_QUESTIONS) {
      this.solver = new MinisatSolver();
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
      return withSolver(work);
    }
  };
}
