import { arrowKey } from "./closure.js";
import { tag } from "./markup.js";
import type { ArrowModel, Model, RunModel } from "./model.js";

/** How each arrow of a run is to be marked. */
export interface Marks {
  /** Not so in the run that is compared with. */
  readonly differing: ReadonlySet<number>;
  /** Keys of arrows that some outcome rests on, in this run or in one that is compared. */
  readonly relevant: ReadonlySet<string>;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const left = 46;
const top = 44;

/** The diagram of a run: nodes are columns, time runs downward, a message arrives one instant after it left. */
export function spaceTimeSvg(model: Model, index: number, run: RunModel, marks: Marks, crashes: ReadonlyMap<string, number>): string {
  return new Drawing(model, index, run, marks, crashes).svg();
}

class Drawing {
  private readonly gap: number;
  private readonly step: number;
  private readonly width: number;
  private readonly height: number;
  private readonly dense: boolean;

  constructor(
    private readonly model: Model,
    private readonly index: number,
    private readonly run: RunModel,
    private readonly marks: Marks,
    private readonly crashes: ReadonlyMap<string, number>,
  ) {
    const n = model.nodes.length;
    this.gap = n <= 3 ? 150 : n <= 6 ? 112 : n <= 9 ? 84 : 66;
    this.step = n <= 8 ? 46 : 40;
    this.dense = n > 7 || run.arrows.length > 6 * model.eot + 12;
    this.width = left + Math.max(0, n - 1) * this.gap + 60;
    this.height = this.y(model.eot) + 34;
  }

  svg(): string {
    const { model, run, width, height } = this;
    const instants = Array.from({ length: model.eot }, (_, i) => i + 1);
    return tag(
      "svg",
      {
        class: `space-time${this.dense ? " dense" : ""}`,
        viewBox: `0 0 ${width} ${height}`,
        style: `--natural:${width}px`,
        role: "group",
        "aria-label": `Space–time diagram: ${run.title}. Arrow keys move between messages, Enter shows one.`,
        "data-diagram": this.index,
      },
      [
        ...run.window.map((t) => tag("rect", { class: "window", x: 0, y: this.y(t) - this.step / 2, width, height: this.step })),
        ...instants.map((t) => this.instant(t)),
        ...model.nodes.map((node, i) => this.lifeline(node, i)),
        ...this.ordered().map(([arrow, i]) => this.arrow(arrow, i)),
        ...this.crashMarks(),
      ],
    );
  }

  private x(node: string): number {
    return left + Math.max(0, this.model.nodes.indexOf(node)) * this.gap;
  }

  private y(instant: number): number {
    return top + (instant - 0.5) * this.step;
  }

  private instant(t: number): string {
    const y = this.y(t);
    const promised = this.run.window.includes(t) ? " in-window" : "";
    return tag("g", { class: `instant${promised}`, "data-instant": t }, [
      tag("rect", { class: "row", x: 0, y: y - this.step / 2, width: this.width, height: this.step }),
      tag("text", { x: 16, y: y + 4, "text-anchor": "middle" }, String(t)),
    ]);
  }

  private lifeline(node: string, i: number): string {
    const x = left + i * this.gap;
    const end = this.y(this.model.eot) + this.step / 2;
    const crash = this.crashes.get(node);
    const until = crash === undefined ? end : this.y(crash);
    const most = Math.floor(this.gap / 7);
    const name = node.length > most ? `${node.slice(0, most - 1)}…` : node;
    return tag("g", { class: "lifeline" }, [
      tag("text", { class: "name", x, y: 20, "text-anchor": "middle" }, tag("title", {}, text(node)) + text(name)),
      tag("line", { x1: x, y1: 28, x2: x, y2: until }),
      ...(crash === undefined ? [] : [tag("line", { class: "dead", x1: x, y1: until, x2: x, y2: end })]),
    ]);
  }

  private crashMarks(): readonly string[] {
    return [...this.crashes].map(([node, at]) => {
      const [x, y] = [this.x(node), this.y(at)];
      return tag("g", { class: "crash" }, [
        tag("title", {}, text(`${node} crashes at ${at}`)),
        cross({ x, y: y - 8 }, 6),
        tag("text", { x: x + 9, y: y - 12 }, "crash"),
      ]);
    });
  }

  /** What is to be seen comes last, on top of the rest. */
  private ordered(): readonly (readonly [ArrowModel, number])[] {
    const rank = (i: number, a: ArrowModel): number => (a.fate === "omitted" ? 2 : this.marks.differing.has(i) ? 1 : 0);
    return this.run.arrows.map((arrow, i) => [arrow, i] as const).sort(([a, i], [b, j]) => rank(i, a) - rank(j, b) || i - j);
  }

