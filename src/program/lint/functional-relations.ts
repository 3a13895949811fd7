import type { Fact, Program, Relation, Rule } from "../program.js";
import { possibleFacts } from "../program.js";
import { isAggregate } from "../rule-shape.js";
import { termVariables } from "../terms.js";

/**
 * For each relation, by id, columns that functionally determine the others at every instant; `undefined` if none are known.
 * Two forms are recognised:
 *
 *     best(N, max<V>) :- …;                               an aggregate is determined by its group, also with facts of the
 *                                                         first instant beside a rule for later ones
 *     now("a", 1)@1; now(N, T + 1)@next :- now(N, T);     facts and one rule that maps each tuple to one: the shortest prefix
 *                                                         of columns that distinguishes the facts
 */
export function determiningColumns(program: Program): readonly (readonly number[] | undefined)[] {
  return program.relations.map((relation) => {
    const rules = program.rules.filter(({ head }) => head.relation === relation.id);
    const facts = possibleFacts(program).filter((fact) => fact.relation === relation.id);
    const [rule, second] = rules;
    if (second !== undefined || !relation.defined) return undefined;
    const group = rule === undefined ? undefined : groupColumns(rule);
    if (rule !== undefined && group !== undefined)
      return facts.length === 0 ||
        (rule.timing === "inductive" && facts.every(({ instant }) => instant === 1) && distinguish(group, facts))
        ? group
        : undefined;
    if (rule !== undefined && facts.length === 0) return undefined;
    for (let length = 1; length < relation.arity; length++) {
      const columns = Array.from({ length }, (_, column) => column);
      if (distinguish(columns, facts) && (rule === undefined || carriesOn(rule, relation, length))) return columns;
    }
    return undefined;
  });
}

/** Whether no two facts are alike in some columns. */
function distinguish(columns: readonly number[], facts: readonly Fact[]): boolean {
  const keys = new Set(facts.map(({ args }) => JSON.stringify(columns.map((column) => args[column]))));
  return keys.size === facts.length;
}

function groupColumns(rule: Rule): readonly number[] | undefined {
  if (!isAggregate(rule)) return undefined;
  return rule.head.args.flatMap(({ kind }, column) => (kind === "aggregate" ? [] : [column]));
}

/** Whether a rule derives at most one tuple of the next instant from each tuple of this one, with the same first columns. */
function carriesOn({ timing, head, body }: Rule, relation: Relation, length: number): boolean {
  if (timing !== "inductive") return false;
  const [own, another] = body.filter(
    (literal) => literal.kind === "positive" && literal.relation === relation.id && literal.instant === undefined,
  );
  if (own === undefined || own.kind === "comparison" || another !== undefined) return false;
  const known = new Set(own.args.flatMap(termVariables));
  return head.args.every((arg, column) => {
    const before = own.args[column];
    if (column >= length)
      return arg.kind !== "aggregate" && termVariables(arg).every((variable) => known.has(variable));
    return arg.kind === "variable" && before?.kind === "variable" && arg.variable === before.variable;
  });
}
