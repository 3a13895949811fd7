import type { Algebra, Annotation } from "../execution/annotation.js";
import { FALSE, TRUE } from "../execution/annotation.js";
import type { FaultVariables } from "./fault-variables.js";

export type { Annotation };
export { FALSE, TRUE };

/** The graph has outgrown what it may hold. */
export class GraphTooLarge extends Error {}

/** More nodes than this are not built: past it the solver has no room for the clauses either. */
const MAX_NODES = 20_000_000;
/** Fault variables are kept as 32-bit numbers. */
const MAX_VARIABLE = 2 ** 31 - 1;

const INPUT = -1;
/** Later than every instant: the end of a range that includes not crashing at all. */
const NEVER = 2 ** 30;

/** A node's crash lies after `from` and not after `to`. */
interface Range {
  readonly owner: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The hash-consed and-inverter graph (provenance circuits: Deutch, Milo, Roy, Tannen, ICDT 2014; and-inverter graphs:
 * Kuehlmann, Paruthi, Krohm, Ganai, TCAD 2002). An annotation is 2 · node + sign; node 0 is the constant, so that 0 is
 * false, 1 is true and `^ 1` negates. A node is a fault variable or the AND of two annotations. Equal functions that
 * are built equally are one node; constants, and what the operands' own operands decide, are folded:
 *
 *     and(x, and(x, y)) = and(x, y)      and(x, ¬and(x, y)) = and(x, ¬y)      and(x, ¬and(¬x, y)) = x
 *
 * The graph also knows that a node crashes once and for good. `down(n, t)`, its negation, and their conjunctions say that
 * n's crash lies in a range of time, and of ranges the AND and OR are taken as such: `crash(n, 3) ∨ crash(n, 4)` is
 * `down(n, 4) ∧ ¬down(n, 2)`, and `crash(n, 3) ∧ crash(n, 4)` is false.
 */
export class Graph implements Algebra {
  private left = new Int32Array(1024);
  private right = new Int32Array(1024);
  private table = new Int32Array(2048);
  private count = 1;
  private readonly inputs = new Map<number, Annotation>();
  /** For a node that says "n crashes after `from`, and at the latest at `to`": n + 1, or 0; and the two instants. */
  private rangeOwner = new Int32Array(1024);
  private rangeFrom = new Int32Array(1024);
  private rangeTo = new Int32Array(1024);

  constructor(private budgeted: FaultVariables) {
    this.left[0] = INPUT;
  }

  get variables(): FaultVariables {
    return this.budgeted;
  }

  /** From now on annotations are made for another budget over the same nodes; those that were made keep their meaning. */
  rebudget(variables: FaultVariables): void {
    this.budgeted = variables;
  }

  /** The number of nodes, the constant included. */
  get size(): number {
    return this.count;
  }

  /** How many fault variables the graph mentions. */
  get inputCount(): number {
    return this.inputs.size;
  }

  isInput(node: number): boolean {
    return this.left[node] === INPUT;
  }

  /** The fault variable of an input node other than the constant. */
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

  /** The annotation of a fault variable, by its number. */
  input(variable: number): Annotation {
    const known = this.inputs.get(variable);
    if (known !== undefined) return known;
    if (variable > MAX_VARIABLE) throw new GraphTooLarge();
    const node = this.append(INPUT, variable);
    const v = this.variables.variable(variable);
    if (v.kind === "down") {
      this.setRange(node, { owner: v.node, from: 0, to: v.at });
    }
    this.inputs.set(variable, 2 * node);
    return 2 * node;
  }

  lost(from: number, to: number, at: number): Annotation {
    const omit = this.variables.omit(from, to, at);
    return this.or(omit === undefined ? FALSE : this.input(omit), this.down(from, at));
  }

  crashed(node: number, at: number): Annotation {
    return this.and(this.down(node, at), this.down(node, at - 1) ^ 1);
  }

  private down(node: number, at: number): Annotation {
    const variable = at < 1 ? undefined : this.variables.down(node, at);
    return variable === undefined ? FALSE : this.input(variable);
  }

  or(a: Annotation, b: Annotation): Annotation {
    return this.and(a ^ 1, b ^ 1) ^ 1;
  }

