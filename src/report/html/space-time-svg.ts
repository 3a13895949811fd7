import { truncated } from "../text/width.js";
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

/** A run with more arrows than this is drawn without those that no outcome rests on. */
const mostArrows = 1000;

/** Whether a run has more messages than a drawing can carry. */
export function isCrowded(run: RunModel): boolean {
  return run.arrows.length > mostArrows;
}

/** The width of a diagram of so many nodes, in pixels. */
export function widthOf(nodes: number): number {
  return left + Math.max(0, nodes - 1) * gapOf(nodes) + 60;
}

function gapOf(nodes: number): number {
  return nodes <= 3 ? 160 : nodes <= 6 ? 128 : nodes <= 9 ? 92 : 70;
}

const left = 46;
const top = 44;

/** The diagram of a run: nodes are columns, time runs downward, a message arrives one instant after it left. */
export function spaceTimeSvg(
  model: Model,
  index: number,
  run: RunModel,
  marks: Marks,
  crashes: ReadonlyMap<string, number>,
): string {
  return new Drawing(model, index, run, marks, crashes).svg();
}

class Drawing {
  private readonly gap: number;
  private readonly step: number;
  private readonly width: number;
  private readonly height: number;
  private readonly dense: boolean;
  private readonly slots: ReadonlyMap<string, readonly Label[]>;

