import { displayWidth, truncated } from "../text/width.js";
import type { ArrowEnd } from "./arrows.js";
import { endOf } from "./arrows.js";
import type { ArrowLabel, NodeLabel } from "./diagram-labels.js";
import type { Box, Candidate, Segment } from "./label-placement.js";
import { Placement } from "./label-placement.js";
import type { ArrowModel, Model, RunModel } from "./model.js";
import type { Point } from "./svg-shapes.js";
import { along } from "./svg-shapes.js";

/*
 * The layout of a space–time diagram: a column per node and a row per instant, each as wide or high as the labels need.
 * Labels are placed greedily, those of the story first. If one of these does not fit, the row is made higher and
 * all labels are placed again. So no label overlaps another.
 */

/** The width of a character of the labels, of 12 pixels, and of the names of nodes, in a monospaced font. */
export const characterWidth = 7.35;
const nameWidth = 8.6;
export const lineHeight = 15;
/** The room that a number takes before its label. */
export const badgeWidth = 21;
export const axisWidth = 44;
/** Labels are cut after so many characters. */
const longestLabel = 44;
/** The width up to which labels may widen a diagram: this leaves room for the story beside it, unless there are many nodes. */
const widest = { besideStory: 850, alone: 1130 };
/** The most rounds of making rows higher. */
const mostRounds = 12;

export interface PlacedLabel<L> {
  readonly label: L;
  readonly box: Box;
  readonly lines: readonly { readonly text: string; readonly colour?: number }[];
}

/** The label of a wall between two columns. */
export interface WallLabel {
  /** The column at its left. */
  readonly gap: number;
  readonly from: number;
  readonly text: string;
  readonly step?: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  x(node: string): number;
  columnX(column: number): number;
  /** EOT + 1 is the lower edge. */
  y(instant: number): number;
  /** The edges of an instant's row. */
  band(instant: number): { readonly top: number; readonly bottom: number };
  readonly arrowLabels: readonly PlacedLabel<ArrowLabel>[];
  readonly nodeLabels: readonly PlacedLabel<NodeLabel>[];
  readonly wallLabels: readonly PlacedLabel<WallLabel>[];
  readonly endLabels: readonly PlacedLabel<{ readonly step: number; readonly text: string }>[];
}

/** Where an arrow is drawn: a line for each arrival, or one that ends halfway. */
export function linesOf(
  arrow: ArrowModel,
  places: Pick<Layout, "x" | "y">,
): readonly { readonly from: Point; readonly to: Point; readonly end: ArrowEnd }[] {
  const from: Point = { x: places.x(arrow.from), y: places.y(arrow.sent) };
  const at = (instant: number): Point => ({ x: places.x(arrow.to), y: places.y(instant) });
  const end = endOf(arrow);
  if (end === "arrives") return arrow.arrivals.map((instant) => ({ from, to: at(instant), end }));
  const share: Readonly<Record<string, number>> = { omitted: 0.72, "cut-off": 0.42, "receiver-away": 0.94 };
  const to = along(from, at(arrow.sent + 1), share[arrow.fate] ?? 0, end === "unsent" ? -26 : 0);
  return [{ from, to, end }];
}

/** Lays a diagram out. */
export function layoutOf(
  model: Model,
  run: RunModel,
  drawn: readonly number[],
  arrowLabels: readonly ArrowLabel[],
  nodeLabels: readonly NodeLabel[],
  wallLabels: readonly WallLabel[],
  ends: readonly { readonly step: number; readonly text: string }[],
): Layout {
  const places = new Places(model, run, arrowLabels, nodeLabels, ends.length);
  for (let round = 0; ; round++) {
    const { layout, crowded } = attempt(model, run, drawn, places, arrowLabels, nodeLabels, wallLabels, ends);
    if (crowded.size === 0 || round >= mostRounds) return layout;
    for (const instant of crowded) places.widen(instant);
  }
}

/** Columns and rows. */
class Places {
  readonly columns: readonly number[];
  readonly width: number;
  private readonly pitches: number[];

