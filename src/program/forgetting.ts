import { consequentsOf, demandsOf } from "./demands.js";
import type { Memory } from "./memory.js";
import { configuration } from "./memory.js";
import type { Program, RelationId } from "./program.js";
import { isAggregate } from "./rule-shape.js";
import type { Specification } from "./specification.js";

/** What a restart of a node does to the relations that `@next` rules carry: by id, ascending. */
export interface RestartMemory {
  /** Kept, by a `//! durable` line. */
  readonly durable: readonly RelationId[];
  /** Kept, as configuration that no `//! forgets` line names. */
  readonly configuration: readonly RelationId[];
  readonly forgotten: readonly RelationId[];
}

/** What a restart does to the carried relations. Observer relations are left out: no restart affects them. */
export function restartMemory(program: Program, { durable, observer }: Memory): RestartMemory {
  const stated = new Set(configuration(program));
  const carried = carriedRelations(program).filter((id) => !observer.has(id));
  return {
    durable: carried.filter((id) => program.durable.has(id)),
    configuration: carried.filter((id) => durable.has(id) && stated.has(id) && !program.durable.has(id)),
    forgotten: carried.filter((id) => !durable.has(id)),
  };
}

/**
 * The relations whose tuples are evidence of a violation and are forgotten by a restart, so that a restart can hide a violation. In
 *
 *     led(N, T) :- leader(N, T);
 *     led(N, T)@next :- led(N, T);
 *     never(T) :- led(N, T), led(M, T), N != M;
 *
 * this is `led`, unless it is durable or an observer relation: after a restart, `led` no longer shows that the node was leader. These
 * relations are carried, not durable, and read through deductive rules: positively under `pre` or `never`, or negatively under `post`.
 * The search stops at carried relations: what `led` is derived from may be forgotten, since `led` records it.
 */
export function forgottenWitnesses(
  program: Program,
  specification: Specification,
  memory: Memory,
): readonly RelationId[] {
  const { forgotten } = restartMemory(program, memory);
  const accusing = accusingRelations(program, specification);
  return forgotten.filter((id) => accusing.has(id));
}

/** The relations of which additional tuples can cause a violation, found through the deductive rules of relations that are not carried. */
function accusingRelations(program: Program, specification: Specification): ReadonlySet<RelationId> {
  const carried = new Set(carriedRelations(program));
  const excusing = new Set(consequentsOf(specification));
  const accusing = new Set(accusingRoles(specification));
  for (let size = -1; size !== accusing.size + excusing.size; ) {
    size = accusing.size + excusing.size;
    for (const rule of program.rules) {
      if (rule.timing !== "deductive" || carried.has(rule.head.relation)) continue;
      for (const [from, opposite] of [
        [accusing, excusing],
        [excusing, accusing],
      ] as const) {
        if (!from.has(rule.head.relation)) continue;
        for (const literal of rule.body) {
          if (literal.kind === "comparison") continue;
          // A larger group can make an aggregate larger or smaller.
          if (literal.kind === "positive" || isAggregate(rule)) from.add(literal.relation);
          if (literal.kind === "negated" || isAggregate(rule)) opposite.add(literal.relation);
        }
      }
    }
  }
  return accusing;
}

/** The relations of a specification of which more tuples can break a demand. */
function accusingRoles(specification: Specification): readonly RelationId[] {
  return demandsOf(specification).flatMap((demand) => {
    switch (demand.kind) {
      case "implied":
        return [demand.antecedent];
      case "kept":
        return [];
      case "excluded":
        return [demand.relation];
      default: {
        const never: never = demand;
        return never;
      }
    }
  });
}

function carriedRelations({ rules }: Program): readonly RelationId[] {
  const carried = rules.flatMap(({ timing, head }) => (timing === "inductive" ? [head.relation] : []));
  return [...new Set(carried)].sort((a, b) => a - b);
}
