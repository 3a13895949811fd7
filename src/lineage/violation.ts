import type { Annotation } from "../execution/annotation.js";
import { FALSE } from "../execution/annotation.js";
import type { Execution, Tuple } from "../execution/execution.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { AllSchedules } from "./all-schedules.js";

/** What has to be in `relation` at EOT whenever `when` is true. */
export interface Obligation {
  readonly relation: RelationId;
  readonly args: Tuple;
  readonly when: Annotation;
}

/** The relations whose tuples in the failure-free run are the outcomes; empty for an implication. */
export function outcomeRelations(specification: Specification): readonly RelationId[] {
  switch (specification.kind) {
    case "implication":
      return [];
    case "post-only":
      return [specification.post];
    case "persistent":
      return specification.relations;
  }
}

/** Everything that some schedule promises: the possible tuples of `pre`, or the outcomes of the failure-free run. */
export function obligations(specification: Specification, failureFree: Execution, all: AllSchedules): readonly Obligation[] {
  const { eot } = failureFree;
  if (specification.kind === "implication") {
    return all.possible(specification.pre, eot).map(({ args, annotation }) => ({ relation: specification.post, args, when: annotation }));
  }
  return outcomeRelations(specification).flatMap((relation) =>
    failureFree.tuples(relation, eot).map((args) => ({ relation, args, when: 1 })),
  );
}

/**
 * The one node that is true under exactly the schedules that violate the specification:
 * `bad = ⋁ over obligations g: when(g) ∧ ¬post(g)`. Schedules whose run ends in an error have no verdict.
 */
export function violation(specification: Specification, failureFree: Execution, all: AllSchedules): Annotation {
  const { graph } = all;
  let bad: Annotation = FALSE;
  for (const { relation, args, when } of obligations(specification, failureFree, all)) {
    bad = graph.or(bad, graph.and(when, all.annotationOf(relation, failureFree.eot, args) ^ 1));
  }
  return graph.and(bad, all.failing ^ 1);
}