  constructor(
    private readonly model: Model,
    run: RunModel,
    arrows: readonly ArrowLabel[],
    nodes: readonly NodeLabel[],
    private readonly ends: number,
  ) {
    const n = model.nodes.length;
    const least = n <= 3 ? 290 : n === 4 ? 215 : n === 5 ? 140 : n <= 8 ? 116 : 84;
    const most = n <= 4 ? 320 : n <= 7 ? 250 : 170;
    const between = Array.from({ length: Math.max(0, n - 1) }, (): number => least);
    const widen = (gap: number, width: number): void => {
      const known = between[gap];
      if (known !== undefined) between[gap] = Math.max(known, Math.min(width, most));
    };
    const count = new Map<string, number>();
    const add = (instant: number, gap: number, lines: number): void => {
      const key = `${instant} ${gap}`;
      count.set(key, (count.get(key) ?? 0) + lines);
    };
    for (const label of arrows) {
      const arrow = run.arrows[label.arrows[0] ?? -1];
      if (arrow === undefined || !label.essential) continue;
      const [from, to] = [model.nodes.indexOf(arrow.from), model.nodes.indexOf(arrow.to)];
      const gap = to > from ? from : from - 1;
      widen(gap, arrowLabelWidth(label) + 34);
      add(arrow.sent, gap, arrowLabelLines(label).length);
    }
    for (const { column, instant } of nodes) add(instant, Math.min(column, n - 2), 1);
    model.nodes.forEach((name, i) => {
      widen(i, (displayWidth(name) * nameWidth) / 2 + (displayWidth(model.nodes[i + 1] ?? "") * nameWidth) / 2 + 24);
    });
    const beside = (column: number): number =>
      Math.max(0, ...nodes.filter((label) => label.column === column).map((label) => nodeLabelWidth(label)));
    const first = Math.max(56, (displayWidth(model.nodes[0] ?? "") * nameWidth) / 2 + 8);
    const right = Math.max(
      34,
      (displayWidth(model.nodes.at(-1) ?? "") * nameWidth) / 2 + 8,
      Math.min(beside(n - 1) + 24, 150),
    );
    const gaps = narrowed(between, least, (n <= 6 ? widest.besideStory : widest.alone) - first - right);
    const columns = [first];
    for (const gap of gaps) columns.push((columns.at(-1) ?? 0) + gap);
    this.columns = columns;
    this.width = (this.columns.at(-1) ?? 0) + right;
    this.pitches = Array.from({ length: model.eot }, (_, i) => {
      const lines = Math.max(1, ...gaps.map((_, gap) => count.get(`${i + 1} ${gap}`) ?? 0));
      return Math.min((model.eot <= 8 ? 50 : 42) + (lines - 1) * 13, 110);
    });
  }

  widen(instant: number): void {
    this.pitches[instant - 1] = (this.pitches[instant - 1] ?? 0) + 17;
  }

  columnX = (column: number): number => this.columns[column] ?? 0;
  x = (node: string): number => this.columnX(this.model.nodes.indexOf(node));
  y = (instant: number): number => {
    let y = 26;
    for (let t = 1; t < Math.min(instant, this.model.eot + 1); t++) y += this.pitches[t - 1] ?? 0;
    return y;
  };
  band = (instant: number): { readonly top: number; readonly bottom: number } => ({
    top: instant === 1 ? 0 : (this.y(instant - 1) + this.y(instant)) / 2,
    bottom: (this.y(instant) + this.y(instant + 1)) / 2,
  });

  /** The end of time; below it are the labels of what is missing. */
  get floor(): number {
    return this.band(this.model.eot).bottom;
  }

  get height(): number {
    return this.floor + (this.ends === 0 ? 8 : 10 + this.ends * 19);
  }
}

