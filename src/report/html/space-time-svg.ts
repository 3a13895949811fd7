import { isLate } from "../../evidence/space-time.js";
import { stateWords } from "../text/state-words.js";
import { arrowKey, endOf, fateInWords, loadsInWords } from "./arrows.js";
import type { ArrowLabel, Marks, NodeLabel } from "./diagram-labels.js";
import { arrowColours, arrowLabels, nodeLabels, stepsByArrow } from "./diagram-labels.js";
import type { Layout, PlacedLabel } from "./diagram-layout.js";
import { axisWidth, badgeWidth, layoutOf, lineHeight, linesOf } from "./diagram-layout.js";
import { tag } from "./markup.js";
import type { ArrowModel, Model, RunModel, StateModel } from "./model.js";
import type { Point } from "./svg-shapes.js";
import { along, badge, bar, cross, head, round, svgText, triangle } from "./svg-shapes.js";
import type { Wall } from "./walls-svg.js";
import { wallLabelSvg, wallLabels, wallOf, wallSvg } from "./walls-svg.js";

/** A run with more arrows than this is drawn without those that no outcome depends on. */
const mostArrows = 1000;

/** Whether a run has too many messages for a drawing. */
export function isCrowded(run: RunModel): boolean {
  return run.arrows.length > mostArrows;
}

/** The parts of a diagram. They are separate drawings, so that names and instants stay visible when it scrolls. */
export interface Diagram {
  readonly heads: string;
  readonly axis: string;
  readonly body: string;
  readonly width: number;
}

/** The diagram of a run: nodes are columns, time runs downward, a message goes from the instant at which it is sent to those at which it arrives. */
export function spaceTimeDiagram(model: Model, index: number, run: RunModel, marks: Marks): Diagram {
  const drawing = new Drawing(model, index, run, marks);
  return {
    heads: drawing.heads(),
    axis: drawing.axis(),
    body: drawing.body(),
    width: drawing.layout.width + axisWidth,
  };
}

class Drawing {
  readonly layout: Layout;
  private readonly dense: boolean;
  private readonly steps: ReadonlyMap<string, number>;
  private readonly drawn: readonly number[];
  private readonly instants: readonly number[];
  private readonly colours: readonly number[];
  private readonly walls: readonly Wall[];

  constructor(
    private readonly model: Model,
    private readonly index: number,
    private readonly run: RunModel,
    private readonly marks: Marks,
  ) {
    const { eot, nodes } = model;
    this.instants = Array.from({ length: eot }, (_, i) => i + 1);
    this.steps = stepsByArrow(model, index);
    this.dense = nodes.length > 7 || run.arrows.length > 9 * eot;
    this.drawn = this.ordered();
    const ends = (index === 0 ? model.steps : []).flatMap(({ places }, i) =>
      places.flatMap((place) => (place.kind === "end" ? [{ step: i + 1, text: place.label }] : [])),
    );
    const labels = arrowLabels(model, index, run, marks, this.dense);
    const shown = new Set(this.drawn);
    const visible = labels.filter(({ arrows }) => shown.has(arrows[0] ?? -1));
    this.colours = arrowColours(model, run);
    this.walls = run.marks.map((mark) => wallOf(model, mark));
    this.layout = layoutOf(
      model,
      run,
      this.drawn,
      visible,
      nodeLabels(model, index, run),
      wallLabels(this.walls, index === 0 ? model.steps : []),
      ends,
    );
  }

  /** The names of the nodes. */
  heads(): string {
    const { width } = this.layout;
    const names = this.model.nodes.map((node, i) =>
      tag(
        "text",
        { class: "name", x: round(axisWidth + this.layout.columnX(i)), y: 20, "text-anchor": "middle" },
        svgText(node),
      ),
    );
    return svg("heads", width + axisWidth, 28, { "aria-hidden": "true" }, names);
  }

  /** The instants. */
  axis(): string {
    const { height, y } = this.layout;
    const numbers = this.instants.map((t) => {
      const { top, bottom } = this.layout.band(t);
      const promised = this.run.window.includes(t) ? " in-window" : "";
      return tag("g", { class: `instant${promised}`, "data-instant": t }, [
        tag("rect", { class: "row", x: 0, y: round(top), width: axisWidth, height: round(bottom - top) }),
        promised === ""
          ? ""
          : tag("rect", { class: "window-mark", x: 0, y: round(top), width: 5, height: round(bottom - top) }),
        tag("text", { x: 24, y: round(y(t) + 4), "text-anchor": "middle" }, String(t)),
      ]);
    });
    return svg("axis", axisWidth, height, { "aria-hidden": "true" }, numbers);
  }

