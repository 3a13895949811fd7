import { builtIns } from "../faults/kind.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { Program, RelationId, Rule } from "./program.js";
import { possibleFacts } from "./program.js";

/** A warning that the program's own `restart` does not hold the restarts of the budget; for budgets that have some. */
export function ownRestart({ relations, relationByName, restart }: Program): readonly Diagnostic[] {
  const own = relationByName.get(builtIns.restart);
  if (own === undefined || restart !== undefined) return [];
  return [
    diagnostic("own-restart", {
      span: relations[own]?.firstUse,
      message:
        "the program has a relation `restart` of its own, which does not hold the restarts of the fault schedule",
      help: "rename it: the built-in `restart(N)` holds at node `N` at the instant at which it comes back",
    }),
  ];
}

/**
 * Whether a rule can fire only after some node has restarted: it reads the built-in `restart`, or a relation that is derived from
 * it alone. In
 *
 *     rejoin(M, N)@async :- restart(N), peer(N, M);
 *     asked(M, N)@next :- rejoin(M, N);
 *     asked(M, N)@next :- asked(M, N);
 *
 * all three do. Without restarts in the budget no warning says that they never fire.
 */
export function waitsForRestart(program: Program): (rule: Rule) => boolean {
  const { restart, rules } = program;
  if (restart === undefined) return () => false;
  const stated = new Set(possibleFacts(program).map(({ relation }) => relation));
  const waiting = new Set<RelationId>([restart]);
  const reads = (rule: Rule, ids: ReadonlySet<RelationId>): boolean =>
    rule.body.some((literal) => literal.kind === "positive" && ids.has(literal.relation));
  for (let size = -1; size !== waiting.size; ) {
    size = waiting.size;
    for (const { id, defined } of program.relations) {
      if (!defined || stated.has(id)) continue;
      // A rule that reads its own head can only continue what another rule began.
      const others = rules.filter((rule) => rule.head.relation === id && !reads(rule, new Set([id])));
      if (others.length > 0 && others.every((rule) => reads(rule, waiting))) waiting.add(id);
    }
  }
  return (rule) => reads(rule, waiting);
}