/** Gaps that together take no more than some width, if their minimal widths allow it. */
function narrowed(gaps: readonly number[], least: number, width: number): readonly number[] {
  const wanted = gaps.reduce((sum, gap) => sum + gap, 0);
  const spare = gaps.reduce((sum, gap) => sum + gap - least, 0);
  if (wanted <= width || spare <= 0) return gaps;
  const share = Math.max(0, 1 - (wanted - width) / spare);
  return gaps.map((gap) => least + (gap - least) * share);
}

function attempt(
  model: Model,
  run: RunModel,
  drawn: readonly number[],
  places: Places,
  arrowLabels: readonly ArrowLabel[],
  nodeLabels: readonly NodeLabel[],
  wallLabels: readonly WallLabel[],
  ends: readonly { readonly step: number; readonly text: string }[],
): { readonly layout: Layout; readonly crowded: ReadonlySet<number> } {
  const { width, height, floor } = places;
  const crowded = new Set<number>();
  const lines = drawn.map((i) => run.arrows[i]).flatMap((arrow) => (arrow === undefined ? [] : linesOf(arrow, places)));
  const segments: Segment[] = [
    ...lines.map(({ from, to }) => ({ from, to, weight: 2.2 })),
    ...places.columns.map((x) => ({ from: { x, y: 0 }, to: { x, y: floor }, weight: 7 })),
  ];
  const placement = new Placement({ x: 1, y: 1, width: width - 2, height: floor - 1 }, segments);
  for (const { x, y } of lines.map(({ to, end }) => (end === "arrives" ? { x: -99, y: -99 } : to)))
    placement.block({ x: x - 5, y: y - 5, width: 10, height: 10 });
  for (const { column, instant } of nodeLabels)
    placement.block({ x: places.columnX(column) - 7, y: places.y(instant) - 7, width: 14, height: 14 });
  const placedWalls = wallLabels.flatMap((label): readonly PlacedLabel<WallLabel>[] => {
    const box = placement.place(wallCandidates(label, places));
    if (box === undefined) crowded.add(label.from);
    return box === undefined ? [] : [{ label, box, lines: [{ text: label.text }] }];
  });
  const placedNodes = nodeLabels.flatMap((label): readonly PlacedLabel<NodeLabel>[] => {
    const lines = [{ text: shortened(label.text) }];
    const box = placement.place(nodeCandidates(label, places));
    if (box === undefined) crowded.add(Math.min(label.instant, model.eot));
    return box === undefined ? [] : [{ label, box, lines }];
  });
  const rank = ({ step, end, essential }: ArrowLabel): number =>
    step !== undefined ? 0 : end === "lost" ? 1 : essential ? 2 : 3;
  const ordered = [...arrowLabels].sort((a, b) => rank(a) - rank(b));
  const placedArrows = ordered.flatMap((label): readonly PlacedLabel<ArrowLabel>[] => {
    const arrow = run.arrows[label.arrows[0] ?? -1];
    if (arrow === undefined) return [];
    const box = placement.place(arrowCandidates(label, arrow, places));
    if (box === undefined && label.essential) crowded.add(arrow.sent);
    return box === undefined ? [] : [{ label, box, lines: arrowLabelLines(label) }];
  });
  const endLabels = ends.map((label, i) => ({
    label,
    box: { x: 2, y: floor + 7 + i * 19, width: width - 4, height: lineHeight },
    lines: [{ text: truncated(label.text, Math.floor((width - badgeWidth - 8) / characterWidth), "…") }],
  }));
  const { x, y, columnX, band } = places;
  return {
    layout: {
      width,
      height,
      x,
      y,
      columnX,
      band,
      arrowLabels: placedArrows,
      nodeLabels: placedNodes,
      wallLabels: placedWalls,
      endLabels,
    },
    crowded,
  };
}

function shortened(text: string): string {
  return truncated(text, longestLabel, "…");
}

/** The lines of an arrow's label; the message's fate follows the last. */
function arrowLabelLines({ lines, fate }: ArrowLabel): PlacedLabel<ArrowLabel>["lines"] {
  const shown = lines.map(({ text, colour }) => ({ text: shortened(text), colour }));
  const last = shown.at(-1);
  if (fate === "" || last === undefined) return shown;
  return [...shown.slice(0, -1), { ...last, text: `${last.text} ${fate}` }];
}

