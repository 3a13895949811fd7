import type { Annotation } from "../execution/annotation.js";
import type { Graph } from "../lineage/graph.js";
import type { SatLiteral, Solver } from "./solver.js";

/**
 * The clauses of a cone of the graph (Tseitin 1968), by polarity: a node gets the clauses of the direction in which
 * it is used (Plaisted, Greenbaum, JSC 1986), so that
 *
 *     n = and(a, and(b, c)), used positively:    ¬n ∨ a    ¬n ∨ b    ¬n ∨ c
 *
 * A conjunction inside a conjunction that nothing else uses has no variable of its own. Clauses of earlier
 * cones are not repeated.
 */
export class Encoder {
  private readonly variables = new Map<number, number>();
  /** Per node: 1 once its positive direction is encoded, 2 the negative, 3 both. */
  private readonly done = new Map<number, number>();
  /** AND nodes encoded, in either direction. */
  nodes = 0;

  constructor(
    private readonly graph: Graph,
    private readonly solver: Solver,
    private readonly onInput: (faultVariable: number, satVariable: number) => void,
  ) {}

  /** A literal that implies the annotation. Not for constants. */
  encode(root: Annotation): SatLiteral {
    const uses = this.countUses(root);
    const pending: Annotation[] = [root];
    for (let annotation = pending.pop(); annotation !== undefined; annotation = pending.pop()) {
      const node = annotation >> 1;
      if (this.graph.isInput(node)) {
        this.variable(node);
        continue;
      }
      const direction = (annotation & 1) === 0 ? 1 : 2;
      const done = this.done.get(node) ?? 0;
      if ((done & direction) !== 0) continue;
      if (done === 0) this.nodes++;
      this.done.set(node, done | direction);
      const variable = this.variable(node);
      const operands = this.operands(node, uses);
      if (direction === 1) for (const operand of operands) this.solver.addClause([-variable, this.literal(operand)]);
      else this.solver.addClause([variable, ...operands.map((operand) => -this.literal(operand))]);
      for (const operand of operands) pending.push(direction === 1 ? operand : operand ^ 1);
    }
    return this.literal(root);
  }

  private literal(annotation: Annotation): SatLiteral {
    const variable = this.variable(annotation >> 1);
    return (annotation & 1) === 0 ? variable : -variable;
  }

  private variable(node: number): number {
    let variable = this.variables.get(node);
    if (variable === undefined) {
      variable = this.solver.newVariable();
      this.variables.set(node, variable);
      if (this.graph.isInput(node)) this.onInput(this.graph.variableOf(node), variable);
    }
    return variable;
  }

  /** The conjuncts of an AND node, those of conjunctions that only it uses among them. */
  private operands(node: number, uses: ReadonlyMap<number, number>): readonly Annotation[] {
    const operands: Annotation[] = [];
    const pending = [this.graph.rightOf(node), this.graph.leftOf(node)];
    for (let a = pending.pop(); a !== undefined; a = pending.pop()) {
      const below = a >> 1;
      const inner = (a & 1) === 0 && !this.graph.isInput(below) && uses.get(below) === 1 && !this.variables.has(below);
      if (inner) pending.push(this.graph.rightOf(below), this.graph.leftOf(below));
      else operands.push(a);
    }
    return operands;
  }

  /** How often each node of the cone is an operand. */
  private countUses(root: Annotation): ReadonlyMap<number, number> {
    const uses = new Map<number, number>([[root >> 1, 1]]);
    const pending = [root >> 1];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (this.graph.isInput(node)) continue;
      for (const operand of [this.graph.leftOf(node), this.graph.rightOf(node)]) {
        const below = operand >> 1;
        const known = uses.get(below);
        uses.set(below, (known ?? 0) + 1);
        if (known === undefined) pending.push(below);
      }
    }
    return uses;
  }
}
