import type { RecordedRun } from "../execution/run.js";
import type { Stopped } from "../execution/stopped.js";
import { isStopped, stopped } from "../execution/stopped.js";
import type { Annotation } from "../faults/annotation.js";
import { defaultInputs } from "../faults/inputs.js";
import { formatSchedule } from "../faults/notation.js";
import { Explainer } from "../lineage/explanations.js";
import { FaultGraph } from "../lineage/fault-graph.js";
import { RunView } from "../lineage/run-view.js";
import { inputLines } from "../program/program.js";
import type { Hypotheses } from "../solving/hypotheses.js";
import { hypothesesOn } from "../solving/queries.js";
import { vacuityOfRuns } from "./adequacy.js";
import { alternation, scheduleCandidates, undisturbed } from "./alternation.js";
import type { Outcome, Search } from "./search.js";
import { violates } from "./search.js";

/**
 * Alternation (alternation.ts) with runs of the evaluator, up to the first violation. It is smallest, since every smaller schedule was run
 * or is covered by an explanation. Needs no lineage over all schedules, so it takes over if that is too large to build.
 */
export function alternate(search: Search): Outcome | Stopped {
  const { budget, program } = search.setting;
  const graph = new FaultGraph(budget, inputLines(program));
  const hypotheses = hypothesesOn(graph, search.onCall, search.options.solver);
  const outcome = drive(search, graph, hypotheses);
  Object.assign(search.measures, {
    graphNodes: graph.size,
    coneNodes: hypotheses.encodedNodes,
    solverCalls: hypotheses.calls,
    ...hypotheses.size,
  });
  return outcome;
}

function drive(search: Search, graph: FaultGraph, hypotheses: Hypotheses): Outcome | Stopped {
  const inputs = defaultInputs(inputLines(search.setting.program));
  const candidates = scheduleCandidates(hypotheses, (phase, work) => search.timed(phase, work));
  const schedules = alternation(undisturbed(inputs), candidates);
  let next = schedules.next();
  while (next.done !== true) {
    const { schedule, inputs: chosen } = next.value;
    const run = schedule.length === 0 ? search.failureFreeRunWith(chosen) : search.record(schedule, chosen);
    if (run.kind === "stopped") return run;
    const trial = run.kind === "run" ? search.trialOf(run.execution) : undefined;
    if (trial?.kind === "stopped") return trial;
    if (trial !== undefined && violates(trial) && search.isSound(chosen)) {
      const found = { counterexamples: [trial], smallest: true, complete: false, warnings: [] } as const;
      return search.keep({ kind: "violated", method: "alternation", ...found });
    }
    const phi = search.timed("build", () => explanation(search, graph, run));
    if (isStopped(phi)) return phi;
    next = schedules.next({ kind: "explained", phi });
  }
  return (
    next.value ?? {
      kind: "holds",
      method: "alternation",
      warnings: vacuityOfRuns(search, false),
      reach: search.reached.findings(false),
    }
  );
}

/**
 * The explanation of a run that does not violate: of its correctness, or of its error. Inputs whose failure-free run ends in an error are
 * covered whole.
 */
function explanation(search: Search, graph: FaultGraph, run: Exclude<RecordedRun, Stopped>): Annotation | Stopped {
  const { program, specification } = search.setting;
  const { execution, timeline, values } = run;
  const { schedule } = execution;
  const failureFree = search.failureFreeRunWith(execution.inputs);
  if (failureFree.kind === "stopped") return failureFree;
  const explainer = new Explainer(new RunView(program, timeline, values), execution, graph);
  const phi = withinStack(() => {
    if (failureFree.kind === "error") return explainer.inputs();
    return run.kind === "error"
      ? explainer.failure(run.error)
      : explainer.correctness(specification, failureFree.execution);
  });
  if (isStopped(phi)) return phi;
  const [satisfied] = graph.evaluate([phi], graph.variables.assignment(schedule, execution.inputs));
  if (satisfied !== true)
    throw new Error(`the explanation of the run under ${formatSchedule(schedule)} does not cover that schedule`);
  return phi;
}

/** Explanations follow tuples back through all instants recursively, so the depth of the stack bounds EOT. */
function withinStack<T>(work: () => T): T | Stopped {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof RangeError) || !/call stack/i.test(thrown.message)) throw thrown;
    return stopped("memory", "the lineage of one execution is too deep to be explained; a smaller EOT may help");
  }
}