  body(): string {
    const { model, run, layout } = this;
    const { width, height } = layout;
    const attributes = {
      role: "group",
      "aria-label": `Space–time diagram: ${run.title}. Up and down move between messages, Enter shows one; left and right move through time.`,
      "data-diagram": this.index,
      "data-rows": this.instants.map((t) => round(layout.y(t))).join(" "),
    };
    return svg(`space-time${this.dense ? " dense" : ""}`, width, height, attributes, [
      ...this.instants.map((t) => this.row(t)),
      ...model.nodes.map((node, i) => this.lifeline(node, i)),
      ...this.walls.flatMap((wall) => wallSvg(wall, layout)),
      ...this.drawn.flatMap((i) => {
        const arrow = run.arrows[i];
        return arrow === undefined ? [] : [this.arrow(arrow, i)];
      }),
      ...layout.arrowLabels.map((label) => this.arrowLabel(label)),
      ...layout.wallLabels.map(wallLabelSvg),
      ...layout.nodeLabels.map((label) => this.nodeLabel(label)),
      ...run.states.map((state) => this.state(state)),
      ...layout.endLabels.map(({ label, box, lines }) => this.endLabel(label.step, box, lines[0]?.text ?? "")),
    ]);
  }

  private row(t: number): string {
    const { top, bottom } = this.layout.band(t);
    const promised = this.run.window.includes(t) ? " in-window" : "";
    return tag("g", { class: `instant${promised}`, "data-instant": t }, [
      tag("rect", { class: "row", x: 0, y: round(top), width: round(this.layout.width), height: round(bottom - top) }),
    ]);
  }

  private lifeline(node: string, i: number): string {
    const x = round(this.layout.columnX(i));
    return tag("g", { class: "lifeline", "data-lifeline": node }, [
      tag("rect", { class: "hit", x: x - 8, y: 0, width: 16, height: round(this.floor) }),
      ...this.stretches(node).flatMap(({ from, to, kind }) => this.stretch(x, from, to, kind)),
    ]);
  }

  private stretch(x: number, from: number, to: number, kind: StateModel["kind"] | undefined): readonly string[] {
    const line = (at: number): string =>
      tag("line", { class: kind ?? "up", x1: at, y1: round(from), x2: at, y2: round(to) });
    // A paused node has a double line, one that is down an empty box, and a crashed one has no line.
    if (kind === "still") return [line(x - 3), line(x + 3)];
    if (kind === "down")
      return [
        tag("rect", { class: "down", x: x - 4, y: round(from), width: 8, height: round(Math.max(0, to - from)) }),
      ];
    return [line(x)];
  }

  private get floor(): number {
    return this.layout.band(this.model.eot).bottom;
  }

  /** The parts of a column, downward: where the node is up, and where it is in some state. */
  private stretches(
    node: string,
  ): readonly { readonly from: number; readonly to: number; readonly kind?: StateModel["kind"] }[] {
    const end = this.floor;
    const parts: { from: number; to: number; kind?: StateModel["kind"] }[] = [];
    let y = 0;
    for (const { kind, from, to } of this.run.states.filter((state) => state.node === node)) {
      const back = to < this.model.eot ? this.layout.y(to + 1) : end;
      parts.push({ from: y, to: this.layout.y(from) }, { from: this.layout.y(from), to: back, kind });
      y = back;
    }
    return y < end ? [...parts, { from: y, to: end }] : parts;
  }

  /** Where a node goes away, and where it is back. */
  private state(state: StateModel): string {
    const [x, y] = [this.layout.x(state.node), this.layout.y(state.from)];
    const { sentence } = stateWords[state.kind];
    const back: Point = { x, y: this.layout.y(state.to + 1) };
    const shapes: Readonly<Record<StateModel["kind"], () => readonly string[]>> = {
      crashed: () => [cross({ x, y }, 6.5)],
      down: () => [triangle({ x, y }, 1), ...(state.to < this.model.eot ? [triangle(back, -1)] : [])],
      still: () => [bar({ x, y }), ...(state.to < this.model.eot ? [bar(back)] : [])],
    };
    return tag("g", { class: `state ${state.kind}` }, [
      tag("title", {}, svgText(sentence(state.node, state))),
      ...shapes[state.kind](),
    ]);
  }

  /** Highlighted parts come last, on top of the rest. */
  private ordered(): readonly number[] {
    const { arrows } = this.run;
    const rank = (i: number): number => {
      const arrow = arrows[i];
      if (arrow === undefined) return 0;
      if (this.steps.has(arrowKey(arrow))) return 3;
      return endOf(arrow) === "lost" ? 2 : this.marks.relevant.has(arrowKey(arrow)) ? 1 : 0;
    };
    return arrows.flatMap((arrow, i) => (this.isDrawn(arrow) ? [i] : [])).sort((i, j) => rank(i) - rank(j) || i - j);
  }

  private isDrawn(arrow: ArrowModel): boolean {
    return (
      !isCrowded(this.run) ||
      endOf(arrow) === "lost" ||
      this.marks.relevant.has(arrowKey(arrow)) ||
      this.steps.has(arrowKey(arrow))
    );
  }

  private classesOf(arrow: ArrowModel, i: number): readonly string[] {
    return [
      endOf(arrow),
      `c${this.colours[i] ?? 0}`,
      ...(isLate(arrow) ? ["late"] : []),
      ...(this.steps.has(arrowKey(arrow)) ? ["told"] : []),
      ...(this.marks.relevant.has(arrowKey(arrow)) ? ["relevant"] : []),
      ...(this.marks.differing.has(i) ? ["differs"] : []),
    ];
  }

