import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import type { Span } from "../../source/source.js";
import type { AggregateTerm, AtomLiteral, Program, Rule } from "../program.js";
import { equations, termVariables } from "../terms.js";
import { determiningColumns } from "./functional-relations.js";
import { senderColumns } from "./sender-columns.js";

/** Something that the body binds, and that neither the group nor the aggregate keeps. */
interface Lost {
  /** Absent for `_`. */
  readonly name: string | undefined;
  readonly span: Span;
  readonly isSender: boolean;
}

/**
 * An aggregate ranges over the distinct values of its variable, not over the bindings of the body:
 *
 *     total(S, sum<X>) :- payment(S, Id, X);      two payments of 5 add 5
 *     votes(S, count<V>) :- vote(S, Voter, V);    two votes for "yes" count 1
 *
 * So what keeps bindings apart and is in neither the group nor the aggregate (`Id`, `Voter`) makes a difference that the
 * reader may not expect. A name that starts with `_` says that this is meant. So does `_` for a `count`, which often
 * counts who said anything; for a `sum` it hardly can. `min` and `max` are the same over values and over bindings.
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
      const lost = [
        ...lostVariables(arg, rule, kept, senders),
        ...lostWildcards(arg, rule, kept, determining, senders),
      ];
      const sender = lost.find(({ isSender }) => isSender);
      if (sender !== undefined && arg.function === "count" && isCompared(program, rule, column))
        return [countsAnswers(arg, rule, sender)];
      const [first] = lost.filter(({ name }) => arg.function !== "count" || name !== undefined);
      return first === undefined ? [] : [collapses(arg, rule, first)];
    }),
  );
}

function counts({ function: name }: AggregateTerm): boolean {
  return name !== "min" && name !== "max";
}

/** The variables that have one value for each group and value of the aggregate, as far as can be seen. */
function keptBy(
  aggregate: AggregateTerm,
  rule: Rule,
  determining: readonly (readonly number[] | undefined)[],
): ReadonlySet<number> {
  const { head, body } = rule;
  const equalities = equations(rule);
  const kept = new Set<number>([aggregate.variable]);
  for (const arg of head.args)
    if (arg.kind !== "aggregate") for (const variable of termVariables(arg)) kept.add(variable);
  for (let size = -1; size !== kept.size; ) {
    size = kept.size;
    for (const { side, other } of equalities) {
      if (side.kind !== "variable") continue;
      // `K == X * 1000 + Id` is how a value is made that keeps what it is made of apart.
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

/** Whether one tuple at most of an atom goes with given values of the variables in `kept`. */
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

function lostVariables(
  aggregate: AggregateTerm,
  { head, body, variables, variableSpans }: Rule,
  kept: ReadonlySet<number>,
  senders: readonly ReadonlySet<number>[],
): readonly Lost[] {
  const counted = head.args.flatMap((arg) => (arg.kind === "aggregate" ? [arg.variable] : []));
  const found = new Map<number, Lost>();
  for (const literal of body) {
    if (literal.kind !== "positive") continue;
    literal.args.forEach((arg, column) => {
      if (arg.kind !== "variable" || kept.has(arg.variable)) return;
      const name = variables[arg.variable] ?? "";
      const span = variableSpans[arg.variable];
      if (name.startsWith("_") || span === undefined) return;
      // Beside another aggregate, a `count` counts what it names.
      if (aggregate.function === "count" && counted.includes(arg.variable)) return;
      const isSender = has(literal, aggregate.variable) && senders[literal.relation]?.has(column) === true;
      found.set(arg.variable, { name, span, isSender: isSender || found.get(arg.variable)?.isSender === true });
    });
  }
  return [...found.values()];
}

/** The `_` of atoms that hold what is aggregated; in others `_` only asks whether there is something. */
function lostWildcards(
  aggregate: AggregateTerm,
  { body }: Rule,
  kept: ReadonlySet<number>,
  determining: readonly (readonly number[] | undefined)[],
  senders: readonly ReadonlySet<number>[],
): readonly Lost[] {
  return body.flatMap((literal) => {
    if (literal.kind !== "positive" || !has(literal, aggregate.variable) || isDetermined(literal, kept, determining))
      return [];
    return literal.args.flatMap((arg, column): readonly Lost[] =>
      arg.kind === "wildcard"
        ? [{ name: undefined, span: literal.span, isSender: senders[literal.relation]?.has(column) === true }]
        : [],
    );
  });
}

function has({ args }: AtomLiteral, variable: number): boolean {
  return args.some((arg) => termVariables(arg).includes(variable));
}

/** Whether a rule reads the aggregate and compares it with a number. */
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

function collapses(aggregate: AggregateTerm, { variables }: Rule, { name, span }: Lost): Diagnostic {
  const variable = variables[aggregate.variable] ?? "";
  const shown = `\`${aggregate.function}<${variable}>\``;
  const what = name === undefined ? "in the columns that are `_`" : `in \`${name}\``;
  const deliberate = name === undefined ? "name the columns with a leading `_`, such as `_Id`" : `call it \`_${name}\``;
  return diagnostic("aggregate-collapses", {
    span: aggregate.span,
    message: `${shown} ranges over the distinct values of \`${variable}\`: what differs only ${what} is taken once`,
    help:
      aggregate.function === "count"
        ? `count what is to be kept apart, as in \`count<${name ?? "Id"}>\`; if the distinct \`${variable}\` are meant, ${deliberate}`
        : `take values that are kept apart, as in \`K == ${variable} * 1000 + ${name ?? "Id"}\` and \`${aggregate.function}<K>\`, and divide the result by 1000 in a second rule; if each value is to be taken once, ${deliberate}`,
    related: [
      { span, message: name === undefined ? "the columns" : `\`${name}\` is neither in the group nor aggregated` },
    ],
  });
}

function countsAnswers(aggregate: AggregateTerm, { variables }: Rule, { name, span }: Lost): Diagnostic {
  const variable = variables[aggregate.variable] ?? "";
  return diagnostic("aggregate-collapses", {
    span: aggregate.span,
    message: `\`count<${variable}>\` counts answers, not those who answer: it ranges over the distinct values of \`${variable}\`, whoever sent them`,
    help:
      name === undefined
        ? "name the column that holds the sender, and count that"
        : `if a number of senders is to answer, write \`count<${name}>\``,
    related: [
      { span, message: name === undefined ? "a column that is `_` holds the sender" : `\`${name}\` is the sender` },
    ],
  });
}
