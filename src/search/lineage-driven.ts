import type { EvaluationError } from "../execution/execution.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import { formatSchedule } from "../faults/schedule.js";
import type { AllSchedules, BuildTick, TooLarge } from "../lineage/all-schedules.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { violations } from "../lineage/violation.js";
import { dimacs } from "../solving/dimacs.js";
import { Hypotheses } from "../solving/hypotheses.js";
import type { Solver } from "../solving/solver.js";
import { SolverOutOfMemory } from "../solving/solver.js";
import { SolverScope } from "../solving/solver-scope.js";
import { adequacy, buildWarnings } from "./adequacy.js";
import { alternation } from "./alternation.js";
import { collectCounterexamples } from "./enumerate.js";
import { Stopped } from "./limits.js";
import type { Outcome, Search, ViolatedOutcome } from "./search.js";
import { ProgramFailed } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";
import type { WithSolver } from "./with-solver.js";
import { withSolver } from "./with-solver.js";

/**
 * The default strategy: the lineage over every schedule of the budget at once, one Boolean function `bad` of the fault
 * variables, and a SAT solver to find the smallest schedule that makes it true. Exact, so the failure-free run and
 * one re-run decide; where the lineage is too large to build, `alternation` takes over.
 */
export function lineageDriven(search: Search): Outcome {
  const all = buildFor(search, false);
  if (all === undefined) return alternation(search);
  const bad = violations(search.setting.specification, search.failureFree, all);
  return (
    decideBy(search, all, bad, buildWarnings(all)) ?? {
      kind: "holds",
      method: "lineage",
      warnings: adequacy(search, all),
    }
  );
}

/**
 * The counterexamples, with these warnings: schedules under which one of the annotations is true. Nothing if there are none. Throws
 * `ProgramFailed` if a schedule that ends in an error is the first of the smallest, or with `all` if no schedule violates.
 */
export function decideBy(
  search: Search,
  all: AllSchedules,
  bad: readonly Annotation[],
  warnings: readonly AdequacyWarning[],
  using: WithSolver = withSolver,
): Outcome | undefined {
  const { graph, failing } = all;
  const targets = [...bad, failing].filter((annotation) => annotation !== FALSE);
  search.measures.graphNodes = graph.size;
  search.options.onDimacs?.(dimacs(graph, targets, titleOf(search)));
  if (targets.length === 0) return undefined;
  const asked = search.watch.now();
  return using(graph, (solver) => {
    // A short question takes less time than starting the solver.
    search.spent("solve", asked);
    // Where the solver's memory ended, another is asked all over again.
    Object.assign(search.measures, { coneNodes: 0, solverCalls: 0 });
    const counterexamples = (hypotheses: Hypotheses): ViolatedOutcome | undefined =>
      collectCounterexamples(search, hypotheses, "lineage", warnings);
    if (!search.options.all || failing === FALSE) return question(search, graph, solver, targets, counterexamples);
    // Of the schedules that do more damage than one that ends in an error, some may violate: so errors are a question of their own.
    const scope = new SolverScope(solver);
    const found = question(search, graph, scope, bad, counterexamples);
    if (found?.complete === false) return found;
    scope.close();
    return withError(found, () =>
      question(search, graph, solver, [failing], (hypotheses) => smallestError(search, hypotheses)),
    );
  });
}

/** Puts a question to a solver: something about the schedules under which one of the annotations is true. */
function question<T>(
  search: Search,
  graph: FaultGraph,
  solver: Solver,
  targets: readonly Annotation[],
  ask: (hypotheses: Hypotheses) => T,
): T {
  const { measures } = search;
  const hypotheses = new Hypotheses(graph, solver, (atMost) => search.solving(hypotheses.ruledOut, atMost));
  try {
    search.timed("encode", () => hypotheses.requireSome(targets));
    return ask(hypotheses);
  } finally {
    measures.coneNodes += hypotheses.encodedNodes;
    measures.solverCalls += hypotheses.calls;
    measures.variables = solver.variables;
    measures.clauses = solver.clauses;
  }
}

/** A violation with the error of another schedule beside it, if one is found before a limit comes; without a violation, the error is thrown. */
function withError(
  found: ViolatedOutcome | undefined,
  errorOf: () => EvaluationError | undefined,
): Outcome | undefined {
  try {
    const error = errorOf();
    if (error === undefined) return found;
    if (found === undefined) throw new ProgramFailed(error);
    return { ...found, error };
  } catch (thrown) {
    if (found !== undefined && (thrown instanceof Stopped || thrown instanceof SolverOutOfMemory)) return found;
    throw thrown;
  }
}

/** The error of a smallest schedule that ends in one. */
function smallestError(search: Search, hypotheses: Hypotheses): EvaluationError | undefined {
  const schedule = search.timed("solve", () => hypotheses.smallest());
  if (schedule === undefined) return undefined;
  try {
    search.run(schedule);
  } catch (thrown) {
    if (thrown instanceof ProgramFailed) return thrown.evaluationError;
    throw thrown;
  }
  throw new Error(`the lineage over all schedules and the run under ${formatSchedule(schedule)} disagree`);
}

/** The lineage over all schedules, if it can be built; of every instant, or of the last and what is read by `@N`. */
export function buildFor(search: Search, keepAll: boolean): AllSchedules | undefined {
  const { program, maxTuples } = search.setting;
  return buildBy(search, (budget, tick) => buildAllSchedules(program, budget, { maxTuples, keepAll }, tick));
}

/** The same, built by a function; stopped by the search's limits. */
export function buildBy(
  search: Search,
  build: (budget: Budget, tick: BuildTick) => AllSchedules | TooLarge,
): AllSchedules | undefined {
  const { budget } = search.setting;
  const all = search.timed("build", () =>
    build(budget, (instant, tuples, nodes) => {
      search.watch.poll();
      search.announce({ kind: "building", known: search.known, instant, eot: budget.eot, tuples, nodes });
    }),
  );
  if ("kind" in all) return undefined;
  search.measures.possibleTuples = all.tuples;
  return all;
}

function titleOf(search: Search): readonly string[] {
  const { nodes, eot, eff, crashes } = search.setting.budget;
  return [
    "satisfiable if and only if some fault schedule of the budget violates the specification",
    `nodes ${nodes.join(",")} eot ${eot} eff ${eff} crashes ${crashes}`,
  ];
}
