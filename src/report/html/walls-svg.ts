import { markedGaps } from "../../evidence/space-time.js";
import { duringInWords } from "../../wording/instants.js";
import { unicodeMarks } from "../../wording/marks.js";
import type { Layout, PlacedLabel, WallLabel } from "./diagram-layout.js";
import { badgeWidth } from "./diagram-layout.js";
import { tag } from "./markup.js";
import type { MarkModel, Model, StepModel } from "./model.js";
import { badge, round, svgText } from "./svg-shapes.js";

/** A mark across channels as it is drawn. */
export interface Wall {
  readonly kind: "whole" | "partial" | "one-way";
  readonly period: { readonly from: number; readonly to: number };
  readonly gaps: readonly { readonly gap: number; readonly words: string }[];
}

export function wallOf({ nodes }: Model, { channels, ...period }: MarkModel): Wall {
  const column = (node: string): number => nodes.indexOf(node);
  const isCut = (a: string, b: string): boolean => channels.some(([from, to]) => from === a && to === b);
  const named = new Set(channels.flat());
  const isOneWay = channels.every(([from, to]) => !isCut(to, from));
  const kind = isOneWay ? "one-way" : nodes.some((node) => !named.has(node)) ? "partial" : "whole";
  const gaps = markedGaps(channels.map(([a, b]) => [column(a), column(b)])).map((gap) => {
    const over = channels.find(
      ([a, b]) => Math.min(column(a), column(b)) <= gap && gap < Math.max(column(a), column(b)),
    );
    const rightward = over !== undefined && column(over[1]) > column(over[0]);
    const words = { whole: "cut", partial: "partial cut", "one-way": rightward ? "cut one way →" : "← cut one way" };
    return { gap, words: words[kind] };
  });
  return { kind, period, gaps };
}

/** The labels of walls, with the number of the step about the cut, if there is one. */
export function wallLabels(walls: readonly Wall[], steps: readonly StepModel[]): readonly WallLabel[] {
  return walls.flatMap(({ gaps, period }) => {
    const step = steps.findIndex(({ places }) => places.some((p) => p.kind === "cut" && p.instant === period.from));
    const number = step < 0 ? {} : { step: step + 1 };
    return gaps.map(({ gap, words }) => ({ gap, from: period.from, text: words, ...number }));
  });
}

/** Bars between columns: two for a complete cut, a dashed one for a partial cut, a dotted one for a one-way cut. */
export function wallSvg(
  { gaps, period, kind }: Wall,
  { columnX, band }: Pick<Layout, "columnX" | "band">,
): readonly string[] {
  return gaps.map(({ gap }) => {
    const x = round((columnX(gap) + columnX(gap + 1)) / 2);
    const [y1, y2] = [round(band(period.from).top), round(band(period.to).bottom)];
    return tag("g", { class: `wall ${kind}` }, [
      tag("title", {}, svgText(`nothing passes ${duringInWords(period, unicodeMarks)}`)),
      tag("line", { x1: x, y1, x2: x, y2 }),
      ...(kind === "whole" ? [tag("line", { x1: x + 5, y1, x2: x + 5, y2 })] : []),
    ]);
  });
}

export function wallLabelSvg({ label, box, lines: [line] }: PlacedLabel<WallLabel>): string {
  const { step } = label;
  const middle = box.y + box.height / 2;
  const attributes = { class: "label wall-label", ...(step === undefined ? {} : { "data-step": step }) };
  const x = round(box.x + (step === undefined ? 1 : badgeWidth));
  return tag("g", attributes, [
    ...(step === undefined ? [] : [badge(step, { x: box.x + 9, y: middle }, true)]),
    tag("text", { x, y: round(middle + 4) }, svgText(line?.text ?? "")),
  ]);
}
