import type { AggregateTerm, BodyTerm, HeadTerm, Program, RelationId, Rule, RuleId } from "./program.js";
import { isAggregate } from "./rule-shape.js";
import { boundByAtoms, equations, literalTerms, subterms, termVariables } from "./terms.js";

/** Sums whose value is only carried, compared and added to, and where it comes to. */
export interface CarriedSums {
  readonly terms: ReadonlySet<AggregateTerm>;
  readonly columns: CarriedColumns;
  /** By rule that reads one of the columns: the variables that can have such a value. */
  readonly variables: ReadonlyMap<RuleId, ReadonlySet<number>>;
}

export type CarriedColumns = ReadonlyMap<RelationId, ReadonlySet<number>>;

interface Column {
  readonly relation: RelationId;
  readonly column: number;
}

/**
 * The sums whose value may be a function of the schedule (`execution/varying.ts`): everything that a rule does with it is a Boolean
 * function of its digits, or copies them.
 *
 *     total(B, sum<V>) :- paid(B, _, V);   seen(B, S)@next :- total(B, S);   post(B, S + 1) :- seen(B, S), S < 100, notin due(B, S);
 *
 * It is not where a rule would have to know which value it is: in an aggregate other than `max` and `min`, the columns of a group, a
 * product, a quotient, the place of a message; and not in the head of a recursion within an instant, which could grow forever.
 */
export function carriedSums(program: Program): CarriedSums {
  const terms = new Set<AggregateTerm>();
  const columns: Columns = new Map();
  for (const rule of program.rules) {
    for (const [column, term] of rule.head.args.entries()) {
      if (term.kind !== "aggregate" || term.function !== "sum") continue;
      const reached = isCarrying(program, rule, column)
        ? columnsReached(program, { relation: rule.head.relation, column })
        : undefined;
      if (reached === undefined) continue;
      terms.add(term);
      for (const at of reached) columnsOf(columns, at.relation).add(at.column);
    }
  }
  const variables = new Map<RuleId, ReadonlySet<number>>();
  for (const rule of program.rules) if (reads(rule, columns)) variables.set(rule.id, varyingIn(rule, columns));
  return { terms, columns, variables };
}

/** Whether a rule has more than a wildcard at one of these columns. */
function reads({ body }: Rule, columns: Columns): boolean {
  return body.some(
    (literal) =>
      literal.kind !== "comparison" &&
      literal.args.some((arg, c) => arg.kind !== "wildcard" && columns.get(literal.relation)?.has(c) === true),
  );
}

type Columns = Map<RelationId, Set<number>>;

/** The columns to which the values of one come, itself included; `undefined` if some rule looks at them. */
function columnsReached(program: Program, start: Column): readonly Column[] | undefined {
  const varying: Columns = new Map();
  const reached: Column[] = [];
  const reach = (at: Column): void => {
    const known = columnsOf(varying, at.relation);
    if (known.has(at.column)) return;
    known.add(at.column);
    reached.push(at);
  };
  reach(start);
  for (const _ of reached) {
    for (const rule of program.rules) {
      const heads = headsOf(rule, varying);
      if (heads === undefined || heads.some((head) => !isCarrying(program, rule, head))) return undefined;
      for (const head of heads) reach({ relation: rule.head.relation, column: head });
    }
  }
  return reached;
}

/** Whether a column of a rule's head may hold varying values. */
function isCarrying(program: Program, { head, timing }: Rule, column: number): boolean {
  const isRecursive = program.strata.some(({ relations, recursive }) => recursive && relations.includes(head.relation));
  return !isRecursive && !(timing === "async" && column === 0);
}

/** The columns of a rule's head to which it carries values of varying columns; `undefined` if it has to know such a value. */
function headsOf(rule: Rule, columns: Columns): readonly number[] | undefined {
  const varying = varyingIn(rule, columns);
  const isKnown = (term: BodyTerm | HeadTerm): boolean =>
    termVariables(term).every((variable) => !varying.has(variable));
  const isUsable = (term: BodyTerm | HeadTerm): boolean =>
    isKnown(term) || (term.kind !== "aggregate" && isSum(term, isKnown));
  for (const literal of rule.body) {
    if (!literalTerms(literal).every(isUsable)) return undefined;
    if (literal.kind === "comparison") continue;
    // Columns of one atom that have to be equal are compared as they are.
    const isRepeated = (arg: BodyTerm): boolean =>
      termVariables(arg).some(
        (variable) => literal.args.flatMap(termVariables).filter((v) => v === variable).length > 1,
      );
    if (literal.args.some((arg, c) => isRepeated(arg) && (!isKnown(arg) || columns.get(literal.relation)?.has(c))))
      return undefined;
  }
  // The sender of a message.
  if (rule.timing === "async" && !isKnown(rule.location)) return undefined;
  const isHead = (term: HeadTerm): boolean =>
    isKnown(term) || isExtreme(term) || (!isAggregate(rule) && isUsable(term));
  if (!rule.head.args.every(isHead)) return undefined;
  return rule.head.args.flatMap((term, column) => (isKnown(term) ? [] : [column]));
}

/** The variables of a rule that can have a value of a varying column: by an atom, or by an equality. */
function varyingIn(rule: Rule, columns: Columns): ReadonlySet<number> {
  const varying = new Set<number>();
  for (const literal of rule.body) {
    if (literal.kind !== "positive") continue;
    for (const column of columns.get(literal.relation) ?? []) {
      const arg = literal.args[column];
      if (arg?.kind === "variable") varying.add(arg.variable);
    }
  }
  const inAtoms = boundByAtoms(rule);
  for (let size = -1; size < varying.size; ) {
    size = varying.size;
    for (const { side, other } of equations(rule)) {
      if (side.kind === "variable" && !inAtoms.has(side.variable) && termVariables(other).some((v) => varying.has(v)))
        varying.add(side.variable);
    }
  }
  return varying;
}

/** Whether a term is the greatest or the least of single values. */
export function isExtreme(term: HeadTerm): boolean {
  if (term.kind !== "aggregate" || term.component !== undefined || term.over.length > 1) return false;
  return term.function === "max" || term.function === "min";
}

/** Whether varying values are added and subtracted alone. */
function isSum(term: BodyTerm, isKnown: (term: BodyTerm | HeadTerm) => boolean): boolean {
  return subterms(term).every(
    (part) => part.kind !== "arithmetic" || isKnown(part) || part.operator === "+" || part.operator === "-",
  );
}

function columnsOf(columns: Columns, relation: RelationId): Set<number> {
  const known = columns.get(relation) ?? new Set<number>();
  columns.set(relation, known);
  return known;
}
