import type { Aggregate, Atom, BodyLiteral, Expression, SyntaxTree } from "../../src/syntax/tree.js";
import type { ReferenceReach } from "./directives.js";
import { readDirectives } from "./directives.js";
import type { ReferenceFact } from "./facts.js";
import { factsOf } from "./facts.js";
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
  /** The relations that hold everywhere, `eot` among them unless it is the program's own. */
  readonly statics: ReadonlySet<string>;
  readonly staticFacts: readonly ReferenceFact[];
  readonly staticStrata: Strata;
  /** The rules with an instant on their heads: "facts by rule". */
  readonly stating: readonly ReferenceRule[];
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
        facts.push(...factsOf(statement));
      } else if (statement.kind === "rule") {
        const mark = statement.head.time?.kind;
        const { head, body } = statement;
        const atoms = body.flatMap((literal) => (literal.kind === "comparison" ? [] : [literal.atom]));
        const positives = body.flatMap((literal) => (literal.kind === "positive" ? [literal.atom] : []));
        const timing = mark === "at" ? "now" : (mark ?? "now");
        rules.push({ timing, head, body, atoms, positives });
      }
    }
  }
  // "the line may occur several times, in an included file too, and holds for the whole program"
  const directives = trees.map((tree) => readDirectives(tree.source.text));
  const everywhere = directives.flatMap((d) => d.everywhere);
  const statics = new Set([...everywhere, ...(isEotBuiltIn(facts, rules) ? ["eot"] : [])]);
  // "Defined by facts (whose instant is ignored) and by deductive rules that read static relations alone."
  const once = rules.filter((rule) => statics.has(rule.head.relation.text) || rule.head.time?.kind === "at");
  const always = rules.filter((rule) => !once.includes(rule));
  return {
    facts: facts.filter((fact) => !statics.has(fact.relation)),
    rules: always,
    strata: stratify(always),
    statics,
    staticFacts: facts.filter((fact) => statics.has(fact.relation)),
    staticStrata: stratify(once.filter((rule) => rule.head.time?.kind !== "at")),
    stating: once.filter((rule) => rule.head.time?.kind === "at"),
    inputs: directives.flatMap((d) => d.inputs),
    durable: directives.flatMap((d) => d.durable),
    forgets: directives.flatMap((d) => d.forgets),
    observer: directives.flatMap((d) => d.observer),
    promises: directives.flatMap((d) => d.promises),
    reaches: directives.flatMap((d) => d.reaches),
  };
}

/** "`eot(T)` is a built-in static relation …, unless a program defines it or reads it with another number of columns." */
function isEotBuiltIn(facts: readonly ReferenceFact[], rules: readonly ReferenceRule[]): boolean {
  const defines = facts.some((f) => f.relation === "eot") || rules.some((r) => r.head.relation.text === "eot");
  const reads = rules.flatMap((rule) => rule.atoms.filter((atom) => atom.relation.text === "eot"));
  return !defines && reads.length > 0 && reads.every((atom) => atom.args.length === 1);
}

/** The first argument of the first atom that is not static; where all are, that of the head. */
export function locationOf(rule: ReferenceRule, statics: ReadonlySet<string>): Expression | undefined {
  return (rule.atoms.find((atom) => !statics.has(atom.relation.text)) ?? rule.head).args[0];
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
    case "range":
      return [...variablesOf(e.from), ...variablesOf(e.to)];
    case "aggregate":
      return [e.variable, ...(e.more ?? []), ...(e.by ?? [])].flatMap(variablesOf);
    case "wildcard":
    case "integer":
    case "string":
      return [];
  }
}

/** "`max<T, L, W>` and `min<T, L, W>` in a head stand for as many columns as variables." */
export function columnsOfHead({ head }: ReferenceRule): readonly Expression[] {
  return head.args.flatMap((arg): readonly Expression[] =>
    arg.kind === "aggregate" && isRecord(arg)
      ? [arg.variable, ...(arg.more ?? [])].map((variable) => ({ ...arg, variable, more: [] }))
      : [arg],
  );
}

export function isRecord({ function: { text }, more = [] }: Aggregate): boolean {
  return (text === "min" || text === "max") && more.length > 0;
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
