import { isPersistence } from "./persistence.js";
import type { Program, RelationId } from "./program.js";
import { isStatic, possibleFacts } from "./program.js";

/** The relations that an absence of a node does not affect, or not entirely. */
export interface Memory {
  /** Relations whose carried tuples survive a restart of their node. */
  readonly durable: ReadonlySet<RelationId>;
  /** Observer relations, and static ones: no absence affects them, wherever their tuples are located. */
  readonly observer: ReadonlySet<RelationId>;
}

/** The memory of a program. `roles`: the relations of its specification (`pre`, `post`, `never`), which are observer relations. */
export function memoryOf(program: Program, roles: readonly RelationId[]): Memory {
  const kept = configuration(program).filter((relation) => !program.forgets.has(relation));
  // No absence affects static relations either; but what reads them is not the observer's.
  const statics = program.relations.flatMap(({ id }) => (isStatic(program, id) ? [id] : []));
  const observer = new Set([...observerRelations(program, [...roles, ...program.observers.keys()]), ...statics]);
  return { durable: new Set([...program.durable.keys(), ...kept]), observer };
}

/** The relations defined only by facts and their own plain persistence rule; they survive a restart unless `//! forgets` names them. */
export function configuration(program: Program): readonly RelationId[] {
  const stated = new Set(
    possibleFacts(program).flatMap(({ relation }) => (isStatic(program, relation) ? [] : [relation])),
  );
  for (const rule of program.rules) if (!isPersistence(rule)) stated.delete(rule.head.relation);
  return [...stated].sort((a, b) => a - b);
}

/** These relations and all that deductive and `@next` rules derive from them. */
export function observerRelations(program: Program, named: readonly RelationId[]): ReadonlySet<RelationId> {
  const observer = new Set(named);
  for (let size = -1; size !== observer.size; ) {
    size = observer.size;
    for (const { timing, head, body } of program.rules) {
      if (timing === "async" || observer.has(head.relation)) continue;
      if (body.some((literal) => literal.kind !== "comparison" && observer.has(literal.relation)))
        observer.add(head.relation);
    }
  }
  return observer;
}

/** The relations that `//! promise` lines name; they are the specification's, asked for or not. */
export function promisedRelations({ promises }: Program): readonly RelationId[] {
  return promises.flatMap(({ pre, post, never }) => [pre, post, never]).filter((id) => id !== undefined);
}

/** The memory of a program whose specification is `pre`, `post` and `never`. */
export function defaultMemory(program: Program): Memory {
  const roles = ["pre", "post", "never"].flatMap((name) => program.relationByName.get(name) ?? []);
  return memoryOf(program, [...roles, ...promisedRelations(program)]);
}
