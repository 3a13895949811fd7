import type { Annotation } from "../execution/annotation.js";
import { FALSE } from "../execution/annotation.js";
import { dimacs } from "../hypotheses/dimacs.js";
import { Hypotheses } from "../hypotheses/hypotheses.js";
import { MinisatSolver } from "../hypotheses/minisat-solver.js";
import { SolverOutOfMemory } from "../hypotheses/solver.js";
import { buildAllSchedules } from "../lineage/all-schedules.js";
import type { AllSchedules } from "../lineage/all-schedules.js";
import { violation } from "../lineage/violation.js";
import { adequacy, buildWarnings } from "./adequacy.js";
import { alternation } from "./alternation.js";
import { collectCounterexamples } from "./enumerate.js";
import { Stopped } from "./limits.js";
import type { Outcome, Search } from "./search.js";

/**
 * The default strategy: the lineage over every schedule of the budget at once, one Boolean function `bad` of the fault
 * variables, and a SAT solver to find the smallest schedule that makes it true. Exact, so the failure-free run and
 * one re-run decide; where the lineage is too large to build, `alternation` takes over.
 */
export function lineageDriven(search: Search): Outcome {
  const all = buildFor(search);
  if (all === undefined) return alternation(search);
  const { graph } = all;
  const bad = violation(search.setting.specification, search.failureFree, all);
  const target = graph.or(bad, all.failing);
  search.options.onDimacs?.(dimacs(graph, target, titleOf(search)));
  if (target === FALSE) {
    search.measures.graphNodes = graph.size;
    return { kind: "holds", method: "lineage", warnings: adequacy(search, all) };
  }
  const warnings = buildWarnings(all);
  return withSolver(search, (solver) => {
    const hypotheses = new Hypotheses(graph, solver, (atMost) => {
      search.ruleOut(hypotheses.ruledOut);
      search.watch.poll();
      search.announce({ kind: "solving", known: search.known, atMost });
    });
    search.timed("encode", () => hypotheses.require(target));
    const measure = (): void => {
      const { variables, clauses } = solver;
      Object.assign(search.measures, { graphNodes: graph.size, coneNodes: hypotheses.encodedNodes, variables, clauses, solverCalls: hypotheses.calls });
    };
    try {
      const found = collectCounterexamples(search, hypotheses, "lineage", warnings);
      return found ?? { kind: "holds", method: "lineage", warnings: adequacy(search, all) };
    } finally {
      measure();
    }
  });
}

/** The lineage over all schedules, if it can be built. */
export function buildFor(search: Search): AllSchedules | undefined {
  const { program, budget, maxTuples } = search.setting;
  const all = search.timed("build", () =>
    buildAllSchedules(program, budget, {
      maxTuples,
      keepAll: false,
      tick: (instant, tuples, nodes) => {
        search.watch.poll();
        search.announce({ kind: "building", known: search.known, instant, eot: budget.eot, tuples, nodes });
      },
    }),
  );
  if ("kind" in all) return undefined;
  search.measures.possibleTuples = all.tuples;
  return all;
}

/** Runs some work with a solver; when its memory ends, the search ends. */
export function withSolver<T>(search: Search, work: (solver: MinisatSolver) => T): T {
  try {
    return work(new MinisatSolver());
  } catch (thrown) {
    if (!(thrown instanceof SolverOutOfMemory)) throw thrown;
    throw new Stopped("memory", "the SAT solver's memory (64 MiB) is exhausted");
  }
}

function titleOf(search: Search): readonly string[] {
  const { nodes, eot, eff, crashes } = search.setting.budget;
  return [
    "satisfiable if and only if some fault schedule of the budget violates the specification",
    `nodes ${nodes.join(",")} eot ${eot} eff ${eff} crashes ${crashes}`,
  ];
}

export type { Annotation };
