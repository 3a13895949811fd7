import type { Execution, Tuple } from "../execution/execution.js";
import type { Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";
import type { RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import type { AllSchedules } from "./all-schedules.js";
import { undisturbed } from "./undisturbed.js";

/** What has to be in `relation` at EOT whenever `when` is true. */
interface Obligation {
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
function obligations(specification: Specification, failureFree: Execution, all: AllSchedules): readonly Obligation[] {
  const { eot } = failureFree;
  if (specification.kind === "implication") {
    return all
      .possible(specification.pre, eot)
      .map(({ args, annotation }) => ({ relation: specification.post, args, when: annotation }));
  }
  const { graph } = all;
  if (graph.variables.lines.length === 0)
    return outcomeRelations(specification).flatMap((relation) =>
      failureFree.tuples(relation, eot).map((args) => ({ relation, args, when: TRUE })),
    );
  // The failure-free run has the same inputs: what it promises depends on them.
  return outcomeRelations(specification).flatMap((relation) => {
    const possible = all.possible(relation, eot);
    const [failing = FALSE, ...promised] = undisturbed(graph, [all.failing, ...possible.map((p) => p.annotation)]);
    return possible.map(({ args }, i) => ({ relation, args, when: graph.and(promised[i] ?? FALSE, failing ^ 1) }));
  });
}

/**
 * The schedules that violate the specification, obligation by obligation: under one of them some annotation is true,
 * `when(g) ∧ ¬post(g)`. Schedules whose run ends in an error have no verdict.
 */
export function violations(
  specification: Specification,
  failureFree: Execution,
  all: AllSchedules,
): readonly Annotation[] {
  const { graph } = all;
  const found = new Set<Annotation>();
  for (const { relation, args, when } of obligations(specification, failureFree, all)) {
    const broken = graph.and(when, all.annotationOf(relation, failureFree.eot, args) ^ 1);
    found.add(graph.and(broken, all.failing ^ 1));
  }
  found.delete(FALSE);
  return [...found];
}
