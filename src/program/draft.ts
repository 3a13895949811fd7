import type { Diagnostics } from "../source/diagnostic.js";
import type {
  InputDeclaration,
  NamesDeclaration,
  PromiseDeclaration,
  ReachDeclaration,
} from "../syntax/declaration.js";
import { parseDeclarations } from "../syntax/directives.js";
import type {
  Atom,
  BodyLiteral,
  Expression,
  FactStatement,
  RuleStatement,
  SyntaxTree,
  Variable,
} from "../syntax/tree.js";
import { expandRanges } from "./expand-ranges.js";
import { expandRecords } from "./expand-records.js";

/** The statements of all files of a program, in the order of reading: the input of the passes. */
export interface Draft {
  /** Facts, including those of inputs, and rules, in the order of the text. */
  readonly statements: readonly (FactStatement | RuleStatement)[];
  /** The unconditional facts. */
  readonly facts: readonly FactStatement[];
  readonly rules: readonly RuleStatement[];
  /** The `maybe` and `one-of` lines. */
  readonly inputs: readonly InputDeclaration[];
  /** The `durable`, `forgets`, `observer` and `everywhere` lines. */
  readonly named: readonly NamesDeclaration[];
  /** The `promise` lines. */
  readonly promises: readonly PromiseDeclaration[];
  /** The `reach` lines. */
  readonly reaches: readonly ReachDeclaration[];
  /** The names of static relations: those of `everywhere` lines, and the built-in `eot`. */
  readonly statics: ReadonlySet<string>;
  /** The names of relations that something with errors may define: that nothing else does is no error. */
  readonly doubtful: Pick<ReadonlySet<string>, "has">;
}

type AtomLiteral = Exclude<BodyLiteral, { readonly kind: "comparison" }>;

/** The names of `everywhere` lines; and `eot`, unless the program defines it or reads it with another number of columns. */
function staticNames({ statements, named }: Pick<Draft, "statements" | "named">): ReadonlySet<string> {
  const lines = named.filter(({ kind }) => kind === "everywhere");
  const names = new Set(lines.flatMap((line) => line.names.map(({ text }) => text)));
  const isOwn = statements.some((statement) =>
    statement.kind === "fact"
      ? statement.atom.relation.text === "eot"
      : statement.head.relation.text === "eot" ||
        statement.body.some(
          (literal) => isAtomLiteral(literal) && literal.atom.relation.text === "eot" && literal.atom.args.length !== 1,
        ),
  );
  return isOwn ? names : names.add("eot");
}

export function draftOf(trees: readonly SyntaxTree[], diagnostics: Diagnostics): Draft {
  const statements: (FactStatement | RuleStatement)[] = [];
  const facts: FactStatement[] = [];
  const rules: RuleStatement[] = [];
  const inputs: InputDeclaration[] = [];
  const named: NamesDeclaration[] = [];
  const promises: PromiseDeclaration[] = [];
  const reaches: ReachDeclaration[] = [];
  const doubtful = new Set<string>();
  for (const tree of trees) {
    for (const { atoms } of tree.broken)
      for (const { relation, role } of atoms) if (role === "head") doubtful.add(relation.text);
    const declarations = parseDeclarations(tree);
    diagnostics.add(declarations.diagnostics);
    const own: (FactStatement | RuleStatement)[] = [];
    for (const statement of tree.statements) {
      if (statement.kind === "include") continue;
      if (statement.kind === "fact") {
        const expanded = expandRanges(statement, diagnostics);
        if (expanded.length === 0) doubtful.add(statement.atom.relation.text);
        for (const fact of expanded) {
          own.push(fact);
          facts.push(fact);
        }
      } else {
        const rule = expandRecords(statement);
        own.push(rule);
        rules.push(rule);
      }
    }
    for (const declaration of declarations.directives) {
      switch (declaration.kind) {
        case "maybe":
        case "one-of":
          for (const input of expandInput(declaration, diagnostics)) {
            inputs.push(input);
            own.push(...input.facts);
          }
          break;
        case "promise":
          promises.push(declaration);
          break;
        case "reach":
          reaches.push(declaration);
          break;
        default:
          named.push(declaration);
      }
    }
    for (const statement of own.sort((a, b) => a.span.start - b.span.start)) statements.push(statement);
  }
  const statics = staticNames({ statements, named });
  return { statements, facts, rules, inputs, named, promises, reaches, statics, doubtful };
}

/** A `maybe` line for each fact of a range; the alternatives of a `one-of` line in their order. */
function expandInput(declaration: InputDeclaration, diagnostics: Diagnostics): readonly InputDeclaration[] {
  const facts = declaration.facts.flatMap((fact) => expandRanges(fact, diagnostics));
  return declaration.kind === "one-of" || facts.length === declaration.facts.length
    ? [{ ...declaration, facts }]
    : facts.map((fact) => ({ ...declaration, facts: [fact] }));
}

/** The unconditional facts and those of the inputs. */
export function possibleFacts({ facts, inputs }: Draft): readonly FactStatement[] {
  return inputs.length === 0 ? facts : [...facts, ...inputs.flatMap((input) => input.facts)];
}

export function isAtomLiteral(literal: BodyLiteral): literal is AtomLiteral {
  return literal.kind !== "comparison";
}

/** The first atom of the body that is not static, whose first argument is the location of the rule. */
function locationAtom(rule: RuleStatement, statics: ReadonlySet<string>): Atom | undefined {
  return rule.body.filter(isAtomLiteral).find(({ atom }) => !statics.has(atom.relation.text))?.atom;
}

/** The expression whose value is the location of a rule: where all atoms are static, the first argument of the head. */
export function locationOf(rule: RuleStatement, statics: ReadonlySet<string>): Expression | undefined {
  return (locationAtom(rule, statics) ?? rule.head).args[0];
}

export function hasAggregate(head: Atom): boolean {
  return head.args.some((arg) => arg.kind === "aggregate");
}

/** An expression and its subexpressions, in the order of the text. */
export function within(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    if (next.kind === "arithmetic") pending.push(next.right, next.left);
    if (next.kind === "aggregate") pending.push(...[next.variable, ...(next.more ?? []), ...(next.by ?? [])].reverse());
    if (next.kind === "range") pending.push(next.to, next.from);
  }
  return found;
}

/** The occurrences of variables in an expression, in the order of the text. */
export function variablesIn(expression: Expression): readonly Variable[] {
  if (expression.kind === "variable") return [expression];
  const found: Variable[] = [];
  for (const part of within(expression)) if (part.kind === "variable") found.push(part);
  return found;
}

/** The expressions of a literal: the arguments of its atom, or the two sides of the comparison. */
export function expressionsOf(literal: BodyLiteral): readonly Expression[] {
  return literal.kind === "comparison" ? [literal.left, literal.right] : literal.atom.args;
}
