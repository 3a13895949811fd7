import { Unwinding } from "../execution/unwinding.js";
import type { Algebra, Annotation } from "../faults/annotation.js";
import { FALSE, TRUE } from "../faults/annotation.js";

export type { Annotation };
export { FALSE, TRUE };

/** The limit on nodes: beyond it the solver has no memory for the clauses either. */
const MAX_NODES = 20_000_000;
/** Variables are stored as signed 32-bit numbers. */
const MAX_VARIABLE = 2 ** 31 - 1;

function tooLarge(): Unwinding {
  return new Unwinding({ kind: "too-large", detail: "the lineage over all schedules has too many nodes" });
}

const INPUT = -1;
/**
 * Knowledge of dependencies between variables: returns an annotation equivalent to a ∧ b, or `undefined` if it knows none. Called with
 * a < b, neither of them constant, and b ≠ ¬a.
 */
export type Fold = (graph: Graph, a: Annotation, b: Annotation) => Annotation | undefined;

/**
 * The hash-consed and-inverter graph (provenance circuits: Deutch, Milo, Roy, Tannen, ICDT 2014; and-inverter graphs:
 * Kuehlmann, Paruthi, Krohm, Ganai, TCAD 2002). An annotation is 2 · node + sign; node 0 is the constant, so that 0 is
 * false, 1 is true and `^ 1` negates. A node is an input, with the number of a variable, or the AND of two annotations. Equal
 * structures are one node; constants, and conjunctions that the operands' own operands decide, are folded:
 *
 *     and(x, and(x, y)) = and(x, y)      and(x, ¬and(x, y)) = and(x, ¬y)      and(x, ¬and(¬x, y)) = x
 *
 * The graph does not know what the variables mean; a `Fold` passed to it may know dependencies between them.
 */
export class Graph implements Algebra {
  private left = new Int32Array(1024);
  private right = new Int32Array(1024);
  private table = new Int32Array(2048);
  private count = 1;
  private readonly inputs = new Map<number, Annotation>();

  constructor(private readonly fold: Fold = () => undefined) {
    this.left[0] = INPUT;
  }

  /** The number of nodes, the constant included. */
  get size(): number {
    return this.count;
  }

  /** Whether the graph mentions a variable of a kind. */
  mentions(kind: (variable: number) => boolean): boolean {
    for (const variable of this.inputs.keys()) if (kind(variable)) return true;
    return false;
  }

  isInput(node: number): boolean {
    return this.left[node] === INPUT;
  }

  /** The variable of an input node other than the constant. */
  variableOf(node: number): number {
    return this.right[node] as number;
  }

  /** The operands of an AND node. */
  leftOf(node: number): Annotation {
    return this.left[node] as number;
  }

  rightOf(node: number): Annotation {
    return this.right[node] as number;
  }

  /** The annotation of a variable, by its number. */
  input(variable: number): Annotation {
    const known = this.inputs.get(variable);
    if (known !== undefined) return known;
    if (variable > MAX_VARIABLE) throw tooLarge();
    const node = this.append(INPUT, variable);
    this.inputs.set(variable, 2 * node);
    return 2 * node;
  }

  or(a: Annotation, b: Annotation): Annotation {
    return this.and(a ^ 1, b ^ 1) ^ 1;
  }

  and(a: Annotation, b: Annotation): Annotation {
    if (a > b) return this.and(b, a);
    if (a === FALSE || b === (a ^ 1)) return FALSE;
    if (a === TRUE || a === b) return b;
    const folded = this.fold(this, a, b) ?? this.foldInto(a, b) ?? this.foldInto(b, a) ?? this.foldBoth(a, b);
    return folded ?? this.conjunction(a, b);
  }

  /** The AND node of a and b, without folding; created if there is none. Precondition: a < b, neither of them constant. */
  conjunction(a: Annotation, b: Annotation): Annotation {
    let slot = this.hash(a, b);
    const mask = this.table.length - 1;
    for (;;) {
      const node = this.table[slot] as number;
      if (node === 0) break;
      if (this.left[node] === a && this.right[node] === b) return 2 * node;
      slot = (slot + 1) & mask;
    }
    const node = this.append(a, b);
    this.table[slot] = node;
    if (this.count * 2 > this.table.length) this.rehash();
    return 2 * node;
  }

