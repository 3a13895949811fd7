import type { Program, RelationId, Rule } from "../program.js";
import { isStatic, possibleFacts } from "../program.js";

/**
 * For each relation, by id, the columns that hold the sender of the message from which the tuple is derived:
 *
 *     ack(S, R, N)@async :- order(R, S, N);     column 1 of `ack` is the sender
 *     acked(S, R, N) :- ack(S, R, N);           and so is that of `acked`
 *     acked(S, R, N)@next :- acked(S, R, N);
 *
 * A greatest fixpoint: all columns at first, and a column is removed when some rule fills it otherwise. A relation that no
 * message feeds has none.
 */
export function senderColumns(program: Program): readonly ReadonlySet<number>[] {
  const columns = program.relations.map(({ arity }) => new Set(Array.from({ length: arity }, (_, column) => column)));
  for (const { relation } of possibleFacts(program)) columns[relation]?.clear();
  columns[program.crash]?.clear();
  for (const { id, defined } of program.relations) if (!defined || isStatic(program, id)) columns[id]?.clear();
  for (let changed = true; changed; ) {
    changed = false;
    for (const rule of program.rules) {
      const own = columns[rule.head.relation];
      for (const column of own ?? []) {
        if (holdsSender(rule, column, columns)) continue;
        own?.delete(column);
        changed = true;
      }
    }
  }
  const sent = broughtByMessages(program);
  return columns.map((set, id) => (sent.has(id as RelationId) ? set : new Set()));
}

function holdsSender({ timing, head, body, location }: Rule, column: number, columns: readonly ReadonlySet<number>[]) {
  const arg = head.args[column];
  if (arg?.kind !== "variable") return false;
  if (timing === "async") return location.kind === "variable" && location.variable === arg.variable;
  return body.some(
    (literal) =>
      literal.kind === "positive" &&
      literal.args.some(
        (term, i) =>
          term.kind === "variable" && term.variable === arg.variable && columns[literal.relation]?.has(i) === true,
      ),
  );
}

/** The relations that messages carry, and those derived from them. */
function broughtByMessages(program: Program): ReadonlySet<RelationId> {
  const found = new Set(program.rules.filter(({ timing }) => timing === "async").map(({ head }) => head.relation));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { head, body } of program.rules)
      if (body.some((literal) => literal.kind === "positive" && found.has(literal.relation))) found.add(head.relation);
  }
  return found;
}
