import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { Fold, Graph } from "./graph.js";

/** Later than every instant: the end of a range that includes "does not crash". */
const NEVER = 2 ** 30;

/** The statement "node `owner` crashes after `from` and not after `to`". */
interface Range {
  readonly owner: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A fold function for the graph that knows the dependencies between crash variables: a node crashes at most once and never recovers,
 * so its variables are a monotone chain, `down(n, t)` implies `down(n, t + 1)`. Annotations that state a range of crash times of one
 * node are combined as ranges:
 *
 *     crash(n, 3) ∨ crash(n, 4) = down(n, 4) ∧ ¬down(n, 2)        crash(n, 3) ∧ crash(n, 4) = false
 */
export class CrashChains {
  /** By graph node: 0, or 1 + the index of its range. */
  private places = new Int32Array(1024);
  private readonly ranges: Range[] = [];

  private down: (node: number, at: number) => Annotation = () => FALSE;

  /** Sets the function that returns, and declares, the annotation of `down(node, at)`. */
  setDown(down: (node: number, at: number) => Annotation): void {
    this.down = down;
  }

  /** Declares an annotation to be that of `down(owner, at)`. */
  declare(annotation: Annotation, owner: number, at: number): void {
    if (this.ofNode(annotation >> 1) === undefined) this.setRange(annotation >> 1, { owner, from: 0, to: at });
  }

  /** a ∧ b if each operand, or its negation, is a range of crash times of one node and the result is one too; otherwise `undefined`. */
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

  /** The difference of two ranges; `undefined` if it is not a range. */
  private difference(graph: Graph, range: Range, without: Range): Annotation | undefined {
    const { owner, from, to } = range;
    if (without.from <= from) return this.ranged(graph, { owner, from: Math.max(from, without.to), to });
    return without.to >= to ? this.ranged(graph, { owner, from, to: Math.min(to, without.from) }) : undefined;
  }
}

/** The range of an annotation, given that of its graph node; the negation of a range is one if it begins at 0. */
function rangeOf(ofNode: Range, annotation: Annotation): Range | undefined {
  if ((annotation & 1) === 0) return ofNode;
  return ofNode.from === 0 ? { owner: ofNode.owner, from: ofNode.to, to: NEVER } : undefined;
}
