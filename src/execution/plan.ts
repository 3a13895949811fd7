import type {
  AtomLiteral,
  BodyTerm,
  ComparisonLiteral,
  ComparisonOperator,
  RelationId,
  Rule,
  Term,
} from "../program/program.js";
import { isOpen } from "../program/program.js";
import { boundByAtoms, termVariables } from "../program/terms.js";
import type { Operand } from "./operands.js";
import { operandOf } from "./operands.js";
import type { ValueTable } from "./values.js";

/** How the tuples of one atom are accessed: by key columns with known values. `equal`: pairs of columns that must be equal. */
export interface AtomAccess {
  readonly literal: number;
  readonly relation: RelationId;
  /** The N of `r(…)@N`. */
  readonly instant: number | undefined;
  /** Ascending. */
  readonly keyColumns: readonly number[];
  readonly keys: readonly Operand[];
  readonly equal: readonly (readonly [number, number])[];
  /** Whether the key is the whole row, so that one lookup in the extent suffices. */
  readonly whole: boolean;
  /** The columns that are read, ascending, if the others are projected away; the columns above are then indices into these. */
  readonly projection: readonly number[] | undefined;
}

export type Step =
  | {
      readonly kind: "match";
      readonly access: AtomAccess;
      readonly bindColumns: readonly number[];
      readonly bindVariables: readonly number[];
    }
  | { readonly kind: "absent"; readonly access: AtomAccess }
  | { readonly kind: "compare"; readonly operator: ComparisonOperator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "bind"; readonly variable: number; readonly value: Operand };

/** A rule's body as a sequence of steps. */
export interface Plan {
  /** Invariant: the variables of every operand are bound by earlier steps. */
  readonly steps: readonly Step[];
  /**
   * By step: if no step from this one on binds a variable that the head needs, the variables bound before that those steps read.
   * Whether they can be satisfied is then a function of these variables alone. Empty if the plan is not factorised.
   */
  readonly tails: readonly (readonly number[] | undefined)[];
}

interface Positioned<T> {
  readonly literal: number;
  readonly body: T;
}

/** The number of slots of a binding: the rule's variables, and one for each arithmetic column of a positive atom. */
export function slotsOf(rule: Rule): number {
  let count = rule.variables.length;
  for (const literal of rule.body) {
    if (literal.kind === "positive") for (const arg of literal.args) if (arg.kind === "arithmetic") count++;
  }
  return count;
}

/**
 * The join plan of a rule. Greedy: next is the atom with the fewest expected matches (by its bound columns and the size of its
 * relation), and tests are placed as soon as their variables are bound:
 *
 *     log(N, P) :- peer(M, N), M != N, bcast(M, P);        match bcast, match peer by M, compare M != N
 *
 * The result does not depend on the order: if arithmetic fails, the binding continues as if the literal held, and the failure
 * counts only if no other literal rejects the binding (`join.ts`).
 *
 * `sizes`: the expected number of tuples, by literal. `first`: the literal to put outermost, the delta of a semi-naive round.
 */
export function planRule(rule: Rule, values: ValueTable, sizes: readonly number[], first?: number): Plan {
  return { steps: new Planner(rule, values, sizes).plan(first), tails: [] };
}

/**
 * A plan for an evaluation in which annotations are large and bindings need not be seen one by one. Variables that the head does not
 * need are bound last where the join stays connected, and columns that bind a variable used nowhere else are projected away, so that
 * the annotations of many bindings are one disjunction (variable elimination; factorised representations: Olteanu, Závodný, TODS 2015):
 *
 *     next(F, I) :- item(F, I), append(F, P, _), len(F, N), P <= N;
 *         item(F, I) ∧ ⋁P (append(F, P, _) ∧ ⋁N≥P len(F, N))         one conjunction per I, and not one per I, P and N
 */
export function planFactorised(rule: Rule, values: ValueTable, sizes: readonly number[]): Plan {
  const needed = neededOutside(rule);
  const steps = new Planner(rule, values, sizes, needed).plan(undefined);
  return { steps, tails: tailsOf(steps, needed) };
}

/** The variables of the head and of the location. */
function neededOutside(rule: Rule): ReadonlySet<number> {
  const needed = new Set<number>();
  for (const term of rule.head.args) {
    for (const variable of termVariables(term)) needed.add(variable);
  }
  for (const variable of termVariables(rule.location)) needed.add(variable);
  return needed;
}

