import type { Literal, Program, RelationId } from "../program.js";
import { isAggregate } from "../rule-shape.js";
import type { LintOptions } from "./options.js";
import { outcomes } from "./options.js";

/**
 * The relations on which the specification can depend positively (more tuples of them can help to meet it): those from which
 * `post` is derived, and those negated on the way to `pre` or `never`. In
 *
 *     post(X) :- log(X), notin spoilt(X);
 *     spoilt(X) :- lost(X), notin fixed(X);
 *
 * these are `post`, `log` and `fixed`. A relation that only strengthens `pre` is not among them.
 */
export function fulfillingRelations(program: Program, options: LintOptions): Set<RelationId> {
  const { pre = "pre", never = "never" } = options;
  const demands = [pre, never].map((name) => program.relationByName.get(name));
  const more = new Set<RelationId>();
  const fewer = new Set<RelationId>();
  for (const id of outcomes(program, options)) (demands.includes(id) ? fewer : more).add(id);
  for (let size = -1; size !== more.size + fewer.size; ) {
    size = more.size + fewer.size;
    for (const rule of program.rules) {
      const { head, body } = rule;
      // An aggregate can be monotone in neither direction, so both are assumed.
      const aggregated = isAggregate(rule);
      for (const [wanted, opposite] of [
        [more, fewer],
        [fewer, more],
      ] as const) {
        if (!wanted.has(head.relation)) continue;
        for (const literal of body) {
          if (literal.kind === "comparison") continue;
          if (aggregated || !isNegated(literal)) wanted.add(literal.relation);
          if (aggregated || isNegated(literal)) opposite.add(literal.relation);
        }
      }
    }
  }
  return more;
}

function isNegated(literal: Literal): boolean {
  return literal.kind === "negated";
}
