import type { FaultVariable } from "../faults/fault-variable.js";
import type { FaultGraph } from "./fault-graph.js";
import type { Annotation } from "./graph.js";
import { FALSE, TRUE } from "./graph.js";

/** Smaller cones are left as they are, since the solver is as fast, */
export const LARGE_CONE = 10_000;
/** and those of graphs with more nodes, for which memory may not suffice. */
const HUGE_GRAPH = 1_000_000;
/** Schedules that are tried, in words of 32. */
const WORDS = 16;
/** With so many consequences of one assumption no contradiction is looked for any longer. */
const MOST_CONSEQUENCES = 4_000;
/** Visits, of nodes with an operand of which the value has become known: at first, */
const FIRST_VISITS = 50_000;
/** and for each node of the cone that has become another one. With fewer nodes gone the solver hardly gains what the visits take. */
const VISITS = 100;

/**
 * Equivalent annotations, of a smaller cone. Most annotations of a large lineage are false under every schedule, which their structure does
 * not show: two leaders of one term, and all that would follow from them. From the inputs up, each conjunction that is false under some
 * schedules tried is assumed to be true; if constants that follow from that contradict each other it is false, and so is what needs it.
 *
 *     x = and(a, b)     y = and(¬a, c)     and(x, y):     x, y, a, b, ¬a
 *
 * (Failed literals: Freeman 1995; in topological order with rewriting, as in SAT sweeping: Kuehlmann, TCAD 2004.)
 */
export function withoutImpossible(
  graph: FaultGraph,
  annotations: readonly Annotation[],
  fromCone = LARGE_CONE,
): readonly Annotation[] {
  if (graph.size < fromCone || graph.size > HUGE_GRAPH) return annotations;
  const cone = coneOf(graph, annotations);
  return cone.length < fromCone ? annotations : new Sweep(graph).rewrite(cone, annotations);
}

/** The nodes on which annotations are built, operands before what is built on them. */
function coneOf(graph: FaultGraph, annotations: readonly Annotation[]): readonly number[] {
  const inCone = new Uint8Array(graph.size);
  for (const annotation of annotations) inCone[annotation >> 1] = 1;
  const cone: number[] = [];
  for (let node = graph.size - 1; node > 0; node--) {
    if (inCone[node] === 0) continue;
    cone.push(node);
    if (graph.isInput(node)) continue;
    inCone[graph.leftOf(node) >> 1] = 1;
    inCone[graph.rightOf(node) >> 1] = 1;
  }
  return cone.reverse();
}

class Sweep {
  /** By node of the graph before: the annotation in its place. */
  private readonly becomes: Int32Array;
  /** By node: 1 if its values are known, and it is among the uses of its operands. */
  private met: Uint8Array;
  /** By node: its values under the schedules tried. */
  private values: Int32Array;
  /** By channel and kind, or node and kind: the values of the last variable. */
  private readonly before = new Map<string, Int32Array>();
  /** By node: the last of its uses as an operand, each with the one before it. */
  private lastUse: Int32Array;
  private readonly userOf: number[] = [0];
  private readonly useBefore: number[] = [0];
  /** By node: 1 if no contradiction followed from it. */
  private inVain: Uint8Array;
  /** By annotation: 1 if it is known to be true under the current assumption. */
  private holds: Uint8Array;
  private readonly known: number[] = [];
  private visits = 0;
  private random = 1;

  constructor(private readonly graph: FaultGraph) {
    const { size } = graph;
    this.becomes = new Int32Array(size);
    this.met = new Uint8Array(size);
    this.values = new Int32Array(size * WORDS);
    this.lastUse = new Int32Array(size);
    this.inVain = new Uint8Array(size);
    this.holds = new Uint8Array(2 * size);
  }

  /** `cone`: that of the annotations. */
  rewrite(cone: readonly number[], annotations: readonly Annotation[]): readonly Annotation[] {
    const { graph, becomes } = this;
    let folded = 0;
    for (const node of cone) {
      if (graph.isInput(node)) {
        becomes[node] = 2 * node;
        this.meet(node);
        continue;
      }
      const now = graph.and(this.now(graph.leftOf(node)), this.now(graph.rightOf(node)));
      becomes[node] = now;
      if (this.visits > FIRST_VISITS + VISITS * folded) continue;
      if (now <= TRUE || this.met[now >> 1] === 1) {
        folded++;
        continue;
      }
      this.meet(now >> 1);
      if ((now & 1) === 1 || !this.isNeverSeen(now >> 1)) continue;
      // Where an operand was assumed in vain, this probably would be too; what is built on it is assumed again.
      if (this.isInVain(graph.leftOf(now >> 1)) || this.isInVain(graph.rightOf(now >> 1))) continue;
      if (this.isContradictory(now)) becomes[node] = FALSE;
      else this.inVain[now >> 1] = 1;
    }
    return annotations.map((annotation) => this.now(annotation));
  }

  private now(annotation: Annotation): Annotation {
    return (this.becomes[annotation >> 1] as number) ^ (annotation & 1);
  }

  private isInVain(annotation: Annotation): boolean {
    return (annotation & 1) === 0 && this.inVain[annotation >> 1] === 1;
  }

