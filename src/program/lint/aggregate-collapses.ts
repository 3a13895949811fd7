import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Span } from "../../source/source.js";
import type { AggregateTerm, AtomLiteral, Program, Rule } from "../program.js";
import { equations, termVariables } from "../terms.js";
import { determiningColumns } from "./functional-relations.js";
import { senderColumns } from "./sender-columns.js";

/** A variable or wildcard that distinguishes bindings of the body and is in neither the group nor the aggregate. */
interface Collapsed {
  /** Absent for `_`. */
  readonly name: string | undefined;
  readonly span: Span;
  readonly isSender: boolean;
}

/**
 * Warns of an aggregate that collapses bindings: it ranges over the distinct values of its variable, not over bindings.
 *
 *     total(S, sum<X>) :- payment(S, Id, X);      two payments of 5 add 5
 *     votes(S, count<V>) :- vote(S, Voter, V);    two votes for "yes" count 1
 *
 * A variable that distinguishes bindings and is in neither the group nor the aggregate (`Id`, `Voter`) is reported, unless
 * its name starts with `_`, which states the intention. For `count`, a plain `_` states it too, since counting the values of
 * one column is common; for `sum` it is not. `min` and `max` are the same over values and over bindings.
 */
export function aggregateCollapses(program: Program): readonly Diagnostic[] {
  const judged = program.rules.filter(({ head }) => head.args.some((arg) => arg.kind === "aggregate" && counts(arg)));
  if (judged.length === 0) return [];
  const determining = determiningColumns(program);
  const senders = senderColumns(program);
  return judged.flatMap((rule) =>
    rule.head.args.flatMap((arg, column) => {
      if (arg.kind !== "aggregate" || !counts(arg)) return [];
      const kept = keptBy(arg, rule, determining);
      const collapsed = [
        ...collapsedVariables(arg, rule, kept, senders),
        ...collapsedWildcards(arg, rule, kept, determining, senders),
      ];
      const sender = collapsed.find(({ isSender }) => isSender);
      if (sender !== undefined && arg.function === "count" && isCompared(program, rule, column))
        return [countsValuesOfSenders(arg, rule, sender)];
      const [first] = collapsed.filter(({ name }) => arg.function !== "count" || name !== undefined);
      return first === undefined ? [] : [collapses(arg, rule, first)];
    }),
  );
}

function counts({ function: name }: AggregateTerm): boolean {
  return name !== "min" && name !== "max";
}

/** The variables known to have one value for each group and each value of the aggregate. */
function keptBy(
  aggregate: AggregateTerm,
  rule: Rule,
  determining: readonly (readonly number[] | undefined)[],
): ReadonlySet<number> {
  const { head, body } = rule;
  const equalities = equations(rule);
  const kept = new Set<number>(aggregate.over);
  for (const arg of head.args)
    if (arg.kind !== "aggregate") for (const variable of termVariables(arg)) kept.add(variable);
  for (let size = -1; size !== kept.size; ) {
    size = kept.size;
    for (const { side, other } of equalities) {
      if (side.kind !== "variable") continue;
      // `K == X * 1000 + Id` is the usual encoding of a pair, so K is taken to determine X and Id.
      if (kept.has(side.variable)) for (const v of termVariables(other)) kept.add(v);
      if (termVariables(other).every((v) => kept.has(v))) kept.add(side.variable);
    }
    for (const literal of body) {
      if (literal.kind === "positive" && isDetermined(literal, kept, determining))
        for (const v of literal.args.flatMap(termVariables)) kept.add(v);
    }
  }
  return kept;
}

/** Whether the values of the variables in `kept` determine the tuple of an atom. */
function isDetermined(
  { relation, args }: AtomLiteral,
  kept: ReadonlySet<number>,
  determining: readonly (readonly number[] | undefined)[],
): boolean {
  const columns = determining[relation];
  return (
    columns?.every((column) => {
      const arg = args[column];
      return arg !== undefined && arg.kind !== "wildcard" && termVariables(arg).every((v) => kept.has(v));
    }) ?? false
  );
}