  private arrow(arrow: ArrowModel, i: number): string {
    const told = `${arrow.from} to ${arrow.to}, sent at ${arrow.sent}, ${fateInWords(arrow)}: ${loadsInWords(arrow, this.model)}`;
    const attributes = {
      class: ["arrow", ...this.classesOf(arrow, i)].join(" "),
      role: "button",
      tabindex: -1,
      "data-arrow": i,
      "aria-label": told,
    };
    const start = tag("circle", { cx: round(this.layout.x(arrow.from)), cy: round(this.layout.y(arrow.sent)), r: 2.8 });
    return tag("g", attributes, [start, ...this.lines(arrow)]);
  }

  private lines(arrow: ArrowModel): readonly string[] {
    return linesOf(arrow, this.layout).flatMap(({ from, to, end }, n) => {
      const stop = end === "arrives" ? along(from, to, 1, 6) : to;
      const again = end === "arrives" && n > 0;
      const tip =
        end === "arrives"
          ? [head(from, along(from, to, 1, 3)), ...(again ? [head(from, along(from, to, 1, 12))] : [])]
          : [cross(to, end === "lost" ? 5.5 : 4)];
      const d = `M${round(from.x)} ${round(from.y)}L${round(stop.x)} ${round(stop.y)}`;
      const arrives = end === "arrives" ? { "data-arrives": arrow.arrivals[n] ?? arrow.sent + 1 } : {};
      return [
        tag("path", { class: "hit", d }),
        tag("path", { class: "halo", d }),
        tag("path", { class: again ? "line again" : isLateAt(arrow, n) ? "line late" : "line", d }),
        tag("g", { class: "tip", ...arrives }, tip),
      ];
    });
  }

  private arrowLabel({ label, box, lines }: PlacedLabel<ArrowLabel>): string {
    const arrow = this.run.arrows[label.arrows[0] ?? -1];
    if (arrow === undefined) return "";
    const classes = new Set(
      label.arrows.flatMap((i) => {
        const shared = this.run.arrows[i];
        return shared === undefined ? [] : this.classesOf(shared, i);
      }),
    );
    const indent = label.step === undefined ? 1 : badgeWidth;
    const top = box.y + (box.height - lines.length * lineHeight) / 2;
    return tag(
      "g",
      { class: ["label", ...classes].join(" "), "data-label": label.arrows.join(" "), "aria-hidden": "true" },
      [
        ...(label.step === undefined
          ? []
          : [badge(label.step, { x: box.x + 9, y: box.y + box.height / 2 }, label.end !== "arrives" || isLate(arrow))]),
        ...lines.map(({ text, colour }, i) =>
          tag(
            "text",
            { class: `c${colour ?? 0}`, x: round(box.x + indent), y: round(top + 11.5 + i * lineHeight) },
            svgText(text),
          ),
        ),
      ],
    );
  }

  private nodeLabel({ label, box, lines: [line] }: PlacedLabel<NodeLabel>): string {
    const { column, instant, step, fault } = label;
    const at: Point = { x: this.layout.columnX(column), y: this.layout.y(instant) };
    const right = box.x > at.x;
    const edge: Point = { x: right ? box.x - 1 : box.x + box.width + 1, y: box.y + box.height / 2 };
    const ring =
      label.state === undefined ? [tag("circle", { class: "ring", cx: round(at.x), cy: round(at.y), r: 5 })] : [];
    const leader = tag("path", {
      class: "leader",
      d: `M${round(at.x + (right ? 6 : -6))} ${round(at.y)}L${round(edge.x)} ${round(edge.y)}`,
    });
    const indent = step === undefined ? 1 : badgeWidth;
    return tag(
      "g",
      { class: `event ${fault ? "fault" : ""}`.trim(), ...(step === undefined ? {} : { "data-step": step }) },
      [
        ...ring,
        leader,
        ...(step === undefined ? [] : [badge(step, { x: box.x + 9, y: box.y + box.height / 2 }, fault)]),
        tag("text", { x: round(box.x + indent), y: round(box.y + box.height / 2 + 4) }, svgText(line?.text ?? "")),
      ],
    );
  }

  private endLabel(step: number, box: Point, text: string): string {
    const isLast = step === this.model.steps.length;
    return tag("g", { class: `event ending${isLast ? " outcome" : ""}`, "data-step": step }, [
      badge(step, { x: box.x + 9, y: box.y + lineHeight / 2 }, false),
      tag("text", { x: round(box.x + badgeWidth), y: round(box.y + lineHeight / 2 + 4) }, svgText(text)),
    ]);
  }
}

function isLateAt({ arrivals, sent, fate }: ArrowModel, n: number): boolean {
  return fate === "delivered" && (arrivals[n] ?? 0) > sent + 1;
}

function svg(
  name: string,
  width: number,
  height: number,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[],
): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return tag("svg", { class: name, viewBox: `0 0 ${w} ${h}`, width: w, height: h, ...attributes }, content);
}
