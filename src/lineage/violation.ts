import type { Execution } from "../execution/execution.js";
import type { Promises } from "../execution/obligations.js";
import { breaches, interpretationOf } from "../execution/obligations.js";
import { Varying } from "../execution/varying.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Specification } from "../program/specification.js";
import type { AllSchedules, PossibleArgs } from "./all-schedules.js";
import { failureFreeValues } from "./failure-free-values.js";

/**
 * The annotations of the breaches of a specification: a schedule violates it if and only if some of them is true. Schedules whose run
 * ends in an error are left out, and inputs whose failure-free run does. Precondition: every instant of the excluded relations was kept.
 */
export function violations(
  specification: Specification,
  failureFree: Execution,
  all: AllSchedules,
): readonly Annotation[] {
  const { graph } = all;
  const hasInputs = graph.variables.lines.length > 0;
  const withoutFaults: Promises<PossibleArgs> = hasInputs ? withSameInputs(all) : interpretationOf(failureFree);
  const broken = breaches(specification, failureFree.eot, all, () => withoutFaults, graph);
  const [fails = FALSE] = hasInputs ? failureFreeValues(graph, [all.failing]) : [];
  const judged = graph.and(all.failing ^ 1, fails ^ 1);
  const found = new Set(broken.map(({ when }) => graph.and(when, judged)));
  found.delete(FALSE);
  return [...found];
}

/** The failure-free run as a function of the inputs, on which its promises depend. */
function withSameInputs({ graph, possible }: AllSchedules): Promises<PossibleArgs> {
  const read = (annotations: readonly Annotation[]): readonly Annotation[] => failureFreeValues(graph, annotations);
  return {
    possible: (relation, instant) => {
      const tuples = possible(relation, instant);
      const annotations = read(tuples.map((tuple) => tuple.annotation));
      return tuples.map(({ args }, i) => ({
        args: args.map((arg) => (arg instanceof Varying ? new Varying(read(arg.digits), arg.low, arg.high) : arg)),
        annotation: annotations[i] ?? FALSE,
      }));
    },
  };
}
