import { Graph, layout } from "@dagrejs/dagre";
import { displayWidth, truncated } from "../text/width.js";
import { escapeHtml, tag } from "./markup.js";
import type { LineageModel, LineageNodeModel } from "./model.js";

/*
 * Used twice: when the report is made, for the part of a lineage that is shown at first, and in the browser, when the
 * reader unfolds more of it. The layout is by dagre.
 */

const characterWidth = 6.8;
const longestLabel = 46;

/** Ids of the nodes that a node depends on. */
export function inputsOf(lineage: LineageModel, node: number): readonly number[] {
  return lineage.edges.flatMap(([from, to]) => (from === node ? [to] : []));
}

/** For each node, how many nodes it depends on, and how many of these are folded. */
class Below {
  private readonly all = new Map<number, number>();
  private readonly hidden = new Map<number, number>();

  constructor(lineage: LineageModel, shown: ReadonlySet<number>) {
    for (const [from, to] of lineage.edges) {
      this.all.set(from, this.count(from) + 1);
      if (!shown.has(to)) this.hidden.set(from, this.folded(from) + 1);
    }
  }

  count(node: number): number {
    return this.all.get(node) ?? 0;
  }

  folded(node: number): number {
    return this.hidden.get(node) ?? 0;
  }
}

/** The shown part of a lineage: outcomes at the top, what they depend on below. */
export function lineageSvg(lineage: LineageModel, shown: ReadonlySet<number>, index: number): string {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 14, ranksep: 24, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const below = new Below(lineage, shown);
  for (const id of [...shown].sort((a, b) => a - b)) {
    const node = lineage.nodes[id];
    if (node !== undefined) graph.setNode(String(id), sizeOf(node, below.folded(id)));
  }
  const edges = lineage.edges.filter(([from, to]) => shown.has(from) && shown.has(to));
  for (const [from, to] of edges) graph.setEdge(String(from), String(to));
  layout(graph);
  const { width, height } = graph.graph();
  const drawn = edges.map(([from, to, absence]) =>
    edge(graph.edge(String(from), String(to))?.points ?? [], absence === 1, lineage.nodes[to]),
  );
  const boxes = graph.nodes().flatMap((name: string) => box(lineage, below, Number(name), graph.node(name)));
  const w = Math.ceil(width ?? 0);
  const h = Math.ceil(height ?? 0);
  return tag(
    "svg",
    {
      class: "lineage",
      viewBox: `0 0 ${w} ${h}`,
      width: w,
      height: h,
      role: "group",
      "aria-label": `Lineage: ${lineage.title}. Arrow keys move between nodes, Enter shows one, Space folds and unfolds.`,
      "data-lineage": index,
    },
    [...drawn, ...boxes],
  );
}

function shortened(label: string): string {
  return truncated(label, longestLabel, "…");
}

function sizeOf(node: LineageNodeModel, folded: number): { readonly width: number; readonly height: number } {
  const small = node.kind === "rule";
  const longest = Math.max(displayWidth(shortened(node.label)), small ? 0 : displayWidth(node.note));
  return {
    width: Math.ceil(longest * characterWidth + (folded > 0 ? 44 : 18)),
    height: small ? 19 : node.note === "" ? 24 : 36,
  };
}

interface Placed {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

function box(lineage: LineageModel, below: Below, id: number, placed: Placed | undefined): readonly string[] {
  const node = lineage.nodes[id];
  const { x, y, width, height } = placed ?? {};
  if (node === undefined || x === undefined || y === undefined || width === undefined || height === undefined)
    return [];
  const folded = below.folded(id);
  const foldable = below.count(id) > 0;
  const [l, t] = [round(x - width / 2), round(y - height / 2)];
  const shift = folded > 0 ? -13 : 0;
  const two = node.kind !== "rule" && node.note !== "";
  const content = [
    ...(shortened(node.label) === node.label ? [] : [tag("title", {}, escapeHtml(node.label))]),
    tag("rect", { x: l, y: t, width, height, rx: node.kind === "tuple" || node.kind === "absence" ? 4 : height / 2 }),
    tag(
      "text",
      { x: round(x + shift), y: round(two ? y - 3 : y + 4), "text-anchor": "middle" },
      escapeHtml(shortened(node.label)),
    ),
    ...(two
      ? [
          tag(
            "text",
            { class: "note", x: round(x + shift), y: round(y + 11), "text-anchor": "middle" },
            escapeHtml(node.note),
          ),
        ]
      : []),
    ...(folded > 0 ? [badge(round(x + width / 2 - 15), round(y), folded)] : []),
  ];
  const classes = [
    "node",
    node.kind,
    node.change,
    ...(node.cut === 1 ? ["cut"] : []),
    ...(lineage.roots.includes(id) ? ["root"] : []),
  ];
  const attributes = {
    class: classes.join(" "),
    role: "button",
    tabindex: -1,
    "data-node": id,
    ...(foldable ? { "aria-expanded": folded === 0 ? "true" : "false" } : {}),
  };
  return [tag("g", attributes, content)];
}

function badge(x: number, y: number, folded: number): string {
  return tag("g", { class: "badge", "data-unfold": true }, [
    tag("rect", { x: x - 13, y: y - 8, width: 26, height: 16, rx: 8 }),
    tag("text", { x, y: y + 4, "text-anchor": "middle" }, `+${folded}`),
  ]);
}

function edge(
  points: readonly { readonly x: number; readonly y: number }[],
  absence: boolean,
  to: LineageNodeModel | undefined,
): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const last = rest.at(-1) ?? first;
  const middle = rest.slice(0, -1);
  const curves = middle.map((p, i) => {
    const next = middle[i + 1] ?? last;
    const end = i === middle.length - 1 ? last : { x: (p.x + next.x) / 2, y: (p.y + next.y) / 2 };
    return `Q${round(p.x)} ${round(p.y)} ${round(end.x)} ${round(end.y)}`;
  });
  const d = `M${round(first.x)} ${round(first.y)}${curves.length > 0 ? curves.join("") : `L${round(last.x)} ${round(last.y)}`}`;
  return tag("path", { class: `edge ${absence ? "absence" : ""} ${to?.change ?? ""}`.trim(), d });
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
