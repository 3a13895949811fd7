import type { RelationId } from "./program.js";
import type { Specification } from "./specification.js";
import { conditionsOf } from "./specification.js";

/** One condition that a specification puts on an execution. `promise`: the name of the promise, where promises have names. */
export type Demand = { readonly promise: string | undefined } & (
  | /** Every tuple of the antecedent at EOT is in the consequent at EOT. */
  { readonly kind: "implied"; readonly antecedent: RelationId; readonly consequent: RelationId }
  /** Every tuple that the consequent has at EOT in the failure-free run is present at EOT. */
  | { readonly kind: "kept"; readonly consequent: RelationId }
  /** The relation is empty at every instant. */
  | { readonly kind: "excluded"; readonly relation: RelationId }
);

/** A demand that tuples are present. */
export type PositiveDemand = Extract<Demand, { readonly kind: "implied" | "kept" }>;

/** A demand that a relation is empty. */
export type NegativeDemand = Extract<Demand, { readonly kind: "excluded" }>;

/** The demands of a specification. An execution is correct if it meets all of them. */
export function demandsOf(specification: Specification): readonly Demand[] {
  return conditionsOf(specification).flatMap(({ promise, condition }) => {
    const excluding = (relation: RelationId | undefined): readonly Demand[] =>
      relation === undefined ? [] : [{ kind: "excluded", relation, promise }];
    switch (condition.kind) {
      case "implication": {
        const { pre, post, never } = condition;
        return [{ kind: "implied", antecedent: pre, consequent: post, promise }, ...excluding(never)];
      }
      case "post-only":
        return [{ kind: "kept", consequent: condition.post, promise }, ...excluding(condition.never)];
      case "never":
        return excluding(condition.never);
      case "persistent":
        return condition.relations.map((consequent) => ({ kind: "kept", consequent, promise }));
      default: {
        const never: never = condition;
        return never;
      }
    }
  });
}

/** The demands that tuples are present. */
export function promisesOf(specification: Specification): readonly PositiveDemand[] {
  return demandsOf(specification).flatMap((demand) => (demand.kind === "excluded" ? [] : [demand]));
}

/** The demands that relations are empty at every instant. */
export function exclusionsOf(specification: Specification): readonly NegativeDemand[] {
  return demandsOf(specification).flatMap((demand) => (demand.kind === "excluded" ? [demand] : []));
}

/** The relations that must be empty at every instant. */
export function excludedBy(specification: Specification): readonly RelationId[] {
  return [...new Set(exclusionsOf(specification).map(({ relation }) => relation))];
}

/** Whether some demand compares an execution with the failure-free run. */
export function comparesWithFailureFree(specification: Specification): boolean {
  return demandsOf(specification).some((demand) => demand.kind === "kept");
}

/** The relation whose tuples are the promises. For `kept` it is the consequent itself, as it is in the failure-free run. */
export function promising(promise: PositiveDemand): RelationId {
  return promise.kind === "implied" ? promise.antecedent : promise.consequent;
}

/** The relations in which promised tuples must be present. */
export function consequentsOf(specification: Specification): readonly RelationId[] {
  return promisesOf(specification).map(({ consequent }) => consequent);
}

/** Every relation of the specification. */
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

/** The relation whose tuples promise those of `consequent` in one promise; `undefined` where the failure-free run promises them. */
export function antecedentOf(
  specification: Specification,
  { relation: consequent, promise }: { readonly relation: RelationId; readonly promise: string | undefined },
): RelationId | undefined {
  for (const demand of demandsOf(specification))
    if (demand.kind === "implied" && demand.consequent === consequent && demand.promise === promise)
      return demand.antecedent;
  return undefined;
}
