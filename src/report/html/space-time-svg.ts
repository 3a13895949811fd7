import { isLate, markedGaps } from "../../evidence/space-time.js";
import { periodInWords } from "../../wording/instants.js";
import { stateWords } from "../text/state-words.js";
import { truncated } from "../text/width.js";
import type { ArrowEnd } from "./arrows.js";
import { arrowKey, endOf, fateInWords, loadsInWords } from "./arrows.js";
import { tag } from "./markup.js";
import type { ArrowModel, MarkModel, Model, RunModel, StateModel } from "./model.js";
import type { Point } from "./svg-shapes.js";
import { along, cross, head, round, svgText } from "./svg-shapes.js";

/** How each arrow of a run is to be marked. */
export interface Marks {
  /** Not so in the run that is compared with. */
  readonly differing: ReadonlySet<number>;
  /** Keys of arrows that some outcome rests on, in this run or in one that is compared. */
  readonly relevant: ReadonlySet<string>;
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

/** The diagram of a run: nodes are columns, time runs downward, a message goes from the instant at which it is sent to those at which it arrives. */
export function spaceTimeSvg(model: Model, index: number, run: RunModel, marks: Marks): string {
  return new Drawing(model, index, run, marks).svg();
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
        ...run.marks.flatMap((mark) => this.severed(mark)),
        ...this.ordered().map(([arrow, i]) => this.arrow(arrow, i)),
        ...run.states.map((state) => this.beginning(state)),
      ],
    );
  }

  private x(node: string): number {
    return left + this.column(node) * this.gap;
  }

  /** One past the end of time is the lower edge. */
  private y(instant: number): number {
    return top + (Math.min(instant, this.model.eot + 1) - 0.5) * this.step;
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
    const name = truncated(node, Math.floor(this.gap / 7), "…");
    return tag("g", { class: "lifeline" }, [
      tag(
        "text",
        { class: "name", x, y: 20, "text-anchor": "middle" },
        tag("title", {}, svgText(node)) + svgText(name),
      ),
      ...this.stretches(node).map(({ from, to, kind }) => tag("line", { class: kind, x1: x, y1: from, x2: x, y2: to })),
    ]);
  }

  /** The parts of a column, downward: where the node is up, and where it is in some state. */
  private stretches(node: string): readonly { readonly from: number; readonly to: number; readonly kind?: string }[] {
    const end = this.y(this.model.eot) + this.step / 2;
    const parts: { from: number; to: number; kind?: string }[] = [];
    let y = 28;
    for (const { kind, from, to } of this.run.states.filter((state) => state.node === node)) {
      const back = to < this.model.eot ? this.y(to + 1) : end;
      parts.push({ from: y, to: this.y(from) }, { from: this.y(from), to: back, kind });
      y = back;
    }
    return y < end ? [...parts, { from: y, to: end }] : parts;
  }

  private beginning(state: StateModel): string {
    const [x, y] = [this.x(state.node), this.y(state.from)];
    const { label, sentence } = stateWords[state.kind];
    return tag("g", { class: `state ${state.kind}` }, [
      tag("title", {}, svgText(sentence(state.node, state))),
      cross({ x, y: y - 8 }, 6),
      tag("text", { x: x + 9, y: y - 12 }, label),
    ]);
  }

  /** Bars between columns. */
  private severed({ channels, ...period }: MarkModel): readonly string[] {
    const gaps = markedGaps(channels.map(([a, b]) => [this.column(a), this.column(b)]));
    return gaps.map((i) => {
      const x = left + (i + 0.5) * this.gap;
      const [y1, y2] = [this.y(period.from) - this.step / 2, this.y(period.to) + this.step / 2];
      return tag(
        "line",
        { class: "severed", x1: x, y1, x2: x, y2 },
        tag("title", {}, svgText(`nothing passes at ${periodInWords(period)}`)),
      );
    });
  }

  /** What is to be seen comes last, on top of the rest. */
  private ordered(): readonly (readonly [ArrowModel, number])[] {
    const rank = (i: number, a: ArrowModel): number => (endOf(a) === "lost" ? 2 : this.marks.differing.has(i) ? 1 : 0);
    const drawn = this.run.arrows.map((arrow, i) => [arrow, i] as const).filter(([arrow]) => this.isDrawn(arrow));
    return [...drawn].sort(([a, i], [b, j]) => rank(i, a) - rank(j, b) || i - j);
  }

  private isDrawn(arrow: ArrowModel): boolean {
    return !isCrowded(this.run) || endOf(arrow) === "lost" || this.marks.relevant.has(arrowKey(arrow));
  }

  private arrow(arrow: ArrowModel, i: number): string {
    const relevant = this.marks.relevant.has(arrowKey(arrow));
    const classes = [
      "arrow",
      endOf(arrow),
      ...(isLate(arrow) ? ["late"] : []),
      ...(relevant ? ["relevant"] : []),
      ...(this.marks.differing.has(i) ? ["differs"] : []),
    ];
    const told = `${arrow.from} to ${arrow.to}, sent at ${arrow.sent}, ${fateInWords(arrow)}: ${loadsInWords(arrow, this.model)}`;
    return tag("g", { class: classes.join(" "), role: "button", tabindex: -1, "data-arrow": i }, [
      tag("title", {}, svgText(told)),
      ...this.lines(arrow),
      ...this.labels(arrow, i),
    ]);
  }

  private lines(arrow: ArrowModel): readonly string[] {
    const from: Point = { x: this.x(arrow.from), y: this.y(arrow.sent) };
    const at = (instant: number): Point => ({ x: this.x(arrow.to), y: this.y(instant) });
    const end = endOf(arrow);
    const lines =
      end === "arrives"
        ? arrow.arrivals.map(at).map((to) => ({ to, end: along(from, to, 1, 5), mark: head(from, to) }))
        : [at(arrow.sent + 1)].map((to) => {
            const stop = along(from, to, end === "lost" ? 0.8 : 0.22, 0);
            return { to, end: stop, mark: cross(stop, end === "lost" ? 5 : 3.5) };
          });
    const start = tag("circle", { cx: from.x, cy: from.y, r: 2.6 });
    return lines.flatMap(({ to, end, mark }) => {
      const d = `M${from.x} ${from.y}L${round(end.x)} ${round(end.y)}`;
      const hit = tag("path", { class: "hit", d: `M${from.x} ${from.y}L${to.x} ${to.y}` });
      return [hit, tag("path", { class: "halo", d }), tag("path", { class: "line", d }), start, mark];
    });
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
        svgText(shown),
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
      const end = endOf(arrow);
      if (end === "unsent") continue;
      const words = loadsInWords(arrow, this.model);
      const slot = slots.get(this.slotOf(arrow)) ?? [];
      slots.set(this.slotOf(arrow), slot);
      const known = slot.findIndex((label) => label.text === words && label.end === end);
      const label: Label = { text: words, end, owner: i };
      if (known < 0) slot.push(label);
      else if (distance(arrow) < distance(this.run.arrows[slot[known]?.owner ?? -1])) slot[known] = label;
    }
    return slots;
  }
}

interface Label {
  readonly text: string;
  readonly end: ArrowEnd;
  /** The arrow that it is drawn with. */
  readonly owner: number;
}

function slotName(node: string, side: number, instant: number): string {
  return JSON.stringify([node, side, instant]);
}
