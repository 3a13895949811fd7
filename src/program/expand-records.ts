import type { Aggregate, Expression, RuleStatement, Variable } from "../syntax/tree.js";

/**
 * The rule with one aggregate for each column that a record stands for: `max<T, L, W>` stands for three, which are those of the greatest
 * tuple. A record with `_` or with `by` stays as it is, and is reported.
 */
export function expandRecords(rule: RuleStatement): RuleStatement {
  const { args } = rule.head;
  if (!args.some((arg) => arg.kind === "aggregate" && arg.more !== undefined)) return rule;
  return {
    ...rule,
    head: { ...rule.head, args: args.flatMap((arg) => (arg.kind === "aggregate" ? columnsOf(arg) : [arg])) },
  };
}

function columnsOf(aggregate: Aggregate): readonly Expression[] {
  const { function: name, variable, more = [], by } = aggregate;
  const all = [variable, ...more];
  const of = all.filter((part): part is Variable => part.kind === "variable");
  if ((name.text !== "min" && name.text !== "max") || by !== undefined || of.length < all.length || of.length < 2)
    return [aggregate];
  const { span } = aggregate;
  return of.map(
    (own, index): Aggregate => ({ kind: "aggregate", function: name, variable: own, record: { index, of }, span }),
  );
}
