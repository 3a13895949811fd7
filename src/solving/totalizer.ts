import type { Clauses, SatLiteral } from "./solver.js";

interface Node {
  readonly size: number;
  /** outputs[i] is implied if at least i + 1 of the inputs of this subtree are true. */
  readonly outputs: SatLiteral[];
  readonly children: readonly [Node, Node] | undefined;
}

/**
 * The cardinality constraint "at most k of these are true" for growing k (totalizer: Bailleux, Boufkhad, CP 2003; incremental, with
 * only as many outputs as the bound needs: Martins, Joshi, Manquinho, Lynce, CP 2014). A tree of counters, whose leaves are the inputs:
 *
 *     at least 2 of {a, b, c}     if  2 of {a, b},  or  1 of {a, b} and c
 */
export class Totalizer {
  private root: Node | undefined;

  constructor(private readonly solver: Clauses) {}

  /** The number of inputs. */
  get size(): number {
    return this.root?.size ?? 0;
  }

  /** Adds inputs. */
  add(literals: readonly SatLiteral[]): void {
    const added = tree(literals, 0, literals.length);
    if (added === undefined) return;
    this.root = this.root === undefined ? added : join(this.root, added);
  }

  /** The assumptions under which at most `k` inputs are true. */
  atMost(k: number): readonly SatLiteral[] {
    if (this.root === undefined || k >= this.root.size) return [];
    this.extend(this.root, k + 1);
    const output = this.root.outputs[k];
    return output === undefined ? [] : [-output];
  }

  /** Adds outputs to a node up to the first `bound`. */
  private extend(node: Node, bound: number): void {
    if (node.children === undefined) return;
    const before = node.outputs.length;
    const after = Math.min(bound, node.size);
    if (after <= before) return;
    const [left, right] = node.children;
    this.extend(left, after);
    this.extend(right, after);
    while (node.outputs.length < after) node.outputs.push(this.solver.newVariable());
    for (let i = 0; i <= Math.min(left.outputs.length, after); i++) {
      for (let j = Math.max(0, before + 1 - i); j <= Math.min(right.outputs.length, after - i); j++) {
        const clause = [node.outputs[i + j - 1] as number];
        if (i > 0) clause.push(-(left.outputs[i - 1] as number));
        if (j > 0) clause.push(-(right.outputs[j - 1] as number));
        this.solver.addClause(clause);
      }
    }
  }
}

function tree(literals: readonly SatLiteral[], from: number, to: number): Node | undefined {
  if (from >= to) return undefined;
  const only = literals[from];
  if (to - from === 1 && only !== undefined) return { size: 1, outputs: [only], children: undefined };
  const middle = (from + to) >> 1;
  const left = tree(literals, from, middle);
  const right = tree(literals, middle, to);
  return left === undefined || right === undefined ? undefined : join(left, right);
}

function join(left: Node, right: Node): Node {
  return { size: left.size + right.size, outputs: [], children: [left, right] };
}
