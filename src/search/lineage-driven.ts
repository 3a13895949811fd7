import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import { violations } from "../lineage/violation.js";
import { dimacs } from "../solving/dimacs.js";
import { Hypotheses } from "../solving/hypotheses.js";
import { adequacy, buildWarnings } from "./adequacy.js";
import { alternation } from "./alternation.js";
import { collectCounterexamples } from "./enumerate.js";
import { runFirstError } from "./first-error.js";
import { buildFor } from "./lineage-build.js";
import type { Outcome, Search, ViolatedOutcome } from "./search.js";
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
  return decideBy(search, all, bad, {
    warnings: buildWarnings(all),
    warningsIfHolds: () => adequacy(search, all),
  });
}

interface Deciding {
  /** What the lineage shows of the program, whatever the verdict. */
  readonly warnings?: readonly AdequacyWarning[];
  readonly warningsIfHolds?: () => readonly AdequacyWarning[];
  readonly using?: WithSolver;
}

/**
 * Looks for schedules under which one of the annotations is true: the counterexamples. Then for the first under which evaluation fails,
 * which is a question of its own, so that neither hides the other. No annotation may be true where evaluation fails.
 */
export function decideBy(
  search: Search,
  all: AllSchedules,
  bad: readonly Annotation[],
  { warnings = [], warningsIfHolds = () => [], using = withSolver }: Deciding = {},
): Outcome {
  const { graph, failing } = all;
  const targets = [...bad, failing].filter((annotation) => annotation !== FALSE);
  search.measures.possibleTuples = all.tuples;
  search.measures.graphNodes = graph.size;
  search.options.onDimacs?.(dimacs(graph, targets, titleOf(search)));
  const found = counterexamples(search, graph, bad, warnings, using);
  runFirstError(search, all, using);
  if (found !== undefined) return found;
  return { kind: "holds", method: "lineage", warnings: search.error === undefined ? warningsIfHolds() : [] };
}

function counterexamples(
  search: Search,
  graph: FaultGraph,
  bad: readonly Annotation[],
  warnings: readonly AdequacyWarning[],
  using: WithSolver,
): ViolatedOutcome | undefined {
  if (bad.every((annotation) => annotation === FALSE)) return undefined;
  const asked = search.watch.now();
  return using(graph, (solver) => {
    // A short question takes less time than starting the solver.
    search.spent("solve", asked);
    const hypotheses = new Hypotheses(graph, solver, (atMost) => search.solving(hypotheses.ruledOut, atMost));
    try {
      search.timed("encode", () => hypotheses.requireSome(bad));
      return collectCounterexamples(search, hypotheses, "lineage", warnings);
    } finally {
      const { variables, clauses } = solver;
      const { encodedNodes: coneNodes, calls: solverCalls } = hypotheses;
      Object.assign(search.measures, { coneNodes, solverCalls, variables, clauses });
    }
  });
}

function titleOf(search: Search): readonly string[] {
  const { nodes, eot, eff, crashes } = search.setting.budget;
  return [
    "satisfiable if and only if some fault schedule of the budget violates the specification",
    `nodes ${nodes.join(",")} eot ${eot} eff ${eff} crashes ${crashes}`,
  ];
}