  and(a: Annotation, b: Annotation): Annotation {
    if (a > b) return this.and(b, a);
    if (a === FALSE || b === (a ^ 1)) return FALSE;
    if (a === TRUE || a === b) return b;
    const folded = this.foldRanges(a, b) ?? this.foldInto(a, b) ?? this.foldInto(b, a) ?? this.foldBoth(a, b);
    return folded ?? this.conjunction(a, b);
  }

  /** The node of a ∧ b, a < b, made if there is none. */
  private conjunction(a: Annotation, b: Annotation): Annotation {
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

  /** What the operands of `a` decide about a ∧ b. */
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

  /** What the operands of both decide. */
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
    // (p ∧ q) ∧ ¬(u ∧ v): a conjunct that refutes u or v makes the second factor redundant.
    const u = this.left[n >> 1] as number;
    const v = this.right[n >> 1] as number;
    if (p === (u ^ 1) || p === (v ^ 1) || q === (u ^ 1) || q === (v ^ 1)) return (a & 1) === 0 ? a : b;
    return undefined;
  }

  /** The range of crash times that an annotation stands for, if it stands for one. */
  private range(annotation: Annotation): Range | undefined {
    const node = annotation >> 1;
    const owner = (this.rangeOwner[node] as number) - 1;
    if (owner < 0) return undefined;
    const from = this.rangeFrom[node] as number;
    const to = this.rangeTo[node] as number;
    if ((annotation & 1) === 0) return { owner, from, to };
    return from === 0 ? { owner, from: to, to: NEVER } : undefined;
  }

  private setRange(node: number, { owner, from, to }: Range): void {
    this.rangeOwner[node] = owner + 1;
    this.rangeFrom[node] = from;
    this.rangeTo[node] = to;
  }

  /** The annotation of a range. */
  private ranged({ owner, from, to }: Range): Annotation {
    if (from >= to) return FALSE;
    const after = this.down(owner, from) ^ 1;
    if (to === NEVER) return after;
    const until = this.down(owner, to);
    if (from === 0) return until;
    const annotation = after < until ? this.conjunction(after, until) : this.conjunction(until, after);
    this.setRange(annotation >> 1, { owner, from, to });
    return annotation;
  }

  /** What follows from both operands, or both their negations, being ranges of crash times of one node. */
  private foldRanges(a: Annotation, b: Annotation): Annotation | undefined {
    const owner = this.rangeOwner[a >> 1];
    if (owner === 0 || owner !== this.rangeOwner[b >> 1]) return undefined;
    const [x, y] = [this.range(a), this.range(b)];
    if (x !== undefined && y !== undefined) {
      return this.ranged({ owner: x.owner, from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) });
    }
    const [notX, notY] = [this.range(a ^ 1), this.range(b ^ 1)];
    if (notX !== undefined && notY !== undefined) {
      if (Math.max(notX.from, notY.from) > Math.min(notX.to, notY.to)) return undefined;
      return (
        this.ranged({ owner: notX.owner, from: Math.min(notX.from, notY.from), to: Math.max(notX.to, notY.to) }) ^ 1
      );
    }
    if (x !== undefined && notY !== undefined) return this.difference(x, notY);
    return y !== undefined && notX !== undefined ? this.difference(y, notX) : undefined;
  }

  /** The range without what the other covers, unless that leaves two pieces. */
  private difference(range: Range, without: Range): Annotation | undefined {
    const { owner, from, to } = range;
    if (without.from <= from) return this.ranged({ owner, from: Math.max(from, without.to), to });
    return without.to >= to ? this.ranged({ owner, from, to: Math.min(to, without.from) }) : undefined;
  }

  private append(left: number, right: number): number {
    const node = this.count++;
    if (node >= MAX_NODES) throw new GraphTooLarge();
    if (node >= this.left.length) {
      const grow = (array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
        const larger = new Int32Array(array.length * 2);
        larger.set(array);
        return larger;
      };
      this.left = grow(this.left);
      this.right = grow(this.right);
      this.rangeOwner = grow(this.rangeOwner);
      this.rangeFrom = grow(this.rangeFrom);
      this.rangeTo = grow(this.rangeTo);
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

  /**
   * The value of annotations under an assignment of the fault variables. One pass over the nodes, so ask for many at
   * once.
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
