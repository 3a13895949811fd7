import type { Stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import { Chooser } from "./chooser.js";
import { MinisatSolver } from "./minisat-solver.js";
import type { SatLiteral } from "./solver.js";
import { Totalizer } from "./totalizer.js";

/** An item of the sets: a number that the caller chooses; lower ones are preferred. */
export type Item = number;

/**
 * Sets of items under clauses, smallest first. Items can be added between queries, where what `Hypotheses` knows must be known before:
 *
 *     add(0, …), add(1, …)    {}, {0}, {1}, {0, 1}
 *     forbid([0], [1])        0 only together with 1:   {}, {1}, {0, 1}
 *
 * Among sets of one size, those without late items come first, and then those with the lowest item, the lowest after it, and so on.
 */
export class SmallestSets {
  /** Calls of the solver. */
  calls = 0;
  private readonly solver = new MinisatSolver();
  private readonly totalizer = new Totalizer(this.solver);
  private readonly literals = new Map<Item, SatLiteral>();
  private readonly late = new Set<Item>();
  /** No set with at most so many items is possible. */
  private exhausted = -1;
  private modelled = 0;
  private impossible = false;

  /** Adds an item. A late one belongs to a set only if no set of the same size can do without late items. */
  add(item: Item, late: boolean): void {
    if (this.literals.has(item)) throw new Error(`item ${item} was added before`);
    const literal = this.solver.newVariable();
    this.literals.set(item, literal);
    if (late) this.late.add(item);
    this.totalizer.add([literal]);
    this.exhausted = -1;
  }

  /** Excludes every set that has all of `together` and none of `unless`. */
  forbid(together: readonly Item[], unless: readonly Item[] = []): void {
    const clause = [...together.map((item) => -this.literal(item)), ...unless.map((item) => this.literal(item))];
    if (clause.length === 0) this.impossible = true;
    else this.solver.addClause(clause);
  }

  /** The first possible set with at most `most` items, in ascending order; `undefined` if there is none. */
  smallest(most: number): readonly Item[] | undefined | Stopped {
    try {
      return this.first(most);
    } catch (thrown) {
      if (!(thrown instanceof Unwinding) || thrown.ending.kind !== "stopped") throw thrown;
      return thrown.ending;
    }
  }

  private first(most: number): readonly Item[] | undefined {
    if (this.impossible) return undefined;
    for (let k = this.exhausted + 1; k <= Math.min(most, this.literals.size); k++) {
      const bound = this.totalizer.atMost(k);
      if (this.solve(bound)) return this.chosen(bound, k);
      this.exhausted = k;
    }
    return undefined;
  }

  private chosen(bound: readonly SatLiteral[], size: number): readonly Item[] {
    const chooser = new Chooser({
      solve: (assumptions) => this.solve([...bound, ...assumptions]),
      isTrue: (literal) => this.isTrue(literal),
      someOf: (literals) => this.someOf(literals),
      allOf: () => {
        throw new Error("sets are chosen item by item");
      },
    });
    const early = [...this.late].map((item) => -this.literal(item));
    if (early.length > 0 && chooser.allows(...early)) chooser.fix(...early);
    const order = [...this.literals.keys()].sort((a, b) => a - b);
    const literals = order.map((item) => this.literal(item));
    const chosen: Item[] = [];
    for (let from = 0; chosen.length < size; ) {
      const at = chooser.first(literals, from);
      const item = order[at];
      if (item === undefined) throw new Error("a model has fewer items than the smallest set");
      chooser.fix(this.literal(item));
      chosen.push(item);
      from = at + 1;
    }
    return chosen;
  }

  private literal(item: Item): SatLiteral {
    const literal = this.literals.get(item);
    if (literal === undefined) throw new Error(`item ${item} was never added`);
    return literal;
  }

  private someOf(literals: readonly SatLiteral[]): SatLiteral {
    const some = this.solver.newVariable();
    this.solver.addClause([-some, ...literals]);
    return some;
  }

  private isTrue(literal: SatLiteral): boolean {
    const variable = Math.abs(literal);
    return variable <= this.modelled && this.solver.value(variable) === literal > 0;
  }

  private solve(assumptions: readonly SatLiteral[]): boolean {
    this.calls++;
    const { variables } = this.solver;
    const satisfiable = this.solver.solve(assumptions);
    if (satisfiable) this.modelled = variables;
    return satisfiable;
  }
}