function collapsedVariables(
  aggregate: AggregateTerm,
  { head, body, variables, variableSpans }: Rule,
  kept: ReadonlySet<number>,
  senders: readonly ReadonlySet<number>[],
): readonly Collapsed[] {
  const counted = head.args.flatMap((arg) => (arg.kind === "aggregate" ? arg.over : []));
  const found = new Map<number, Collapsed>();
  for (const literal of body) {
    if (literal.kind !== "positive") continue;
    literal.args.forEach((arg, column) => {
      if (arg.kind !== "variable" || kept.has(arg.variable)) return;
      const name = variables[arg.variable] ?? "";
      const span = variableSpans[arg.variable];
      if (name.startsWith("_") || span === undefined) return;
      // A variable that another aggregate of the same head ranges over is not collapsed unintentionally.
      if (aggregate.function === "count" && counted.includes(arg.variable)) return;
      const isSender = has(literal, aggregate.variable) && senders[literal.relation]?.has(column) === true;
      found.set(arg.variable, { name, span, isSender: isSender || found.get(arg.variable)?.isSender === true });
    });
  }
  return [...found.values()];
}

/** The `_` of atoms that contain the aggregated variable; in other atoms `_` only asks whether there is a tuple. */
function collapsedWildcards(
  aggregate: AggregateTerm,
  { body }: Rule,
  kept: ReadonlySet<number>,
  determining: readonly (readonly number[] | undefined)[],
  senders: readonly ReadonlySet<number>[],
): readonly Collapsed[] {
  return body.flatMap((literal) => {
    if (literal.kind !== "positive" || !has(literal, aggregate.variable) || isDetermined(literal, kept, determining))
      return [];
    return literal.args.flatMap((arg, column): readonly Collapsed[] =>
      arg.kind === "wildcard"
        ? [{ name: undefined, span: literal.span, isSender: senders[literal.relation]?.has(column) === true }]
        : [],
    );
  });
}

function has({ args }: AtomLiteral, variable: number): boolean {
  return args.some((arg) => termVariables(arg).includes(variable));
}

/** Whether some rule reads the aggregate's column and compares it with a constant. */
function isCompared(program: Program, { head }: Rule, column: number): boolean {
  return program.rules.some(({ body }) =>
    body.some((literal) => {
      if (literal.kind === "comparison" || literal.relation !== head.relation) return false;
      const arg = literal.args[column];
      if (arg?.kind === "constant") return true;
      return (
        arg?.kind === "variable" &&
        body.some(
          (other) =>
            other.kind === "comparison" &&
            [other.left, other.right].some((side) => side.kind === "variable" && side.variable === arg.variable) &&
            [other.left, other.right].some((side) => side.kind === "constant"),
        )
      );
    }),
  );
}

function collapses(aggregate: AggregateTerm, { variables }: Rule, { name, span }: Collapsed): Diagnostic {
  const [variable = "", ...others] = aggregate.over.map((v) => variables[v] ?? "");
  const isCount = aggregate.function === "count";
  const written = (by: readonly string[]): string =>
    `\`${aggregate.function}<${isCount || by.length === 0 ? [variable, ...by].join(", ") : `${variable} by ${by.join(", ")}`}>\``;
  const values = others.length === 0 ? `\`${variable}\`` : `(${[variable, ...others].join(", ")})`;
  const what = name === undefined ? "in the columns that are `_`" : `in \`${name}\``;
  const deliberate =
    name === undefined ? "name the columns with a leading `_`, such as `_Id`" : `rename \`${name}\` to \`_${name}\``;
  const id = name ?? "Id";
  const apart = isCount && others.length === 0 ? `\`count<${id}>\`` : written([...others, id]);
  return diagnostic("aggregate-collapses", {
    span: aggregate.span,
    message: `${written(others)} ranges over the distinct values of ${values}: bindings that differ only ${what} count once`,
    help: `to count them separately, write ${apart}; if each ${values} is to count once, ${deliberate}`,
    related: [
      { span, message: name === undefined ? "these columns" : `\`${name}\` is neither in the group nor aggregated` },
    ],
  });
}

function countsValuesOfSenders(aggregate: AggregateTerm, { variables }: Rule, { name, span }: Collapsed): Diagnostic {
  const variable = variables[aggregate.variable] ?? "";
  return diagnostic("aggregate-collapses", {
    span: aggregate.span,
    message: `\`count<${variable}>\` counts the distinct values of \`${variable}\`, not their senders`,
    help:
      name === undefined
        ? "to count senders, name the column of the sender and count it"
        : `to count senders, write \`count<${name}>\``,
    related: [
      { span, message: name === undefined ? "a column that is `_` is the sender" : `\`${name}\` is the sender` },
    ],
  });
}
