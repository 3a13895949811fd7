import { tag } from "./markup.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Text of an SVG element. */
export function svgText(s: string): string {
  return s.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}

export function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** A share of the way from one point to another, stopping some pixels short. */
export function along(from: Point, to: Point, share: number, short: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = share - short / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** The head of an arrow that ends at `to`. */
export function head(from: Point, to: Point): string {
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return tag("path", {
    class: "head",
    d: "M0 0L-8 -3.4L-8 3.4Z",
    transform: `translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})`,
  });
}

export function cross({ x, y }: Point, r: number): string {
  const d = `M${round(x - r)} ${round(y - r)}L${round(x + r)} ${round(y + r)}M${round(x - r)} ${round(y + r)}L${round(x + r)} ${round(y - r)}`;
  return tag("path", { class: "cross", d });
}
