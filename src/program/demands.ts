import type { RelationId } from "./program.js";
import type { Specification } from "./specification.js";

/** One thing that a specification demands of an execution. */
export type Demand =
  /** Whatever the antecedent holds at EOT, the consequent holds as well. */
  | { readonly kind: "implied"; readonly antecedent: RelationId; readonly consequent: RelationId }
  /** Whatever the consequent holds at EOT in the failure-free run is still there. */
  | { readonly kind: "kept"; readonly consequent: RelationId }
  /** The relation holds nothing at any instant. */
  | { readonly kind: "excluded"; readonly relation: RelationId };

/** A demand that something is there. */
export type PositiveDemand = Exclude<Demand, { readonly kind: "excluded" }>;

/** All that a specification demands. An execution is correct if it meets every one. */
export function demandsOf(specification: Specification): readonly Demand[] {
  switch (specification.kind) {
    case "implication": {
      const { pre, post, never } = specification;
      return [{ kind: "implied", antecedent: pre, consequent: post }, ...excluding(never)];
    }
    case "post-only":
      return [{ kind: "kept", consequent: specification.post }, ...excluding(specification.never)];
    case "never":
      return excluding(specification.never);
    case "persistent":
      return specification.relations.map((consequent) => ({ kind: "kept", consequent }));
    default: {
      const never: never = specification;
      return never;
    }
  }
}

function excluding(relation: RelationId | undefined): readonly Demand[] {
  return relation === undefined ? [] : [{ kind: "excluded", relation }];
}

/** The demands that something is there. */
export function promisesOf(specification: Specification): readonly PositiveDemand[] {
  return demandsOf(specification).flatMap((demand) => (demand.kind === "excluded" ? [] : [demand]));
}

/** The relations that must hold nothing, at any instant. */
export function excludedBy(specification: Specification): readonly RelationId[] {
  return demandsOf(specification).flatMap((demand) => (demand.kind === "excluded" ? [demand.relation] : []));
}

/** Whether a demand can be judged only beside the failure-free run. */
export function comparesWithFailureFree(specification: Specification): boolean {
  return demandsOf(specification).some((demand) => demand.kind === "kept");
}

/** The relation whose tuples promise something: of what is kept, those of the failure-free run do. */
export function promising(promise: PositiveDemand): RelationId {
  return promise.kind === "implied" ? promise.antecedent : promise.consequent;
}

/** The relations that must hold something. */
export function consequentsOf(specification: Specification): readonly RelationId[] {
  return promisesOf(specification).map(({ consequent }) => consequent);
}

/** Every relation that a specification speaks of. */
export function relationsOf(specification: Specification): readonly RelationId[] {
  return demandsOf(specification).flatMap((demand) => {
    switch (demand.kind) {
      case "implied":
        return [demand.antecedent, demand.consequent];
      case "kept":
        return [demand.consequent];
      case "excluded":
        return [demand.relation];
      default: {
        const never: never = demand;
        return never;
      }
    }
  });
}

/** The relation whose tuple promised one of another; `undefined` where the failure-free run did. */
export function antecedentOf(specification: Specification, consequent: RelationId): RelationId | undefined {
  for (const demand of demandsOf(specification))
    if (demand.kind === "implied" && demand.consequent === consequent) return demand.antecedent;
  return undefined;
}
