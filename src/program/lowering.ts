import type { Span } from "../source/source.js";
import type { Atom, BodyLiteral, Expression, FactStatement, RuleStatement } from "../syntax/tree.js";
import { localVariables } from "./bindings.js";
import type { Draft } from "./draft.js";
import { locationOf } from "./draft.js";
import type {
  BodyTerm,
  Fact,
  HeadTerm,
  InputStatement,
  Literal,
  RelationId,
  Rule,
  RuleId,
  Term,
  Timing,
  Value,
} from "./program.js";
import type { RelationTable } from "./relations.js";
import { locationColumn } from "./senders.js";
import { isAggregateFunction } from "./statements.js";

/** Translates rules. Precondition of this file: no pass has reported an error; a statement with one throws here. */
export function lowerRules(
  rules: readonly RuleStatement[],
  table: RelationTable,
  statics: ReadonlySet<string>,
): readonly Rule[] {
  return rules.map((rule, i) => new Lowering(table, statics).rule(rule, i as RuleId));
}

export function lowerFacts(facts: readonly FactStatement[], table: RelationTable): readonly Fact[] {
  return facts.map(({ atom, span }) => {
    if (atom.time?.kind !== "at") throw new Error("a fact without an instant has passed the checks");
    return { relation: relationOf(atom, table), args: atom.args.map(constant), instant: atom.time.instant, span };
  });
}

export function lowerInputs(draft: Draft, table: RelationTable): readonly InputStatement[] {
  return draft.inputs.map(({ kind, facts, span }) => ({ kind, facts: lowerFacts(facts, table), span }));
}

function relationOf(atom: Atom, table: RelationTable): RelationId {
  const id = table.byName.get(atom.relation.text);
  if (id === undefined) throw new Error(`relation ${atom.relation.text} is not in the table`);
  return id;
}

function constant(expression: Expression): Value {
  if (expression.kind === "integer" || expression.kind === "string") return expression.value;
  throw new Error(`a fact with ${expression.kind} has passed the checks`);
}

function timingOf(head: Atom): Timing {
  switch (head.time?.kind) {
    case undefined:
      return "deductive";
    case "next":
      return "inductive";
    case "async":
      return "async";
    case "at":
      // A rule that states facts is evaluated once, before instant 1.
      return "deductive";
  }
}

/** The translation of one rule, whose variables are numbered in the order of the text. */
class Lowering {
  private readonly indexes = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly spans: Span[] = [];

  constructor(
    private readonly table: RelationTable,
    private readonly statics: ReadonlySet<string>,
  ) {}

  rule(statement: RuleStatement, id: RuleId): Rule {
    const { head, body, span } = statement;
    const args = head.args.map((arg) => this.headTerm(arg));
    const literals = body.map((literal) => this.literal(literal));
    const location = this.location(statement);
    const column = locationColumn(statement, this.statics);
    return {
      id,
      timing: timingOf(head),
      head: { relation: relationOf(head, this.table), args, span: head.span },
      body: literals,
      variables: this.names,
      variableSpans: this.spans,
      localVariables: new Set([...localVariables(statement)].map((name) => this.indexOf(name))),
      location,
      ...(column === undefined ? {} : { locationColumn: column }),
      span,
    };
  }

  /** A place that an aggregate computes is none that a message could leave. */
  private location(statement: RuleStatement): BodyTerm {
    const place = locationOf(statement, this.statics);
    if (place === undefined) throw new Error("a rule without a location has passed the checks");
    return place.kind === "aggregate" ? { kind: "wildcard" } : this.bodyTerm(place);
  }

  private literal(literal: BodyLiteral): Literal {
    if (literal.kind === "comparison") {
      const { kind, operator, left, right, span } = literal;
      return { kind, operator, left: this.term(left), right: this.term(right), span };
    }
    const { kind, atom, span } = literal;
    const args = atom.args.map((arg) => this.bodyTerm(arg));
    const relation = relationOf(atom, this.table);
    return atom.time?.kind === "at"
      ? { kind, relation, args, instant: atom.time.instant, span }
      : { kind, relation, args, span };
  }

  private headTerm(expression: Expression): HeadTerm {
    if (expression.kind !== "aggregate") return this.term(expression);
    const { function: name, variable, more = [], by = [], record, span } = expression;
    const ranged = (record?.of ?? [variable, ...more, ...by]).map((part) =>
      part.kind === "variable" ? this.variable(part.name, part.span) : undefined,
    );
    const over = ranged.filter((id) => id !== undefined);
    if (!isAggregateFunction(name.text) || variable.kind === "wildcard" || over.length < ranged.length)
      throw new Error("an aggregate with an error has passed the checks");
    const own = this.variable(variable.name, variable.span);
    const component = record === undefined ? {} : { component: record.index };
    return { kind: "aggregate", function: name.text, variable: own, over, ...component, span };
  }

  private bodyTerm(expression: Expression): BodyTerm {
    return expression.kind === "wildcard" ? { kind: "wildcard" } : this.term(expression);
  }

  private term(expression: Expression): Term {
    switch (expression.kind) {
      case "variable":
        return { kind: "variable", variable: this.variable(expression.name, expression.span) };
      case "integer":
      case "string":
        return { kind: "constant", value: expression.value };
      case "arithmetic": {
        const { kind, operator, left, right, span } = expression;
        return { kind, operator, left: this.term(left), right: this.term(right), span };
      }
      default:
        throw new Error(`${expression.kind} where a value is needed has passed the checks`);
    }
  }

  private indexOf(name: string): number {
    const index = this.indexes.get(name);
    if (index === undefined) throw new Error(`variable ${name} is not in the rule`);
    return index;
  }

  private variable(name: string, span: Span): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const index = this.names.length;
    this.indexes.set(name, index);
    this.names.push(name);
    this.spans.push(span);
    return index;
  }
}
