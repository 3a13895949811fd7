import type { Atom, BodyLiteral, Expression, SyntaxTree } from "../../src/syntax/tree.js";
import type { Strata } from "./strata.js";
import { stratify } from "./strata.js";
import type { Tuple, Value } from "./values.js";

/** When the head holds: "deductive: now", "inductive: at the next instant, same place", "message". */
export type Timing = "now" | "next" | "async";

export interface ReferenceRule {
  readonly timing: Timing;
  readonly head: Atom;
  readonly body: readonly BodyLiteral[];
  /** The atoms of the body, negated ones included, in the order of the text. */
  readonly atoms: readonly Atom[];
  /** The positive ones among them. */
  readonly positives: readonly Atom[];
}

export interface ReferenceFact {
  readonly relation: string;
  readonly tuple: Tuple;
  readonly instant: number;
}

export interface ReferenceProgram {
  readonly facts: readonly ReferenceFact[];
  readonly rules: readonly ReferenceRule[];
  /** The deductive rules in the order of their evaluation. */
  readonly strata: Strata;
}

/** Several trees are one program: "Several programs on one command line are one program." Includes must be among them. */
export function collect(trees: readonly SyntaxTree[]): ReferenceProgram {
  const facts: ReferenceFact[] = [];
  const rules: ReferenceRule[] = [];
  for (const tree of trees) {
    for (const statement of tree.statements) {
      if (statement.kind === "fact") {
        const { atom } = statement;
        if (atom.time?.kind !== "at") throw new Error("a fact needs a time");
        facts.push({ relation: atom.relation.text, tuple: atom.args.map(constant), instant: atom.time.instant });
      } else if (statement.kind === "rule") {
        const mark = statement.head.time?.kind;
        if (mark === "at") throw new Error("a head has no absolute time");
        const { head, body } = statement;
        const atoms = body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal.atom]));
        const positives = body.flatMap((literal) => (literal.kind === "positive" ? [literal.atom] : []));
        rules.push({ timing: mark ?? "now", head, body, atoms, positives });
      }
    }
  }
  return { facts, rules, strata: stratify(rules) };
}

function constant(e: Expression): Value {
  if (e.kind !== "integer" && e.kind !== "string") throw new Error("a fact has only constants");
  return e.value;
}

/** The N of `r(…)@N`, if it has one. */
export function absoluteTime(atom: Atom): number | undefined {
  return atom.time?.kind === "at" ? atom.time.instant : undefined;
}

/** The variables that occur in an expression, wildcards not among them. */
export function variablesOf(e: Expression): readonly string[] {
  switch (e.kind) {
    case "variable":
      return [e.name];
    case "arithmetic":
      return [...variablesOf(e.left), ...variablesOf(e.right)];
    case "aggregate":
      return variablesOf(e.variable);
    case "wildcard":
    case "integer":
    case "string":
      return [];
  }
}

export function hasAggregate(rule: ReferenceRule): boolean {
  return rule.head.args.some((arg) => arg.kind === "aggregate");
}

/** Every relation that some fact or rule defines: "'Without' means that no fact and no rule defines it." */
export function definedRelations(program: ReferenceProgram): ReadonlySet<string> {
  return new Set([...program.facts.map((f) => f.relation), ...program.rules.map((r) => r.head.relation.text)]);
}
