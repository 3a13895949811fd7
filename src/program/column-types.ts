import type { Diagnostics } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { Aggregate, Arithmetic, Atom, BodyLiteral, Expression } from "../syntax/tree.js";
import type { Draft } from "./draft.js";
import { possibleFacts } from "./draft.js";
import type { ColumnType } from "./program.js";
import type { RelationTable } from "./relations.js";
import type { TypeNode } from "./type-graph.js";
import { TypeGraph } from "./type-graph.js";

/**
 * Infers which columns hold integers and which strings, by unifying columns, variables, comparisons and operands over
 * the whole program. The result has the types of each relation's columns, by relation id.
 */
export function inferColumnTypes(
  draft: Draft,
  table: RelationTable,
  diagnostics: Diagnostics,
): readonly (readonly ColumnType[])[] {
  const graph = new TypeGraph(diagnostics);
  const columns = table.entries.map(({ arity }) => Array.from({ length: arity }, () => graph.fresh()));
  const inference = new Inference(graph, columns, table);
  inference.assumeBuiltIn();
  for (const { atom } of possibleFacts(draft)) inference.atom(atom, new Map());
  for (const { pattern } of draft.reaches) if (pattern.kind === "atom") inference.atom(pattern.atom, new Map());
  for (const rule of draft.rules) {
    const variables = new Map<string, TypeNode>();
    inference.atom(rule.head, variables);
    for (const literal of rule.body) inference.literal(literal, variables);
  }
  return columns.map((nodes) => nodes.map((node) => graph.typeOf(node)));
}

class Inference {
  constructor(
    private readonly graph: TypeGraph,
    private readonly columns: readonly (readonly TypeNode[])[],
    private readonly table: RelationTable,
  ) {}

  assumeBuiltIn(): void {
    const { crash, restart, eot } = this.table;
    const [end] = eot === undefined ? [] : (this.columns[eot] ?? []);
    if (end !== undefined) this.graph.require(end, "integer", { reason: "`eot` holds the end of time" });
    const [observer, node, instant] = this.columns[crash] ?? [];
    const [restarted] = restart === undefined ? [] : (this.columns[restart] ?? []);
    for (const column of [observer, node, restarted])
      if (column !== undefined) this.graph.require(column, "string", { reason: "nodes are strings" });
    if (instant !== undefined)
      this.graph.require(instant, "integer", { reason: "the third column of `crash` is an instant" });
  }

  literal(literal: BodyLiteral, variables: Map<string, TypeNode>): void {
    if (literal.kind !== "comparison") {
      this.atom(literal.atom, variables);
      return;
    }
    const left = this.expression(literal.left, variables);
    const right = this.expression(literal.right, variables);
    this.graph.unify(left, right, literal.span, "this compares an integer with a string");
  }

  atom(atom: Atom, variables: Map<string, TypeNode>): void {
    const name = atom.relation.text;
    const id = this.table.byName.get(name);
    const columns = id === undefined ? [] : (this.columns[id] ?? []);
    // A wrong arity is reported in `relations.ts`; such an atom is no evidence of column types.
    const comparable = columns.length === atom.args.length;
    atom.args.forEach((arg, i) => {
      const node = this.expression(arg, variables);
      const column = columns[i];
      if (comparable && column !== undefined) {
        this.graph.unify(
          column,
          node,
          arg.span,
          `column ${i + 1} of \`${name}\` is used both as an integer and as a string`,
        );
      }
    });
  }

  private expression(expression: Expression, variables: Map<string, TypeNode>): TypeNode {
    switch (expression.kind) {
      case "range":
        return this.graph.fresh();
      case "integer":
      case "string":
        return this.graph.known(
          expression.kind,
          expression.span,
          expression.kind === "integer" ? "this is an integer" : "this is a string",
        );
      case "wildcard":
        return this.graph.fresh();
      case "variable":
        return this.variable(expression.name, variables);
      case "aggregate":
        return this.aggregate(expression, variables);
      case "arithmetic":
        return this.arithmetic(expression, variables);
    }
  }

  private variable(name: string, variables: Map<string, TypeNode>): TypeNode {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const fresh = this.graph.fresh();
    variables.set(name, fresh);
    return fresh;
  }

  private aggregate(aggregate: Aggregate, variables: Map<string, TypeNode>): TypeNode {
    const name = aggregate.function.text;
    for (const other of [...(aggregate.more ?? []), ...(aggregate.by ?? [])])
      if (other.kind === "variable") this.variable(other.name, variables);
    const value =
      aggregate.variable.kind === "variable" ? this.variable(aggregate.variable.name, variables) : this.graph.fresh();
    switch (name) {
      case "sum":
      case "avg":
        this.integer(value, aggregate.variable.span, name);
        return this.graph.known("integer", aggregate.span, `\`${name}\` is an integer`);
      case "count":
        return this.graph.known("integer", aggregate.span, "`count` is an integer");
      case "min":
      case "max":
        return value;
      default:
        return this.graph.fresh();
    }
  }

  private arithmetic(arithmetic: Arithmetic, variables: Map<string, TypeNode>): TypeNode {
    const left = this.expression(arithmetic.left, variables);
    const right = this.expression(arithmetic.right, variables);
    if (arithmetic.operator === "+") {
      this.graph.unify(
        left,
        right,
        arithmetic.span,
        "`+` adds two integers or joins two strings, and this has one of each",
      );
      return left;
    }
    this.integer(left, arithmetic.left.span, arithmetic.operator);
    this.integer(right, arithmetic.right.span, arithmetic.operator);
    return this.graph.known("integer", arithmetic.span, `\`${arithmetic.operator}\` yields an integer`);
  }

  private integer(node: TypeNode, span: Span, operator: string): void {
    this.graph.unify(
      node,
      this.graph.known("integer", span, `\`${operator}\` takes integers`),
      span,
      `\`${operator}\` takes integers, and this is a string`,
    );
  }
}
