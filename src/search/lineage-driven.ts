import type { Annotation } from "../execution/annotation.js";
import { FALSE } from "../execution/annotation.js";
import type { Budget } from "../faults/budget.js";
import { dimacs } from "../hypotheses/dimacs.js";
import { Hypotheses } from "../hypotheses/hypotheses.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import type { AllSchedules, BuildTick, TooLarge } from "../lineage/all-schedules.js";
import { violations } from "../lineage/violation.js";
import { adequacy, buildWarnings } from "./adequacy.js";
import { alternation } from "./alternation.js";
import { collectCounterexamples } from "./enumerate.js";
import { withSolver } from "./with-solver.js";
import type { WithSolver } from "./with-solver.js";
import type { Outcome, Search } from "./search.js";
import type { AdequacyWarning } from "./verdict.js";

/**
 * The default strategy: the lineage over every schedule of the budget at once, one Boolean function `bad` of the fault
 * variables, and a SAT solver to find the smallest schedule that makes it true. Exact, so the failure-free run and
 * one re-run decide; where the lineage is too large to build, `alternation` takes over.
 */
export function lineageDriven(search: Search): Outcome {
  const all = buildFor(search, false);
  if (all === undefined) return alternation(search);
  const bad = violations(search.setting.specification, search.failureFree, all);
  return decideBy(search, all, bad, buildWarnings(all)) ?? { kind: "holds", method: "lineage", warnings: adequacy(search, all) };
}

/** The counterexamples, with these warnings: schedules under which one of the annotations is true. Nothing if there are none. */
export function decideBy(
  search: Search,
  all: AllSchedules,
  bad: readonly Annotation[],
  warnings: readonly AdequacyWarning[],
  using: WithSolver = withSolver,
): Outcome | undefined {
  const { graph } = all;
  const targets = [...bad, all.failing].filter((annotation) => annotation !== FALSE);
  search.measures.graphNodes = graph.size;
  search.options.onDimacs?.(dimacs(graph, targets, titleOf(search)));
  if (targets.length === 0) return undefined;
  return using(graph, (solver) => {
    const hypotheses = new Hypotheses(graph, solver, (atMost) => search.solving(hypotheses.ruledOut, atMost));
    try {
      search.timed("encode", () => hypotheses.requireSome(targets));
      return collectCounterexamples(search, hypotheses, "lineage", warnings);
    } finally {
      const { variables, clauses } = solver;
      Object.assign(search.measures, { coneNodes: hypotheses.encodedNodes, variables, clauses, solverCalls: hypotheses.calls });
    }
  });
}

/** The lineage over all schedules, if it can be built; of every instant, or of the last and what is read by `@N`. */
export function buildFor(search: Search, keepAll: boolean): AllSchedules | undefined {
  const { program, maxTuples } = search.setting;
  return buildBy(search, (budget, tick) => buildAllSchedules(program, budget, { maxTuples, keepAll }, tick));
}

/** The same, built by a function; stopped by the search's limits. */
export function buildBy(search: Search, build: (budget: Budget, tick: BuildTick) => AllSchedules | TooLarge): AllSchedules | undefined {
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
