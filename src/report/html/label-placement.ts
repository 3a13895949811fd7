import type { Point } from "./svg-shapes.js";

/*
 * Where the labels of a drawing go. Each label has candidate places; the first label takes the best of its own, the next
 * one the best that is still free, and so on. Boxes never overlap; that a line passes behind a label is a cost, not an
 * error, since labels cover what is behind them.
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
  /** What it costs to cover it. */
  readonly weight: number;
}

export interface Candidate {
  readonly box: Box;
  /** How far it is from where a reader looks first. */
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

  /** The best free candidate, which is free no longer; `undefined` if none is. */
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