  constructor(
    private readonly model: Model,
    private readonly index: number,
    private readonly run: RunModel,
    private readonly marks: Marks,
    private readonly crashes: ReadonlyMap<string, number>,
  ) {
    const n = model.nodes.length;
    this.gap = gapOf(n);
    this.step = n <= 8 ? 46 : 40;
    this.dense = n > 7 || run.arrows.length > 10 * model.eot;
    this.width = widthOf(n);
    this.height = this.y(model.eot) + 34;
    this.slots = this.slotsOf();
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
        ...run.window.map((t) =>
          tag("rect", { class: "window", x: 0, y: this.y(t) - this.step / 2, width, height: this.step }),
        ),
        ...instants.map((t) => this.instant(t)),
        ...model.nodes.map((node, i) => this.lifeline(node, i)),
        ...this.ordered().map(([arrow, i]) => this.arrow(arrow, i)),
        ...this.crashMarks(),
      ],
    );
  }

  private x(node: string): number {
    return left + this.column(node) * this.gap;
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
    const name = truncated(node, most, "…");
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
    const drawn = this.run.arrows.map((arrow, i) => [arrow, i] as const).filter(([arrow]) => this.isDrawn(arrow));
    return [...drawn].sort(([a, i], [b, j]) => rank(i, a) - rank(j, b) || i - j);
  }

  private isDrawn(arrow: ArrowModel): boolean {
    return !isCrowded(this.run) || arrow.fate === "omitted" || this.marks.relevant.has(arrowKey(arrow));
  }

  private arrow(arrow: ArrowModel, i: number): string {
    const from: Point = { x: this.x(arrow.from), y: this.y(arrow.sent) };
    const to: Point = { x: this.x(arrow.to), y: this.y(arrow.sent + 1) };
    const relevant = this.marks.relevant.has(arrowKey(arrow));
    const classes = [
      "arrow",
      arrow.fate,
      ...(relevant ? ["relevant"] : []),
      ...(this.marks.differing.has(i) ? ["differs"] : []),
    ];
    const told = `${arrow.from} to ${arrow.to}, sent at ${arrow.sent}, ${fateInWords(arrow)}: ${loadsInWords(arrow, this.model)}`;
    return tag("g", { class: classes.join(" "), role: "button", tabindex: -1, "data-arrow": i }, [
      tag("title", {}, text(told)),
      ...this.line(arrow, from, to),
      ...this.labels(arrow, i),
    ]);
  }

  private line(arrow: ArrowModel, from: Point, to: Point): readonly string[] {
    const end =
      arrow.fate === "delivered" ? along(from, to, 1, 5) : along(from, to, arrow.fate === "omitted" ? 0.8 : 0.22, 0);
    const d = `M${from.x} ${from.y}L${round(end.x)} ${round(end.y)}`;
    const hit = tag("path", { class: "hit", d: `M${from.x} ${from.y}L${to.x} ${to.y}` });
    const halo = tag("path", { class: "halo", d });
    const mark = arrow.fate === "delivered" ? head(from, to) : cross(end, arrow.fate === "omitted" ? 5 : 3.5);
    return [hit, halo, tag("path", { class: "line", d }), tag("circle", { cx: from.x, cy: from.y, r: 2.6 }), mark];
  }

  /** What one node sends to one side at one instant is told beside it, each kind once; lost kinds apart. */
  private labels(arrow: ArrowModel, i: number): readonly string[] {
    const slot = this.slots.get(this.slotOf(arrow)) ?? [];
    const line = slot.findIndex(({ owner }) => owner === i);
    const label = slot[line];
    if (label === undefined) return [];
    const side = this.sideOf(arrow);
    const from = this.column(arrow.from);
    const facing = this.slots.has(slotName(this.model.nodes[from + side] ?? "", -side, arrow.sent));
    const most = Math.max(4, Math.floor((facing ? (this.gap - 26) / 2 : this.gap - 20) / 6.4));
    const shown = truncated(label.text, most, "…");
    const y = this.y(arrow.sent) + (line === 0 ? -5 : 2 + line * 10);
    return [
      tag(
        "text",
        { class: "label", x: this.x(arrow.from) + side * 8, y, "text-anchor": side > 0 ? "start" : "end" },
        text(shown),
      ),
    ];
  }

  private column(node: string): number {
    return Math.max(0, this.model.nodes.indexOf(node));
  }

  private sideOf(arrow: ArrowModel): 1 | -1 {
    return this.column(arrow.to) > this.column(arrow.from) ? 1 : -1;
  }

  private slotOf(arrow: ArrowModel): string {
    return slotName(arrow.from, this.sideOf(arrow), arrow.sent);
  }

  /** By node, side and instant: the labels, each owned by the arrow that goes least far. */
  private slotsOf(): ReadonlyMap<string, readonly Label[]> {
    const slots = new Map<string, Label[]>();
    const distance = (a: ArrowModel | undefined): number =>
      a === undefined ? Infinity : Math.abs(this.column(a.to) - this.column(a.from));
    for (const [i, arrow] of this.run.arrows.entries()) {
      if (arrow.fate === "sender-crashed") continue;
      const words = loadsInWords(arrow, this.model);
      const slot = slots.get(this.slotOf(arrow)) ?? [];
      slots.set(this.slotOf(arrow), slot);
      const known = slot.findIndex((label) => label.text === words && label.fate === arrow.fate);
      const label: Label = { text: words, fate: arrow.fate, owner: i };
      if (known < 0) slot.push(label);
      else if (distance(arrow) < distance(this.run.arrows[slot[known]?.owner ?? -1])) slot[known] = label;
    }
    return slots;
  }
}

interface Label {
  readonly text: string;
  readonly fate: ArrowModel["fate"];
  /** The arrow that it is drawn with. */
  readonly owner: number;
}

function slotName(node: string, side: number, instant: number): string {
  return JSON.stringify([node, side, instant]);
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
  return tag("path", {
    class: "head",
    d: "M0 0L-8 -3.4L-8 3.4Z",
    transform: `translate(${round(to.x)} ${round(to.y)}) rotate(${round(angle)})`,
  });
}

function cross({ x, y }: Point, r: number): string {
  const d = `M${round(x - r)} ${round(y - r)}L${round(x + r)} ${round(y + r)}M${round(x - r)} ${round(y + r)}L${round(x + r)} ${round(y - r)}`;
  return tag("path", { class: "cross", d });
}
