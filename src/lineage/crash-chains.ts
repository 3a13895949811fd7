import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Fold, Graph } from "./graph.js";

/** Later than every instant: the end of a range that includes not crashing at all. */
const NEVER = 2 ** 30;

/** The crash of node `owner` lies after `from` and not after `to`. */
interface Range {
  readonly owner: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What the graph is told of crashes: a node crashes once and for good, so its variables are a monotone chain, `down(n, t)` implies
 * `down(n, t + 1)`. `down(n, t)`, its negation, and their conjunctions say that n's crash lies in a range of time, and of
 * ranges the AND and OR are taken as such:
 *
 *     crash(n, 3) ∨ crash(n, 4) = down(n, 4) ∧ ¬down(n, 2)        crash(n, 3) ∧ crash(n, 4) = false
 */
export class CrashChains {
  /** By graph node: 0, or 1 + the place of its range in the list. */
  private places = new Int32Array(1024);
  private readonly ranges: Range[] = [];

  private down: (node: number, at: number) => Annotation = () => FALSE;

  /** From now on `down` gives the annotations of `down(node, at)`, and declares them. */
  over(down: (node: number, at: number) => Annotation): void {
    this.down = down;
  }

  /** The annotation is that of `down(owner, at)`. */
  declare(annotation: Annotation, owner: number, at: number): void {
    if (this.ofNode(annotation >> 1) === undefined) this.setRange(annotation >> 1, { owner, from: 0, to: at });
  }

  /** What follows from both operands, or both their negations, being ranges of crash times of one node. */
  readonly fold: Fold = (graph, a, b) => {
    const [here, there] = [this.ofNode(a >> 1), this.ofNode(b >> 1)];
    if (here === undefined || there === undefined || here.owner !== there.owner) return undefined;
    const [x, y] = [rangeOf(here, a), rangeOf(there, b)];
    if (x !== undefined && y !== undefined) {
      return this.ranged(graph, { owner: x.owner, from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) });
    }
    const [notX, notY] = [rangeOf(here, a ^ 1), rangeOf(there, b ^ 1)];
    if (notX !== undefined && notY !== undefined) {
      const [from, to] = [Math.min(notX.from, notY.from), Math.max(notX.to, notY.to)];
      if (Math.max(notX.from, notY.from) > Math.min(notX.to, notY.to)) return undefined;
      return this.ranged(graph, { owner: notX.owner, from, to }) ^ 1;
    }
    if (x !== undefined && notY !== undefined) return this.difference(graph, x, notY);
    return y !== undefined && notX !== undefined ? this.difference(graph, y, notX) : undefined;
  };

  private ofNode(node: number): Range | undefined {
    const place = this.places[node];
    return place === undefined || place === 0 ? undefined : this.ranges[place - 1];
  }

  private setRange(node: number, range: Range): void {
    if (node >= this.places.length) {
      const larger = new Int32Array(Math.max(2 * this.places.length, node + 1));
      larger.set(this.places);
      this.places = larger;
    }
    this.places[node] = this.ranges.push(range);
  }

  /** The annotation of a range. */
  private ranged(graph: Graph, range: Range): Annotation {
    const { owner, from, to } = range;
    if (from >= to) return FALSE;
    const after = this.down(owner, from) ^ 1;
    if (to === NEVER) return after;
    const until = this.down(owner, to);
    if (from === 0) return until;
    const annotation = after < until ? graph.conjunction(after, until) : graph.conjunction(until, after);
    if (this.ofNode(annotation >> 1) === undefined) this.setRange(annotation >> 1, range);
    return annotation;
  }

  /** The range without what the other covers, unless that leaves two pieces. */
  private difference(graph: Graph, range: Range, without: Range): Annotation | undefined {
    const { owner, from, to } = range;
    if (without.from <= from) return this.ranged(graph, { owner, from: Math.max(from, without.to), to });
    return without.to >= to ? this.ranged(graph, { owner, from, to: Math.min(to, without.from) }) : undefined;
  }
}

/** The range that an annotation stands for, given that of its graph node; a negation stands for one if the range begins at 0. */
function rangeOf(ofNode: Range, annotation: Annotation): Range | undefined {
  if ((annotation & 1) === 0) return ofNode;
  return ofNode.from === 0 ? { owner: ofNode.owner, from: ofNode.to, to: NEVER } : undefined;
}
