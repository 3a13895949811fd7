import type { Program, RelationId } from "./program.js";
import type { Condition, Specification } from "./specification.js";

/* A specification by the names of its relations, as documents and other threads have it. */

export type NamedCondition =
  | { readonly kind: "implication"; readonly pre: string; readonly post: string; readonly never?: string }
  | { readonly kind: "post-only"; readonly post: string; readonly never?: string }
  | { readonly kind: "never"; readonly never: string }
  | { readonly kind: "persistent"; readonly relations: readonly string[] };

export type NamedSpecification =
  | NamedCondition
  | { readonly kind: "promises"; readonly promises: readonly ({ readonly name: string } & NamedCondition)[] };

export function namedSpecification(specification: Specification, program: Program): NamedSpecification {
  if (specification.kind !== "promises") return named(specification, program);
  return {
    kind: "promises",
    promises: specification.asked.map(({ name, condition }) => ({ name, ...named(condition, program) })),
  };
}

function named(condition: Condition, program: Program): NamedCondition {
  const name = (relation: RelationId): string => program.relations[relation]?.name ?? "?";
  const besides = (never: RelationId | undefined): { readonly never?: string } =>
    never === undefined ? {} : { never: name(never) };
  switch (condition.kind) {
    case "implication":
      return {
        kind: "implication",
        pre: name(condition.pre),
        post: name(condition.post),
        ...besides(condition.never),
      };
    case "post-only":
      return { kind: "post-only", post: name(condition.post), ...besides(condition.never) };
    case "never":
      return { kind: "never", never: name(condition.never) };
    case "persistent":
      return { kind: "persistent", relations: condition.relations.map(name) };
    default: {
      const never: never = condition;
      return never;
    }
  }
}
