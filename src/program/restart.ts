import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import type { Program, RelationId, Rule } from "./program.js";
import { possibleFacts } from "./program.js";

/** Where restarts are asked for: that the program's own `restart` does not tell of them. */
export function ownRestart({ relations, relationByName, restart }: Program): readonly Diagnostic[] {
  const own = relationByName.get("restart");
  if (own === undefined || restart !== undefined) return [];
  return [
    diagnostic("own-restart", {
      span: relations[own]?.firstUse,
      message: "`restart` is the program's own relation here, and does not tell of the restarts that are asked for",
      help: "give it another name: the built-in `restart(N)` holds at a node at the instant at which it comes back",
    }),
  ];
}

/**
 * Whether a rule can fire only after some node has restarted: it reads the built-in `restart`, or what can come of it alone. In
 *
 *     rejoin(M, N)@async :- restart(N), peer(N, M);
 *     asked(M, N)@next :- rejoin(M, N);
 *     asked(M, N)@next :- asked(M, N);
 *
 * all do. Without restarts it is no wonder that they never fire.
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
      // Its own rules only carry on what another began.
      const others = rules.filter((rule) => rule.head.relation === id && !reads(rule, new Set([id])));
      if (others.length > 0 && others.every((rule) => reads(rule, waiting))) waiting.add(id);
    }
  }
  return (rule) => reads(rule, waiting);
}
