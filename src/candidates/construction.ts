import type { Program, Relation, RelationId } from "../program/program.js";
import { printStatement } from "../syntax/printer-statements.js";
import type { Atom, BodyLiteral, Expression, RuleStatement, TimeMark, Variable } from "../syntax/tree.js";
import type { Subject } from "./subject.js";

/* Parts of rules that templates write, and the names in them. */

const nowhere = { file: { path: "", text: "" }, start: 0, end: 0 };

export function variable(name: string): Variable {
  return { kind: "variable", name, span: nowhere };
}

export const wildcard: Expression = { kind: "wildcard", span: nowhere };

export function integer(value: number): Expression {
  return { kind: "integer", value, span: nowhere };
}

/** `count<X>` */
export function count(of: Variable): Expression {
  return aggregate("count", of);
}

/** `max<X>` */
export function max(of: Variable): Expression {
  return aggregate("max", of);
}

function aggregate(name: string, of: Variable): Expression {
  return { kind: "aggregate", function: { text: name, span: nowhere }, variable: of, span: nowhere };
}

/** `2 * X`, as text. */
export function twice(name: string): string {
  return `2 * ${name}`;
}

export function atom(relation: string, args: readonly Expression[], time?: "next" | "async"): Atom {
  const mark: TimeMark | undefined = time === undefined ? undefined : { kind: time, span: nowhere };
  const bare = { relation: { text: relation, span: nowhere }, args, span: nowhere };
  return mark === undefined ? bare : { ...bare, time: mark };
}

export function positive(of: Atom): BodyLiteral {
  return { kind: "positive", atom: of, span: nowhere };
}

export function negated(of: Atom): BodyLiteral {
  return { kind: "negated", atom: of, span: nowhere };
}

/** The canonical text of a rule. */
export function ruleText(head: Atom, ...body: readonly BodyLiteral[]): string {
  return printStatement({ kind: "rule", head, body, span: nowhere });
}

/** The canonical text of a literal. */
export function literalText(literal: BodyLiteral): string {
  const text = ruleText(atom("r", []), literal);
  return text.slice("r() :- ".length, -1).trim();
}

/** The names of the variables in an expression, in the order of the text. */
export function variablesOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "variable":
      return [expression.name];
    case "arithmetic":
      return [...variablesOf(expression.left), ...variablesOf(expression.right)];
    case "range":
      return [...variablesOf(expression.from), ...variablesOf(expression.to)];
    case "aggregate":
      return [expression.variable, ...(expression.more ?? []), ...(expression.by ?? [])].flatMap(variablesOf);
    case "wildcard":
    case "integer":
    case "string":
      return [];
  }
}

/** The variables of a rule. */
export function variablesOfRule({ head, body }: RuleStatement): ReadonlySet<string> {
  const literals = body.flatMap((literal) =>
    literal.kind === "comparison" ? [literal.left, literal.right] : literal.atom.args,
  );
  return new Set([...head.args, ...literals].flatMap(variablesOf));
}

/** A name that none of `taken` is: the name itself, or with the first number that makes it new. */
export function newName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name}${n}`)) return `${name}${n}`;
}

/** Names for relations that the program does not have. */
export function newRelations<K extends string>(
  program: Program,
  names: Readonly<Record<K, string>>,
): Record<K, string> {
  const taken = new Set(program.relations.map(({ name }) => name));
  const result: Partial<Record<K, string>> = {};
  for (const key of Object.keys(names) as K[]) {
    const name = newName(names[key], taken);
    taken.add(name);
    result[key] = name;
  }
  return result as Record<K, string>;
}

/** Distinct variables for the columns of a relation, named as the program's own rules name them where they do. */
export function columnVariables({ rules }: Subject, { name, arity }: Relation): readonly Variable[] {
  const names: (string | undefined)[] = Array.from({ length: arity }, () => undefined);
  const atoms = rules.flatMap(({ statement }) => [
    statement.head,
    ...statement.body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal.atom])),
  ]);
  for (const { relation, args } of atoms) {
    if (relation.text !== name) continue;
    args.forEach((arg, i) => {
      if (arg.kind === "variable" && !names.includes(arg.name)) names[i] ??= arg.name;
    });
  }
  const taken = new Set(names.flatMap((known) => known ?? []));
  return names.map((known, i) => {
    const own = known ?? newName(`Column${i + 1}`, taken);
    taken.add(own);
    return variable(own);
  });
}

/** The rule by which a relation persists. */
export function persistenceRule(name: string, columns: readonly Expression[]): string {
  return ruleText(atom(name, columns, "next"), positive(atom(name, columns)));
}

export function nameOf(program: Program, id: RelationId): string {
  return program.relations[id]?.name ?? "?";
}