  /** Finds the values of a node, and of those of its operands that were not met. */
  private meet(node: number): void {
    if (this.met[node] === 1) return;
    if (node >= this.met.length) this.grow();
    this.met[node] = 1;
    const { graph } = this;
    if (graph.isInput(node)) {
      this.tryValues(node);
      return;
    }
    const [left, right] = [graph.leftOf(node), graph.rightOf(node)];
    this.meet(left >> 1);
    this.meet(right >> 1);
    this.addUse(left >> 1, node);
    this.addUse(right >> 1, node);
    const { values } = this;
    const [ofLeft, ofRight, own] = [(left >> 1) * WORDS, (right >> 1) * WORDS, node * WORDS];
    const [notLeft, notRight] = [-(left & 1), -(right & 1)];
    for (let w = 0; w < WORDS; w++)
      values[own + w] = ((values[ofLeft + w] as number) ^ notLeft) & ((values[ofRight + w] as number) ^ notRight);
  }

  private addUse(operand: number, user: number): void {
    this.useBefore.push(this.lastUse[operand] as number);
    this.lastUse[operand] = this.userOf.push(user) - 1;
  }

  private grow(): void {
    const size = 2 * this.graph.size;
    const larger = <A extends Int32Array | Uint8Array>(array: A, from: A): A => {
      array.set(from);
      return array;
    };
    this.met = larger(new Uint8Array(size), this.met);
    this.values = larger(new Int32Array(size * WORDS), this.values);
    this.lastUse = larger(new Int32Array(size), this.lastUse);
    this.inVain = larger(new Uint8Array(size), this.inVain);
    this.holds = larger(new Uint8Array(2 * size), this.holds);
  }

  /**
   * Values of a variable: more faults or fewer, from word to word, and mostly some that last for instants. They need not be those of schedules: they
   * only decide what is looked at.
   */
  private tryValues(node: number): void {
    const { graph, values } = this;
    const variable = graph.variables.variable(graph.variableOf(node));
    const key = placeOf(variable);
    const before = this.before.get(key);
    const now = new Int32Array(WORDS);
    for (let w = 0; w < WORDS; w++) {
      let begins = this.word();
      for (let i = w % 8; i > 0; i--) begins &= this.word();
      now[w] = begins | ((before?.[w] ?? 0) & (this.word() | this.word()));
    }
    this.before.set(key, now);
    values.set(now, node * WORDS);
  }

  /** Random bits (xorshift: Marsaglia 2003). */
  private word(): number {
    let x = this.random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.random = x;
    return x;
  }

  /** Whether a node is false under every schedule that was tried. */
  private isNeverSeen(node: number): boolean {
    const { values } = this;
    for (let i = node * WORDS; i < (node + 1) * WORDS; i++) if (values[i] !== 0) return false;
    return true;
  }

  private isContradictory(annotation: Annotation): boolean {
    const { known, holds } = this;
    const isPossible = this.learn(annotation) && this.propagate();
    for (const fact of known) holds[fact] = 0;
    known.length = 0;
    return !isPossible;
  }

  /** Notes that an annotation is true; returns false if it is known to be false. */
  private learn(annotation: Annotation): boolean {
    const { holds } = this;
    if (holds[annotation] === 1) return true;
    if (holds[annotation ^ 1] === 1) return false;
    holds[annotation] = 1;
    this.known.push(annotation);
    return true;
  }

  /** Learns what follows from what is known; returns false if that is a contradiction. */
  private propagate(): boolean {
    const { known, graph, lastUse, useBefore, userOf } = this;
    for (let i = 0; i < known.length && known.length < MOST_CONSEQUENCES; i++) {
      const node = (known[i] as number) >> 1;
      if (!graph.isInput(node) && !this.conclude(node)) return false;
      for (let use = lastUse[node] as number; use !== 0; use = useBefore[use] as number) {
        this.visits++;
        if (!this.conclude(userOf[use] as number)) return false;
      }
    }
    return true;
  }

  /** Learns what follows from what is known of a node and its operands; returns false if that is a contradiction. */
  private conclude(node: number): boolean {
    const { graph, holds } = this;
    const left = graph.leftOf(node);
    const right = graph.rightOf(node);
    const own = 2 * node;
    if (holds[own] === 1) return this.learn(left) && this.learn(right);
    if (holds[left ^ 1] === 1 || holds[right ^ 1] === 1) return this.learn(own ^ 1);
    if (holds[left] === 1) {
      if (holds[right] === 1) return this.learn(own);
      return holds[own ^ 1] === 0 || this.learn(right ^ 1);
    }
    return holds[right] === 0 || holds[own ^ 1] === 0 || this.learn(left ^ 1);
  }
}

/** What a variable is about, whatever its instant. */
function placeOf(v: FaultVariable): string {
  switch (v.kind) {
    case "omit":
    case "doubled":
    case "severed":
      return `${v.kind} ${v.from} ${v.to}`;
    case "late":
      return `${v.kind} ${v.from} ${v.to} ${v.by}`;
    case "down":
    case "restarting":
    case "pausing":
      return `${v.kind} ${v.node}`;
    case "input":
      return `${v.kind} ${v.line} ${v.alternative}`;
  }
}