  /** Folds a ∧ b by the operands of `a`. */
  private foldInto(a: Annotation, b: Annotation): Annotation | undefined {
    const node = a >> 1;
    const x = this.left[node] as number;
    if (x === INPUT) return undefined;
    const y = this.right[node] as number;
    if ((a & 1) === 0) {
      if (b === x || b === y) return a;
      if (b === (x ^ 1) || b === (y ^ 1)) return FALSE;
      return undefined;
    }
    if (b === (x ^ 1) || b === (y ^ 1)) return b;
    if (b === x) return this.and(b, y ^ 1);
    if (b === y) return this.and(b, x ^ 1);
    return undefined;
  }

  /** Folds a ∧ b by the operands of both. */
  private foldBoth(a: Annotation, b: Annotation): Annotation | undefined {
    const x = this.left[a >> 1] as number;
    const z = this.left[b >> 1] as number;
    if (x === INPUT || z === INPUT) return undefined;
    const y = this.right[a >> 1] as number;
    const w = this.right[b >> 1] as number;
    if ((a & 1) === 0 && (b & 1) === 0) {
      return x === (z ^ 1) || x === (w ^ 1) || y === (z ^ 1) || y === (w ^ 1) ? FALSE : undefined;
    }
    if ((a & 1) === 1 && (b & 1) === 1) {
      // ¬(x ∧ y) ∧ ¬(x ∧ ¬y) = ¬x
      if ((x === z && y === (w ^ 1)) || (x === w && y === (z ^ 1))) return x ^ 1;
      if ((y === w && x === (z ^ 1)) || (y === z && x === (w ^ 1))) return y ^ 1;
      return undefined;
    }
    const [p, q, n] = (a & 1) === 0 ? [x, y, b] : [z, w, a];
    // (p ∧ q) ∧ ¬(u ∧ v): if p or q is the negation of u or v, the second conjunct is redundant.
    const u = this.left[n >> 1] as number;
    const v = this.right[n >> 1] as number;
    if (p === (u ^ 1) || p === (v ^ 1) || q === (u ^ 1) || q === (v ^ 1)) return (a & 1) === 0 ? a : b;
    return undefined;
  }

  private append(left: number, right: number): number {
    const node = this.count++;
    if (node >= MAX_NODES) throw tooLarge();
    if (node >= this.left.length) {
      const grow = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
        const larger = new Int32Array(array.length * 2);
        larger.set(array);
        return larger;
      };
      this.left = grow(this.left);
      this.right = grow(this.right);
    }
    this.left[node] = left;
    this.right[node] = right;
    return node;
  }

  private hash(a: number, b: number): number {
    let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    h ^= h >>> 15;
    return h & (this.table.length - 1);
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2);
    const mask = this.table.length - 1;
    for (let node = 1; node < this.count; node++) {
      if (this.left[node] === INPUT) continue;
      let slot = this.hash(this.left[node] as number, this.right[node] as number);
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = node;
    }
  }

  /** The variables on which annotations are built, by number. */
  inputsOf(annotations: readonly Annotation[]): readonly number[] {
    const seen = new Set<number>([0]);
    const found: number[] = [];
    const pending = annotations.map((annotation) => annotation >> 1);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (this.isInput(node)) found.push(this.variableOf(node));
      else pending.push(this.leftOf(node) >> 1, this.rightOf(node) >> 1);
    }
    return found;
  }

  /**
   * The values of annotations under an assignment of the variables, in one pass over all nodes; evaluate many at once.
   */
  evaluate(annotations: readonly Annotation[], assignment: (variable: number) => boolean): readonly boolean[] {
    const values = new Uint8Array(this.count);
    const value = (a: Annotation): number => (values[a >> 1] as number) ^ (a & 1);
    for (let node = 1; node < this.count; node++) {
      const x = this.left[node] as number;
      const y = this.right[node] as number;
      values[node] = x === INPUT ? (assignment(y) ? 1 : 0) : value(x) & value(y);
    }
    return annotations.map((a) => value(a) === 1);
  }
}
