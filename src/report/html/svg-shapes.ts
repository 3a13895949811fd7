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

/** The number of a step: in a square where a fault strikes, in a circle elsewhere. */
export function badge(step: number, { x, y }: Point, fault: boolean): string {
  return tag("g", { class: `badge${fault ? " fault" : ""}`, "data-step": step }, [
    fault
      ? tag("rect", { x: round(x - 8), y: round(y - 8), width: 16, height: 16, rx: 2.5 })
      : tag("circle", { cx: round(x), cy: round(y), r: 8.5 }),
    tag("text", { x: round(x), y: round(y + 4), "text-anchor": "middle" }, String(step)),
  ]);
}

/** Points down where a node goes down, up where it comes back. */
export function triangle({ x, y }: Point, direction: 1 | -1): string {
  return tag("path", { class: "mark", d: `M${round(x - 7)} ${round(y - 5 * direction)}h14l-7 ${10 * direction}Z` });
}

export function bar({ x, y }: Point): string {
  return tag("path", { class: "mark", d: `M${round(x - 8)} ${round(y - 2)}h16v4h-16Z` });
}