function widestOf(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(displayWidth)) * characterWidth;
}

function arrowLabelWidth(label: ArrowLabel): number {
  return widestOf(arrowLabelLines(label).map(({ text }) => text)) + (label.step === undefined ? 2 : badgeWidth);
}

function nodeLabelWidth({ text, step }: NodeLabel): number {
  return widestOf([shortened(text)]) + (step === undefined ? 2 : badgeWidth);
}

/** Along the arrow, on the side that the line turns away from; near the sender first. */
function arrowCandidates(label: ArrowLabel, arrow: ArrowModel, places: Places): readonly Candidate[] {
  const width = arrowLabelWidth(label);
  const height = Math.max(label.step === undefined ? 0 : 18, arrowLabelLines(label).length * lineHeight);
  const lines = linesOf(arrow, places);
  // Beside the line that is late, or comes again.
  const line = label.fate !== "" && lines.length > 1 ? lines.at(-1) : lines[0];
  if (line === undefined) return [];
  const { from, to, end } = line;
  const isRight = to.x >= from.x;
  const candidates: Candidate[] = [];
  const add = (x: number, y: number, cost: number): void => {
    candidates.push({ box: { x, y, width, height }, cost });
  };
  if (end === "unsent") {
    for (const dy of [-height / 2, 4, -height - 3]) {
      add(isRight ? to.x + 8 : to.x - 8 - width, to.y + dy, Math.abs(dy) / 10);
      add(isRight ? from.x - 10 - width : from.x + 10, to.y + dy, 4 + Math.abs(dy) / 10);
    }
    return candidates;
  }
  for (const share of [0.03, 0.12, 0.22, 0.32, 0.42, 0.52, 0.62, 0.72, 0.82]) {
    const { x, y } = along(from, to, share, 0);
    for (const gap of [3, 9]) {
      const cost = share * 6 + (gap - 3) / 3;
      const start = share < 0.1 ? 7 : 3;
      add(isRight ? x + start : x - start - width, y - gap - height, cost);
      add(isRight ? x - 3 - width : x + 3, y + gap, cost + 1.2);
    }
    // Across the middle, where there is room.
    add(x - width / 2, y - height - 10, share * 6 + 3);
    add(x - width / 2, y + 8, share * 6 + 3.4);
  }
  return candidates;
}

/** Beside the wall, near its upper end. */
function wallCandidates({ gap, from, text, step }: WallLabel, places: Places): readonly Candidate[] {
  const width = widestOf([text]) + (step === undefined ? 2 : badgeWidth);
  const x = (places.columnX(gap) + places.columnX(gap + 1)) / 2;
  const { top } = places.band(from);
  return [2, 8, 14, 22, 30, 40].flatMap((dy) => [
    { box: { x: x + 9, y: top + dy, width, height: 18 }, cost: dy / 5 },
    { box: { x: x - 5 - width, y: top + dy, width, height: 18 }, cost: dy / 5 + 1 },
  ]);
}

/** Beside the line at its instant, at the right first. */
function nodeCandidates(label: NodeLabel, places: Places): readonly Candidate[] {
  const width = nodeLabelWidth(label);
  const height = label.step === undefined ? lineHeight : 18;
  const [x, y] = [places.columnX(label.column), places.y(label.instant)];
  const candidates: Candidate[] = [];
  for (const dy of [0, -10, 10, -16, 16, -21, 21, -27, 27]) {
    for (const dx of [10, 18]) {
      const cost = Math.abs(dy) / 5 + (dx - 10) / 8;
      const top = y - height / 2 + dy;
      candidates.push({ box: { x: x + dx, y: top, width, height }, cost });
      candidates.push({ box: { x: x - dx - width, y: top, width, height }, cost: cost + 1 });
    }
  }
  return candidates;
}
