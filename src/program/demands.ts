import type { RelationId } from "./program.js";
import type { Specification } from "./specification.js";

/** One thing that a specification demands of an execution. */
export type Demand =
  /** Whatever the antecedent holds at EOT, the consequent holds as well. */
  | { readonly kind: "implied"; readonly antecedent: RelationId; readonly consequent: RelationId }
  /** Whatever the consequent holds at EOT in the failure-free run is still there. */
  | { readonly kind: "kept"; readonly consequent: RelationId };

/** All that a specification demands. An execution is correct if it meets every one. */
export function demandsOf(specification: Specification): readonly Demand[] {
  switch (specification.kind) {
    case "implication":
      return [{ kind: "implied", antecedent: specification.pre, consequent: specification.post }];
    case "post-only":
      return [{ kind: "kept", consequent: specification.post }];
    case "persistent":
      return specification.relations.map((consequent) => ({ kind: "kept", consequent }));
    default: {
      const never: never = specification;
      return never;
    }
  }
}

/** Whether a demand can be judged only beside the failure-free run. */
export function comparesWithFailureFree(specification: Specification): boolean {
  return demandsOf(specification).some((demand) => demand.kind === "kept");
}

/** The relation whose tuples promise something: of what is kept, those of the failure-free run do. */
export function promising(demand: Demand): RelationId {
  return demand.kind === "implied" ? demand.antecedent : demand.consequent;
}

/** The relations that must hold something. */
export function consequentsOf(specification: Specification): readonly RelationId[] {
  return demandsOf(specification).map((demand) => demand.consequent);
}

/** Every relation that a specification speaks of. */
export function relationsOf(specification: Specification): readonly RelationId[] {
  return demandsOf(specification).flatMap((demand) =>
    demand.kind === "implied" ? [demand.antecedent, demand.consequent] : [demand.consequent],
  );
}

/** The relation whose tuple promised one of another; `undefined` where the failure-free run did. */
export function antecedentOf(specification: Specification, consequent: RelationId): RelationId | undefined {
  for (const demand of demandsOf(specification))
    if (demand.kind === "implied" && demand.consequent === consequent) return demand.antecedent;
  return undefined;
}
