import { promisesOf } from "../program/demands.js";
import { dependents } from "../program/dependents.js";
import { observerRelations } from "../program/memory.js";
import type { Program, RelationId } from "../program/program.js";
import type { Specification } from "../program/specification.js";
import { rolesOf } from "../program/specification.js";

/**
 * What a repair may touch. A specification is not repaired by weakening it: `pre`, `post`, `never`, observer relations and what feeds
 * only them stay as they are. In
 *
 *     deliver(W, Q, Job)@async :- attempt(Q, Job), worker(Q, W);
 *     performs(W, Job) :- deliver(W, _, Job);
 *     led(S, T) :- leader(S, T);
 *     pre(S, T) :- led(S, T);
 *     post(W, Job) :- performs(W, Job);
 *
 * `attempt` and `deliver` are of the protocol, since messages depend on them, and `led` is history for the specification. `performs` is an
 * effect: what a node does with a message that it receives, and all that is asked of it is that it be done.
 */
export interface Touchable {
  /** Relations that messages carry, and those from which these are derived: any edit. */
  readonly protocol: ReadonlySet<RelationId>;
  /**
   * Relations with a rule that reads a message, and that feed `post` alone: a node may remember them, and do them under a further
   * condition. Nothing that feeds `pre` or `never` is among them.
   */
  readonly effects: ReadonlySet<RelationId>;
}

export function touchable(program: Program, specification: Specification): Touchable {
  const roles = new Set(rolesOf(specification));
  const excluded = observerRelations(program, [...program.observers.keys()]);
  const sent = new Set(program.rules.filter(({ timing }) => timing === "async").map(({ head }) => head.relation));
  const protocol = feeding(program, sent, roles);
  for (const id of [...excluded, program.crash, program.restart]) if (id !== undefined) protocol.delete(id);
  const consequents = new Set(promisesOf(specification).map(({ consequent }) => consequent));
  // A relation that is not in the role of `post` alone is evidence for something else.
  for (const demand of promisesOf(specification)) if (demand.kind === "implied") consequents.delete(demand.antecedent);
  const others = [...roles].filter((role) => !consequents.has(role));
  const effects = new Set<RelationId>();
  for (const { head, body } of program.rules) {
    const { relation } = head;
    if (protocol.has(relation) || excluded.has(relation) || roles.has(relation)) continue;
    if (!body.some((literal) => literal.kind === "positive" && sent.has(literal.relation))) continue;
    const fed = dependents(program, relation);
    if ([...consequents].some((role) => fed.has(role)) && !others.some((role) => fed.has(role))) effects.add(relation);
  }
  return { protocol, effects };
}

/** Some relations and those from which they are derived, without the relations of the specification. */
function feeding(program: Program, from: Iterable<RelationId>, roles: ReadonlySet<RelationId>): Set<RelationId> {
  const found = new Set([...from].filter((id) => !roles.has(id)));
  // A set is iterated in insertion order, and elements added on the way are visited.
  for (const relation of found) {
    for (const { head, body } of program.rules) {
      if (head.relation !== relation) continue;
      for (const literal of body)
        if (literal.kind !== "comparison" && !roles.has(literal.relation)) found.add(literal.relation);
    }
  }
  return found;
}