function tailsOf(steps: readonly Step[], needed: ReadonlySet<number>): Plan["tails"] {
  const tails: (readonly number[] | undefined)[] = steps.map(() => undefined);
  const read = new Set<number>();
  let matches = 0;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] as Step;
    const binds = step.kind === "match" ? step.bindVariables : step.kind === "bind" ? [step.variable] : [];
    if (binds.some((variable) => needed.has(variable))) break;
    for (const variable of binds) read.delete(variable);
    for (const operand of operandsOf(step)) for (const variable of operandVariables(operand)) read.add(variable);
    if (step.kind === "match" && binds.length > 0) matches++;
    // A tail that has one way to be satisfied is as well taken step by step.
    if (matches > 0) tails[i] = [...read].sort((a, b) => a - b);
  }
  return tails;
}

function operandsOf(step: Step): readonly Operand[] {
  switch (step.kind) {
    case "match":
    case "absent":
      return step.access.keys;
    case "compare":
      return [step.left, step.right];
    case "bind":
      return [step.value];
  }
}

function operandVariables(operand: Operand): readonly number[] {
  if (operand.kind === "arithmetic") return [...operandVariables(operand.left), ...operandVariables(operand.right)];
  return operand.kind === "variable" ? [operand.variable] : [];
}

/** How often each variable occurs in a rule; what is needed outside of the body counts once. */
function occurrences(rule: Rule): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const count = (variables: readonly number[]): void => {
    for (const variable of variables) counts.set(variable, (counts.get(variable) ?? 0) + 1);
  };
  for (const literal of rule.body) {
    if (literal.kind === "comparison") count([...termVariables(literal.left), ...termVariables(literal.right)]);
    else for (const arg of literal.args) count(termVariables(arg));
  }
  count([...neededOutside(rule)]);
  return counts;
}

class Planner {
  private readonly steps: Step[] = [];
  private readonly bound = new Set<number>();
  private readonly atoms: Positioned<AtomLiteral>[] = [];
  private readonly tests: Positioned<AtomLiteral | ComparisonLiteral>[] = [];
  /** Arithmetic columns whose variables are not bound yet: bound to a fresh variable, and compared later. */
  private readonly postponed: { readonly variable: number; readonly term: Term }[] = [];
  private readonly inAtoms: ReadonlySet<number>;
  private readonly occurrences: ReadonlyMap<number, number> | undefined;
  private fresh: number;

  constructor(
    private readonly rule: Rule,
    private readonly values: ValueTable,
    private readonly sizes: readonly number[],
    /** The variables to bind first; `undefined` if the plan is not to be factorised. */
    private readonly needed?: ReadonlySet<number>,
  ) {
    this.occurrences = needed === undefined ? undefined : occurrences(rule);
    this.fresh = rule.variables.length;
    this.inAtoms = boundByAtoms(rule);
    rule.body.forEach((body, literal) => {
      if (body.kind === "positive") {
        this.atoms.push({ literal, body });
      } else this.tests.push({ literal, body });
    });
  }

  plan(first: number | undefined): readonly Step[] {
    this.placeTests();
    if (first !== undefined) this.placeAtom(this.atoms.findIndex((atom) => atom.literal === first));
    while (this.atoms.length > 0) this.placeAtom(this.cheapestAtom());
    if (this.tests.length + this.postponed.length > 0)
      throw new Error("a rule that is not safe passed the safety check");
    return this.steps;
  }

  private isBound(term: BodyTerm): boolean {
    return termVariables(term).every((variable) => this.bound.has(variable));
  }

  private cheapestAtom(): number {
    let cheapest = 0;
    let least = Infinity;
    const candidates = this.preferred();
    this.atoms.forEach(({ literal, body }, i) => {
      if (candidates !== undefined && !candidates.has(literal)) return;
      const known = body.args.filter((arg) => arg.kind !== "wildcard" && this.isBound(arg)).length;
      const size = this.sizes[literal] ?? 0;
      const cost = known === body.args.length ? 0.5 : size ** (1 - known / body.args.length);
      if (cost < least) {
        least = cost;
        cheapest = i;
      }
    });
    return cheapest;
  }

  /** For a factorised plan: the atoms that bind variables of the head, of those that share a variable with what is bound. */
  private preferred(): ReadonlySet<number> | undefined {
    const { needed, bound } = this;
    if (needed === undefined) return undefined;
    const variablesOf = ({ body }: Positioned<AtomLiteral>): readonly number[] => body.args.flatMap(termVariables);
    const connected = this.atoms.filter((atom) => variablesOf(atom).some((v) => bound.has(v)));
    const able = connected.length > 0 ? connected : this.atoms;
    const binding = able.filter((atom) => variablesOf(atom).some((v) => needed.has(v) && !bound.has(v)));
    return new Set((binding.length > 0 ? binding : able).map(({ literal }) => literal));
  }

