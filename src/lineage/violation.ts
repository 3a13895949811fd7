import type { Execution } from "../execution/execution.js";
import type { Interpretation } from "../execution/obligations.js";
import { breaches, interpretationOf } from "../execution/obligations.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Specification } from "../program/specification.js";
import type { AllSchedules } from "./all-schedules.js";
import { undisturbed } from "./undisturbed.js";

/**
 * The schedules that violate the specification, breach by breach: under one of them some annotation is true. Schedules whose run ends in
 * an error have no verdict. Of what the specification excludes, every instant has been kept.
 */
export function violations(
  specification: Specification,
  failureFree: Execution,
  all: AllSchedules,
): readonly Annotation[] {
  const { graph } = all;
  const withoutFaults = graph.variables.lines.length === 0 ? interpretationOf(failureFree) : withSameInputs(all);
  const broken = breaches(specification, failureFree.eot, all, () => withoutFaults, graph);
  const found = new Set(broken.map(({ when }) => graph.and(when, all.failing ^ 1)));
  found.delete(FALSE);
  return [...found];
}

/** The failure-free run with the inputs of each schedule: what it promises depends on them. One that fails promises nothing. */
function withSameInputs({ graph, failing, possible, annotationOf }: AllSchedules): Interpretation {
  const read = (annotations: readonly Annotation[]): readonly Annotation[] => {
    const [fails = FALSE, ...there] = undisturbed(graph, [failing, ...annotations]);
    return there.map((annotation) => graph.and(annotation, fails ^ 1));
  };
  return {
    possible: (relation, instant) => {
      const tuples = possible(relation, instant);
      const annotations = read(tuples.map((tuple) => tuple.annotation));
      return tuples.map(({ args }, i) => ({ args, annotation: annotations[i] ?? FALSE }));
    },
    annotationOf: (relation, instant, args) => read([annotationOf(relation, instant, args)])[0] ?? FALSE,
  };
}
