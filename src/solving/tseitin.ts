import type { Annotation, Graph } from "../lineage/graph.js";
import type { SatLiteral, Solver } from "./solver.js";

/**
 * The encoding of cones of the graph as clauses (Tseitin 1968), by polarity: a node gets only the clauses of the direction in which
 * it is used (Plaisted, Greenbaum, JSC 1986). A conjunction inside a conjunction that nothing else uses gets no variable:
 *
 *     n = and(a, and(b, c)), used positively:    ¬n ∨ a    ¬n ∨ b    ¬n ∨ c
 *
 * Clauses of earlier cones are not repeated.
 */
export class Encoder {
  /** By node of the graph: its variable, or 0. */
  private variables = new Int32Array(0);
  /** By node, the directions encoded: 1 positive, 2 negative, 3 both. */
  private done = new Uint8Array(0);
  /** By node: the number of its uses as an operand in the current cones. */
  private uses = new Int32Array(0);
  /** The number of AND nodes encoded in some direction. */
  nodes = 0;

  constructor(
    private readonly graph: Graph,
    private readonly solver: Solver,
    private readonly onInput: (faultVariable: number, satVariable: number) => void,
  ) {}

  /** For each annotation, a literal that implies it. Precondition: none is a constant. */
  encode(roots: readonly Annotation[]): readonly SatLiteral[] {
    this.countUses(roots);
    return roots.map((root) => this.encodeCone(root));
  }

  private encodeCone(root: Annotation): SatLiteral {
    const pending: Annotation[] = [root];
    for (let annotation = pending.pop(); annotation !== undefined; annotation = pending.pop()) {
      const node = annotation >> 1;
      if (this.graph.isInput(node)) {
        this.variable(node);
        continue;
      }
      const direction = (annotation & 1) === 0 ? 1 : 2;
      const done = this.done[node] as number;
      if ((done & direction) !== 0) continue;
      if (done === 0) this.nodes++;
      this.done[node] = done | direction;
      const variable = this.variable(node);
      const operands = this.operands(node);
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
    let variable = this.variables[node] as number;
    if (variable === 0) {
      variable = this.solver.newVariable();
      this.variables[node] = variable;
      if (this.graph.isInput(node)) this.onInput(this.graph.variableOf(node), variable);
    }
    return variable;
  }

  /** The conjuncts of an AND node, with conjunctions that only it uses expanded. */
  private operands(node: number): readonly Annotation[] {
    const operands: Annotation[] = [];
    const pending = [this.graph.rightOf(node), this.graph.leftOf(node)];
    for (let a = pending.pop(); a !== undefined; a = pending.pop()) {
      const below = a >> 1;
      const inner =
        (a & 1) === 0 && !this.graph.isInput(below) && this.uses[below] === 1 && this.variables[below] === 0;
      if (inner) pending.push(this.graph.rightOf(below), this.graph.leftOf(below));
      else operands.push(a);
    }
    return operands;
  }

  /** Grows the tables to the size of the graph, and counts the uses of nodes in the cones of `roots`. */
  private countUses(roots: readonly Annotation[]): void {
    const { size } = this.graph;
    if (this.variables.length < size) {
      const [variables, done] = [new Int32Array(size), new Uint8Array(size)];
      variables.set(this.variables);
      done.set(this.done);
      [this.variables, this.done] = [variables, done];
    }
    // Operands have smaller numbers than the nodes that use them, so one descending pass visits every node after all its uses.
    const top = roots.reduce((largest, root) => Math.max(largest, root >> 1), 0);
    const uses = new Int32Array(top + 1);
    for (const root of roots) uses[root >> 1] = (uses[root >> 1] as number) + 1;
    for (let node = top; node > 0; node--) {
      if (uses[node] === 0 || this.graph.isInput(node)) continue;
      const left = this.graph.leftOf(node) >> 1;
      const right = this.graph.rightOf(node) >> 1;
      uses[left] = (uses[left] as number) + 1;
      uses[right] = (uses[right] as number) + 1;
    }
    this.uses = uses;
  }
}
