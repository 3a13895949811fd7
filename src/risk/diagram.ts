/**
 * An edge of a diagram: 2 · node + sign. Node 0 is the constant false, so 0 is false, 1 is true and `^ 1` negates.
 */
export type Edge = number;

export const NEVER: Edge = 0;
export const ALWAYS: Edge = 1;

/** The diagram would have more nodes than allowed. */
export class TooLarge extends Error {}

/**
 * Reduced ordered binary decision diagrams with complement edges (Bryant, IEEE Trans. Comp. 1986; Brace, Rudell, Bryant, DAC 1990): one
 * node for each function, up to negation. A node asks for a variable; its low edge is never complemented, which makes the form canonical.
 */
export class Diagram {
  /** By node: its variable, and where it leads if that is true, or false. */
  private readonly variable: number[] = [Infinity];
  private readonly high: Edge[] = [NEVER];
  private readonly low: Edge[] = [NEVER];
  private readonly unique = new Map<string, number>();
  private readonly conjunctions = new Map<number, Edge>();

  /** `most`: the largest number of nodes. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.variable.length;
  }

  /** The function that is true if a variable is. Variables are asked in the order of their numbers. */
  of(variable: number): Edge {
    return this.node(variable, ALWAYS, NEVER);
  }

  or(a: Edge, b: Edge): Edge {
    return this.and(a ^ 1, b ^ 1) ^ 1;
  }

  and(a: Edge, b: Edge): Edge {
    if (a > b) return this.and(b, a);
    if (a === NEVER || b === (a ^ 1)) return NEVER;
    if (a === ALWAYS || a === b) return b;
    const key = a * this.most * 2 + b;
    const known = this.conjunctions.get(key);
    if (known !== undefined) return known;
    const [va, vb] = [this.variableOf(a), this.variableOf(b)];
    const variable = Math.min(va, vb);
    const [ah, al] = va === variable ? [this.highOf(a), this.lowOf(a)] : [a, a];
    const [bh, bl] = vb === variable ? [this.highOf(b), this.lowOf(b)] : [b, b];
    const result = this.node(variable, this.and(ah, bh), this.and(al, bl));
    this.conjunctions.set(key, result);
    return result;
  }

  /**
   * The probability that a function is true if the variables are independent, each true with the probability given by `rate`. Sums of
   * products only, so the relative error stays small also for what is very unlikely.
   */
  probability(edge: Edge, rate: (variable: number) => number): number {
    // By node: the probabilities that it is true, and that it is false.
    const known = new Map<number, readonly [number, number]>([[0, [0, 1]]]);
    const both = (e: Edge): readonly [number, number] => {
      const node = e >> 1;
      let pair = known.get(node);
      if (pair === undefined) {
        const p = rate(this.variable[node] as number);
        const [high, low] = [both(this.high[node] as Edge), both(this.low[node] as Edge)];
        pair = [p * high[0] + (1 - p) * low[0], p * high[1] + (1 - p) * low[1]];
        known.set(node, pair);
      }
      return (e & 1) === 0 ? pair : [pair[1], pair[0]];
    };
    return both(edge)[0];
  }

  private variableOf(e: Edge): number {
    return this.variable[e >> 1] as number;
  }

  private highOf(e: Edge): Edge {
    return (this.high[e >> 1] as Edge) ^ (e & 1);
  }

  private lowOf(e: Edge): Edge {
    return (this.low[e >> 1] as Edge) ^ (e & 1);
  }

  private node(variable: number, high: Edge, low: Edge): Edge {
    if (high === low) return high;
    if ((low & 1) === 1) return this.node(variable, high ^ 1, low ^ 1) ^ 1;
    const key = `${variable} ${high} ${low}`;
    const known = this.unique.get(key);
    if (known !== undefined) return 2 * known;
    const node = this.variable.length;
    if (node >= this.most) throw new TooLarge();
    this.variable.push(variable);
    this.high.push(high);
    this.low.push(low);
    this.unique.set(key, node);
    return 2 * node;
  }
}
