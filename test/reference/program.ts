import type { Atom, BodyLiteral, Expression, SyntaxTree } from "../../src/syntax/tree.js";
import type { ReferenceReach } from "./directives.js";
import { readDirectives } from "./directives.js";
import type { ReferenceFact } from "./facts.js";
import { factOf } from "./facts.js";
import type { InputLine } from "./inputs.js";
import { possibleFacts } from "./inputs.js";
import type { ReferencePromise } from "./specification.js";
import type { Strata } from "./strata.js";
import { stratify } from "./strata.js";

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

export interface ReferenceProgram {
  /** The plain ones: those of `maybe` and `one-of` lines are in `inputs`. */
  readonly facts: readonly ReferenceFact[];
  readonly inputs: readonly InputLine[];
  readonly rules: readonly ReferenceRule[];
  /** What `//! promise` lines say, in their order. */
  readonly promises: readonly ReferencePromise[];
  /** What `//! reach` lines say, in their order. */
  readonly reaches: readonly ReferenceReach[];
  /** What the lines `//! durable`, `//! forgets` and `//! observer` name. */
  readonly durable: readonly string[];
  readonly forgets: readonly string[];
  readonly observer: readonly string[];
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
        facts.push(factOf(statement));
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
  // "the line may occur several times, in an included file too, and holds for the whole program"
  const directives = trees.map((tree) => readDirectives(tree.source.text));
  return {
    facts,
    rules,
    strata: stratify(rules),
    inputs: directives.flatMap((d) => d.inputs),
    durable: directives.flatMap((d) => d.durable),
    forgets: directives.flatMap((d) => d.forgets),
    observer: directives.flatMap((d) => d.observer),
    promises: directives.flatMap((d) => d.promises),
    reaches: directives.flatMap((d) => d.reaches),
  };
}

/** "Facts in them count as facts in every static question (arity, types, time, nodes, definedness, configuration, …)." */
export function staticFacts(program: ReferenceProgram): readonly ReferenceFact[] {
  return [...program.facts, ...possibleFacts(program.inputs)];
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

/** `r(X…)@next :- r(X…);` with variables that are all different. */
export function isPlainPersistence(rule: ReferenceRule): boolean {
  const [literal, ...others] = rule.body;
  if (rule.timing !== "next" || literal?.kind !== "positive" || others.length > 0) return false;
  if (literal.atom.time !== undefined || literal.atom.relation.text !== rule.head.relation.text) return false;
  const names = rule.head.args.map((arg) => (arg.kind === "variable" ? arg.name : undefined));
  const same = literal.atom.args.every((arg, i) => arg.kind === "variable" && arg.name === names[i]);
  return same && new Set(names).size === names.length;
}

/** Every relation that some fact or rule defines: "'Without' means that no fact and no rule defines it." */
export function definedRelations(program: ReferenceProgram): ReadonlySet<string> {
  return new Set([...staticFacts(program).map((f) => f.relation), ...program.rules.map((r) => r.head.relation.text)]);
}
