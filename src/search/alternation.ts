import type { RecordedRun } from "../execution/run.js";
import type { Annotation } from "../faults/annotation.js";
import type { Budget } from "../faults/budget.js";
import { faultKinds, kindOf } from "../faults/kinds.js";
import { formatSchedule } from "../faults/notation.js";
import { Explainer } from "../lineage/explanations.js";
import { FaultGraph } from "../lineage/fault-graph.js";
import { RunView } from "../lineage/run-view.js";
import { inputLines } from "../program/program.js";
import { Hypotheses } from "../solving/hypotheses.js";
import { Stopped } from "./limits.js";
import type { Outcome, Search } from "./search.js";
import { violates } from "./search.js";
import { withSolver } from "./with-solver.js";

/**
 * The paper's alternation of running forwards and explaining backwards (SIGMOD 2015, section 4): each correct run gives an
 * explanation Φ of its correctness, and the next schedule is a smallest one that satisfies none of them. An explanation is
 * satisfied by its own schedule, so none is tried twice; it implies correctness, so running out of schedules is a proof.
 * Needs no lineage over all schedules, hence takes over where that is too large to build. Its counterexample is a smallest one,
 * but among those of its size not always the first in canonical order: a crash is tried only at instants that some Φ mentions.
 */
export function alternation(search: Search): Outcome {
  if (!isExplained(search.setting.budget))
    throw new Stopped(
      "memory",
      "alternation explains lost messages and crashes only; the lineage over all schedules is too large",
    );
  const graph = new FaultGraph(search.setting.budget, inputLines(search.setting.program));
  return withSolver(graph, (solver) => {
    const hypotheses = new Hypotheses(graph, solver, (atMost) => search.solving(hypotheses.ruledOut, atMost));
    const learn = (run: RecordedRun): void => {
      const phi = search.timed("build", () => explanation(search, graph, run));
      search.timed("encode", () => hypotheses.requireSome([phi ^ 1]));
    };
    try {
      learn(search.undisturbed);
      for (;;) {
        const schedule = search.timed("solve", () => hypotheses.smallest());
        if (schedule === undefined) return { kind: "holds", method: "alternation", warnings: [] };
        const recorded = search.record(schedule, hypotheses.inputs);
        const trial = recorded.kind === "run" ? search.verdictOn(recorded.execution) : undefined;
        if (trial === undefined || !violates(trial)) {
          learn(recorded);
          continue;
        }
        const found = { counterexamples: [trial], smallest: true, complete: false, warnings: [] } as const;
        return search.keep({ kind: "violated", method: "alternation", ...found });
      }
    } finally {
      const { variables, clauses } = solver;
      Object.assign(search.measures, {
        graphNodes: graph.size,
        coneNodes: hypotheses.encodedNodes,
        variables,
        clauses,
        solverCalls: hypotheses.calls,
      });
    }
  });
}

/** Φ of a run that violates nothing: of its correctness, or of its error. */
function explanation(search: Search, graph: FaultGraph, run: RecordedRun): Annotation {
  const { program, specification } = search.setting;
  const { execution, timeline, values } = run;
  const { schedule } = execution;
  const explainer = new Explainer(new RunView(program, timeline, values), execution, graph);
  const phi = withinStack(() =>
    run.kind === "error" ? explainer.failure(run.error) : explainer.correctness(specification, search.failureFree),
  );
  const [satisfied] = graph.evaluate([phi], graph.variables.assignment(schedule, execution.inputs));
  if (satisfied !== true)
    throw new Error(`the explanation of the run under ${formatSchedule(schedule)} does not cover that schedule`);
  return phi;
}

/** An explanation follows a tuple back through every instant; the stack bounds how far that goes. */
function withinStack<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof RangeError) || !/call stack/i.test(thrown.message)) throw thrown;
    throw new Stopped("memory", "the lineage of one execution is too deep to be explained; a smaller EOT may help");
  }
}

/** Whether explanations know every kind of fault of a budget. Of one that they do not know, running out of schedules would prove nothing. */
function isExplained(budget: Budget): boolean {
  return faultKinds.every((kind) => kind === "crash" || kind === "omission" || budget[kindOf(kind).bound] === 0);
}
