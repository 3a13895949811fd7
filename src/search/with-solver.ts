import { MinisatSolver } from "../hypotheses/minisat-solver.js";
import { SolverOutOfMemory } from "../hypotheses/solver.js";
import type { Solver } from "../hypotheses/solver.js";
import { Stopped } from "./limits.js";

/** Runs some work with a solver of its own; when the solver's memory ends, the search ends. */
export function withSolver<T>(work: (solver: Solver) => T): T {
  try {
    return work(new MinisatSolver());
  } catch (thrown) {
    if (!(thrown instanceof SolverOutOfMemory)) throw thrown;
    throw new Stopped("memory", thrown.message);
  }
}