  /** Whether a column of a positive atom is read by nothing. */
  private isUnread(arg: BodyTerm): boolean {
    return arg.kind === "wildcard" || (arg.kind === "variable" && this.occurrences?.get(arg.variable) === 1);
  }

  private placeAtom(index: number): void {
    const [atom] = this.atoms.splice(index, 1);
    if (atom === undefined) throw new RangeError(`no atom ${index} to place`);
    const args = atom.body.args.map((arg): BodyTerm => {
      if (arg.kind !== "arithmetic" || this.isBound(arg)) return arg;
      const variable = this.fresh++;
      this.postponed.push({ variable, term: arg });
      return { kind: "variable", variable };
    });
    const { access, bindColumns, bindVariables } = this.access(atom, args);
    this.steps.push({ kind: "match", access, bindColumns, bindVariables });
    for (const variable of bindVariables) this.bound.add(variable);
    this.placeTests();
  }

  /** Places every test whose variables are bound, repeatedly, since a placed binding can enable others. */
  private placeTests(): void {
    for (let placed = true; placed; ) {
      placed = false;
      for (let i = 0; i < this.tests.length; i++) {
        const test = this.tests[i];
        const step = test === undefined ? undefined : this.testStep(test);
        if (step === undefined) continue;
        this.steps.push(step);
        if (step.kind === "bind") this.bound.add(step.variable);
        this.tests.splice(i--, 1);
        placed = true;
      }
      for (let i = 0; i < this.postponed.length; i++) {
        const column = this.postponed[i];
        if (column === undefined || !this.isBound(column.term)) continue;
        const left: Operand = { kind: "variable", variable: column.variable };
        this.steps.push({ kind: "compare", operator: "==", left, right: operandOf(column.term, this.values) });
        this.postponed.splice(i--, 1);
        placed = true;
      }
    }
  }

  private testStep({ literal, body }: Positioned<AtomLiteral | ComparisonLiteral>): Step | undefined {
    if (body.kind !== "comparison") {
      const ready = body.args.every((arg) => isOpen(this.rule, arg) || this.isBound(arg));
      return ready ? { kind: "absent", access: this.access({ literal, body }, body.args).access } : undefined;
    }
    const left = this.isBound(body.left);
    const right = this.isBound(body.right);
    if (left && right) {
      const { operator } = body;
      return {
        kind: "compare",
        operator,
        left: operandOf(body.left, this.values),
        right: operandOf(body.right, this.values),
      };
    }
    if (body.operator !== "==") return undefined;
    if (right && this.isBindable(body.left))
      return { kind: "bind", variable: body.left.variable, value: operandOf(body.right, this.values) };
    if (left && this.isBindable(body.right))
      return { kind: "bind", variable: body.right.variable, value: operandOf(body.left, this.values) };
    return undefined;
  }

  private isBindable(term: Term): term is Term & { kind: "variable" } {
    return term.kind === "variable" && !this.inAtoms.has(term.variable);
  }

  private access(
    { literal, body }: Positioned<AtomLiteral>,
    args: readonly BodyTerm[],
  ): {
    readonly access: AtomAccess;
    readonly bindColumns: readonly number[];
    readonly bindVariables: readonly number[];
  } {
    const keyColumns: number[] = [];
    const keys: Operand[] = [];
    const equal: [number, number][] = [];
    const firstColumn = new Map<number, number>();
    const read = args.flatMap((arg, column) => (this.isUnread(arg) ? [] : [column]));
    const isProjected = this.occurrences !== undefined && body.kind === "positive" && read.length < args.length;
    (isProjected ? args.filter((arg) => !this.isUnread(arg)) : args).forEach((arg, column) => {
      if (arg.kind === "wildcard") return;
      if (arg.kind !== "variable" || this.bound.has(arg.variable)) {
        keyColumns.push(column);
        keys.push(operandOf(arg, this.values));
        return;
      }
      const earlier = firstColumn.get(arg.variable);
      if (earlier === undefined) firstColumn.set(arg.variable, column);
      else equal.push([earlier, column]);
    });
    return {
      access: {
        literal,
        relation: body.relation,
        instant: body.instant,
        keyColumns,
        keys,
        equal,
        whole: keyColumns.length === (isProjected ? read.length : args.length),
        projection: isProjected ? read : undefined,
      },
      bindColumns: [...firstColumn.values()],
      bindVariables: [...firstColumn.keys()],
    };
  }
}
