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

/** A rule's body as a sequence of steps. Invariant: the variables of every operand are bound by earlier steps. */
export type Plan = readonly Step[];

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
  return new Planner(rule, values, sizes).plan(first);
}

class Planner {
  private readonly steps: Step[] = [];
  private readonly bound = new Set<number>();
  private readonly atoms: Positioned<AtomLiteral>[] = [];
  private readonly tests: Positioned<AtomLiteral | ComparisonLiteral>[] = [];
  /** Arithmetic columns whose variables are not bound yet: bound to a fresh variable, and compared later. */
  private readonly postponed: { readonly variable: number; readonly term: Term }[] = [];
  private readonly inAtoms: ReadonlySet<number>;
  private fresh: number;

  constructor(
    private readonly rule: Rule,
    private readonly values: ValueTable,
    private readonly sizes: readonly number[],
  ) {
    this.fresh = rule.variables.length;
    this.inAtoms = boundByAtoms(rule);
    rule.body.forEach((body, literal) => {
      if (body.kind === "positive") {
        this.atoms.push({ literal, body });
      } else this.tests.push({ literal, body });
    });
  }

  plan(first: number | undefined): Plan {
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
    this.atoms.forEach(({ literal, body }, i) => {
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
    args.forEach((arg, column) => {
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
        whole: keyColumns.length === args.length,
      },
      bindColumns: [...firstColumn.values()],
      bindVariables: [...firstColumn.keys()],
    };
  }
}