  private arrow(arrow: ArrowModel, i: number): string {
    const from: Point = { x: this.x(arrow.from), y: this.y(arrow.sent) };
    const to: Point = { x: this.x(arrow.to), y: this.y(arrow.sent + 1) };
    const label = loadsInWords(arrow, this.model);
    const relevant = this.marks.relevant.has(arrowKey(arrow));
    const classes = ["arrow", arrow.fate, ...(relevant ? ["relevant"] : []), ...(this.marks.differing.has(i) ? ["differs"] : [])];
    const told = `${arrow.from} to ${arrow.to}, sent at ${arrow.sent}, ${fateInWords(arrow)}: ${label}`;
    return tag(
      "g",
      { class: classes.join(" "), role: "button", tabindex: -1, "aria-label": told, "data-arrow": i, "data-order": i },
      [tag("title", {}, text(told)), ...this.line(arrow, from, to), ...this.labels(arrow, i, from, to, label)],
    );
  }

  private line(arrow: ArrowModel, from: Point, to: Point): readonly string[] {
    const end = arrow.fate === "delivered" ? along(from, to, 1, 5) : along(from, to, arrow.fate === "omitted" ? 0.8 : 0.22, 0);
    const d = `M${from.x} ${from.y}L${round(end.x)} ${round(end.y)}`;
    const hit = tag("path", { class: "hit", d: `M${from.x} ${from.y}L${to.x} ${to.y}` });
    const halo = tag("path", { class: "halo", d });
    const mark = arrow.fate === "delivered" ? head(from, to) : cross(end, arrow.fate === "omitted" ? 5 : 3.5);
    return [hit, halo, tag("path", { class: "line", d }), tag("circle", { cx: from.x, cy: from.y, r: 2.6 }), mark];
  }

  /** Several messages alike, from one node at one instant, have one label; lost ones have their own. */
  private labels(arrow: ArrowModel, i: number, from: Point, to: Point, label: string): readonly string[] {
    if (arrow.fate === "sender-crashed") return [];
    const own = arrow.fate === "omitted" || this.dense || this.first(arrow, i, label);
    if (!own) return [];
    const distance = Math.abs(to.x - from.x);
    const share = arrow.fate === "omitted" ? 0.5 : Math.min(0.34, (this.gap * 0.36) / Math.max(1, distance));
    const point = along(from, to, share, 0);
    const most = Math.max(6, Math.floor((this.gap * (arrow.fate === "omitted" ? 0.8 : 0.62)) / 5.6));
    const shown = label.length > most ? `${label.slice(0, most - 1)}…` : label;
    return [tag("text", { class: "label", x: round(point.x), y: round(point.y - 4), "text-anchor": "middle" }, text(shown))];
  }

  private first(arrow: ArrowModel, i: number, label: string): boolean {
    const side = Math.sign(this.x(arrow.to) - this.x(arrow.from));
    const alike = this.run.arrows.map((other, j) => ({ other, j })).filter(
      ({ other }) =>
        other.from === arrow.from &&
        other.sent === arrow.sent &&
        other.fate === "delivered" &&
        Math.sign(this.x(other.to) - this.x(other.from)) === side &&
        loadsInWords(other, this.model) === label,
    );
    const distance = (a: ArrowModel): number => Math.abs(this.x(a.to) - this.x(a.from));
    const nearest = [...alike].sort((a, b) => distance(a.other) - distance(b.other))[0];
    return nearest === undefined || nearest.j === i;
  }
}

/** `log ×2, ack`. */
export function loadsInWords(arrow: ArrowModel, model: Pick<Model, "relations" | "tuples">): string {
  const counts = new Map<string, Set<number>>();
  for (const [tuple] of arrow.loads) {
    const name = model.relations[model.tuples[tuple]?.relation ?? -1] ?? "?";
    counts.set(name, (counts.get(name) ?? new Set()).add(tuple));
  }
  return [...counts].map(([name, tuples]) => (tuples.size === 1 ? name : `${name} ×${tuples.size}`)).join(", ");
}

export function fateInWords(arrow: ArrowModel): string {
  switch (arrow.fate) {
    case "delivered":
      return "delivered";
    case "omitted":
      return "lost";
    case "sender-crashed":
      return "never sent, the sender has crashed";
    default: {
      const never: never = arrow.fate;
      return never;
    }
  }
}

function text(s: string): string {
  return s.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** A share of the way from one point to another, stopping some pixels short. */
function along(from: Point, to: Point, share: number, short: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = share - short / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function head(from: Point, to: Point): string {
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return tag("path", { class: "head", d: "M0 0L-8 -3.4L-8 3.4Z", transform: `translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})` });
}

function cross({ x, y }: Point, r: number): string {
  const d = `M${round(x - r)} ${round(y - r)}L${round(x + r)} ${round(y + r)}M${round(x - r)} ${round(y + r)}L${round(x + r)} ${round(y - r)}`;
  return tag("path", { class: "cross", d });
}
