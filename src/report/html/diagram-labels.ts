import { isLate } from "../../evidence/space-time.js";
import { stateWords } from "../text/state-words.js";
import type { ArrowEnd } from "./arrows.js";
import { arrowKey, endOf } from "./arrows.js";
import type { ArrowModel, Model, RunModel } from "./model.js";

/** How to mark each arrow of a run. */
export interface Marks {
  /** Different in the run that is compared with. */
  readonly differing: ReadonlySet<number>;
  /** Keys of arrows that some outcome depends on, in this run or in one that is compared. */
  readonly relevant: ReadonlySet<string>;
}

/** A label of arrows: what they carry, one relation per line, and their fate. */
export interface ArrowLabel {
  readonly kind: "arrow";
  /** The shortest arrow comes first: the label is beside it. */
  readonly arrows: readonly number[];
  readonly lines: readonly { readonly text: string; readonly colour: number }[];
  /** `lost`, `late, at 5`: after the last line. */
  readonly fate: string;
  readonly end: ArrowEnd;
  readonly step?: number;
  /** A label that is not essential is omitted if there is no room. */
  readonly essential: boolean;
}

/** A label at the line of a node: that it goes down or comes back, or what it concludes. */
export interface NodeLabel {
  readonly kind: "node";
  readonly column: number;
  readonly instant: number;
  readonly text: string;
  readonly step?: number;
  readonly fault: boolean;
  readonly state?: "begins" | "ends";
}

const colours = 8;
const orders = new WeakMap<Model, readonly number[]>();

/** A colour for each relation that is sent, in the order of their first messages. */
export function colourOf(model: Model, relation: number): number {
  const order = orders.get(model) ?? [
    ...new Set(
      model.runs.flatMap(({ arrows }) => arrows.flatMap(({ labels }) => labels.map((label) => label.relation))),
    ),
  ];
  orders.set(model, order);
  return Math.max(0, order.indexOf(relation)) % colours;
}

/** An arrow has the colour of its rarest relation, since frequent ones such as heartbeats say little. */
export function arrowColours(model: Model, run: RunModel): readonly number[] {
  const count = new Map<number, number>();
  for (const { labels } of run.arrows)
    for (const { relation } of labels) count.set(relation, (count.get(relation) ?? 0) + 1);
  return run.arrows.map(({ labels }) => {
    const rarest = [...labels].sort((a, b) => (count.get(a.relation) ?? 0) - (count.get(b.relation) ?? 0))[0];
    return colourOf(model, rarest?.relation ?? 0);
  });
}

/** The numbers of the steps at the arrows of the run of the report. */
export function stepsByArrow(model: Model, index: number): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  if (index !== 0) return numbers;
  for (const [i, { places }] of model.steps.entries()) {
    for (const place of places) {
      if (place.kind !== "messages") continue;
      for (const sent of place.sent) {
        const key = arrowKey({ ...place, sent });
        if (!numbers.has(key)) numbers.set(key, i + 1);
      }
    }
  }
  return numbers;
}

/** The labels of a run's arrows. Arrows of one node to one side at one instant with the same words share a label. */
export function arrowLabels(
  model: Model,
  index: number,
  run: RunModel,
  marks: Marks,
  dense: boolean,
): readonly ArrowLabel[] {
  const steps = stepsByArrow(model, index);
  const column = (node: string): number => model.nodes.indexOf(node);
  const distance = (i: number): number => {
    const arrow = run.arrows[i];
    return arrow === undefined ? Infinity : Math.abs(column(arrow.to) - column(arrow.from));
  };
  const groups = new Map<string, ArrowLabel>();
  for (const [i, arrow] of run.arrows.entries()) {
    const end = endOf(arrow);
    const step = steps.get(arrowKey(arrow));
    if (end === "unsent" && (step === undefined || !isFirst(model, step, arrow))) continue;
    const lines = arrow.labels.map(({ text, relation }) => ({ text, colour: colourOf(model, relation) }));
    const fate = fateLabel(arrow, model.eot);
    const isRelevant = marks.relevant.has(arrowKey(arrow));
    const essential = step !== undefined || end === "lost" || isLate(arrow) || (!dense && isRelevant);
    if (dense && !essential && !isRelevant) continue;
    const side = Math.sign(column(arrow.to) - column(arrow.from));
    const key = JSON.stringify([arrow.from, side, arrow.sent, lines, fate, end, step ?? null]);
    const known = groups.get(key);
    const arrows = [...(known?.arrows ?? []), i].sort((a, b) => distance(a) - distance(b));
    groups.set(key, {
      kind: "arrow",
      arrows,
      lines,
      fate,
      end,
      essential: essential || known?.essential === true,
      ...(step === undefined ? {} : { step }),
    });
  }
  return [...groups.values()];
}

/** Of messages that are never sent, only the first of a step is labelled. */
function isFirst(model: Model, step: number, { from, to, sent }: ArrowModel): boolean {
  const places = model.steps[step - 1]?.places ?? [];
  return places.some((p) => p.kind === "messages" && p.from === from && p.to === to && p.sent[0] === sent);
}

function fateLabel(arrow: ArrowModel, eot: number): string {
  const { fate, arrivals, sent } = arrow;
  if (fate === "delivered") {
    const after = arrivals.filter((at) => at > sent + 1);
    if (after.length === 0) return "";
    const when = after.map((at) => (at > eot ? "after the end" : `at ${at}`)).join(" and ");
    return arrivals.includes(sent + 1) ? `again ${when}` : `late, ${when}`;
  }
  const words: Readonly<Record<Exclude<ArrowModel["fate"], "delivered">, string>> = {
    omitted: "lost",
    "cut-off": "cut off",
    "receiver-away": "lost, receiver down",
    "sender-crashed": "not sent",
    "sender-away": "not sent",
  };
  return words[fate];
}

/** The faults of a run's nodes, and what the nodes conclude on the way to the violation. */
export function nodeLabels(model: Model, index: number, run: RunModel): readonly NodeLabel[] {
  const labels: NodeLabel[] = [];
  const steps = index === 0 ? model.steps : [];
  const used = new Set<number>();
  for (const { node, kind, from, to } of run.states) {
    const column = model.nodes.indexOf(node);
    const step = steps.findIndex(
      ({ fault, places }) =>
        fault === 1 && places.some((p) => p.kind === "node" && p.label === "" && p.node === node && p.instant === from),
    );
    if (step >= 0) used.add(step);
    const number = step < 0 ? {} : { step: step + 1 };
    labels.push({
      kind: "node",
      column,
      instant: from,
      text: stateWords[kind].begins,
      fault: true,
      state: "begins",
      ...number,
    });
    const back = stateWords[kind].ends;
    if (back !== undefined && to < model.eot)
      labels.push({ kind: "node", column, instant: to + 1, text: back, fault: true, state: "ends" });
  }
  for (const [i, { places, fault }] of steps.entries()) {
    if (used.has(i)) continue;
    for (const place of places) {
      if (place.kind !== "node") continue;
      const { node, instant, label } = place;
      labels.push({
        kind: "node",
        column: model.nodes.indexOf(node),
        instant,
        text: label,
        step: i + 1,
        fault: fault === 1,
      });
    }
  }
  return labels;
}
