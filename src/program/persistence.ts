import type { Program, RelationId, Rule } from "./program.js";

/** The relations with a plain persistence rule, `r(X, …)@next :- r(X, …)`, by ascending id. */
export function persistentRelations(program: Program): readonly RelationId[] {
  const persistent = new Set(program.rules.filter(isPersistence).map(({ head }) => head.relation));
  return program.relations.flatMap(({ id }) => (persistent.has(id) ? [id] : []));
}

/** Whether a rule is plain persistence: head and body hold the same distinct variables in the same order. */
export function isPersistence({ timing, head, body }: Rule): boolean {
  const [literal] = body;
  if (timing !== "inductive" || body.length !== 1 || literal?.kind !== "positive") return false;
  if (literal.relation !== head.relation || literal.instant !== undefined) return false;
  const seen = new Set<number>();
  return head.args.every((arg, i) => {
    const source = literal.args[i];
    if (
      arg.kind !== "variable" ||
      source?.kind !== "variable" ||
      arg.variable !== source.variable ||
      seen.has(arg.variable)
    )
      return false;
    seen.add(arg.variable);
    return true;
  });
}
