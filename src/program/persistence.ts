import type { Program, RelationId, Rule } from "./program.js";

/** Relations with a plain persistence rule, `r(X, …)@next :- r(X, …)`, in the order of their ids. */
export function persistentRelations(program: Program): readonly RelationId[] {
  const persistent = new Set(program.rules.filter(isPersistence).map(({ head }) => head.relation));
  return program.relations.flatMap(({ id }) => (persistent.has(id) ? [id] : []));
}

/** Whether a rule carries its relation to the next instant as it is: the same distinct variables in the same order. */
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
