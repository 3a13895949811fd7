import type { Point } from "./svg-shapes.js";

/*
 * Places the labels of a drawing. Each label has candidate places; in order, each label takes the best of its candidates
 * that is still free. Boxes never overlap. A line behind a label is allowed at a cost, since labels cover what is
 * behind them.
 */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Segment {
  readonly from: Point;
  readonly to: Point;
  /** The cost of covering it. */
  readonly weight: number;
}

export interface Candidate {
  readonly box: Box;
  /** The distance from the preferred place. */
  readonly cost: number;
}

const clearance = 1.5;

export class Placement {
  private readonly taken: Box[] = [];

  constructor(
    private readonly bounds: Box,
    private readonly segments: readonly Segment[],
  ) {}

  /** Keeps a place from being used. */
  block(box: Box): void {
    this.taken.push(box);
  }

  /** Takes the best free candidate; `undefined` if none is free. */
  place(candidates: readonly Candidate[]): Box | undefined {
    let best: { readonly box: Box; readonly cost: number } | undefined;
    for (const { box, cost } of candidates) {
      if (best !== undefined && cost >= best.cost) continue;
      if (!contains(this.bounds, box) || this.taken.some((other) => overlaps(box, other))) continue;
      const total = this.segments.reduce((sum, segment) => sum + (crosses(segment, box) ? segment.weight : 0), cost);
      if (best === undefined || total < best.cost) best = { box, cost: total };
    }
    if (best !== undefined) this.taken.push(best.box);
    return best?.box;
  }
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + clearance &&
    b.x < a.x + a.width + clearance &&
    a.y < b.y + b.height + clearance &&
    b.y < a.y + a.height + clearance
  );
}

/** Whether a part of the segment lies within the box (Liang and Barsky, 1984). */
function crosses({ from, to }: Segment, { x, y, width, height }: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [first, last] = [0, 1];
  const sides: readonly (readonly [number, number])[] = [
    [-dx, from.x - x],
    [dx, x + width - from.x],
    [-dy, from.y - y],
    [dy, y + height - from.y],
  ];
  for (const [step, distance] of sides) {
    if (step === 0) {
      if (distance < 0) return false;
      continue;
    }
    const at = distance / step;
    if (step < 0) first = Math.max(first, at);
    else last = Math.min(last, at);
    if (first > last) return false;
  }
  return true;
}
