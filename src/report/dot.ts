import type { LineageEdge, LineageNode } from "../evidence/lineage-graph.js";
import type { OutcomeGraph } from "../evidence/outcome-graphs.js";
import { formatFault } from "../faults/notation.js";
import type { Program } from "../program/program.js";
import { evaluationSentence } from "../search/evaluation-diagnostic.js";
import { instantsInWords } from "../wording/instants.js";
import type { CheckReport } from "./check-report.js";
import type { Refusal } from "./refusal.js";
import { shortFate } from "./text/fate-words.js";
import { marginInWords } from "./text/margin-words.js";
import { rulePlace } from "./text/source-text.js";
import { formatNode, formatPattern, formatTuple } from "./text/tuples.js";

/** The lineages of the outcomes of a check; below them the margin, if measured, and an error that is reported with the verdict. */
export function dotCheck({ verdict, program, margin, evidence }: CheckReport): string {
  const error = verdict.kind === "violated" ? verdict.error : undefined;
  const caption = [
    ...(margin === undefined ? [] : marginInWords(margin, program, verdict.budget.nodes)),
    ...(error === undefined ? [] : [`besides, ${evaluationSentence(program, error)}`]),
  ];
  return lineageDot(evidence?.outcomes ?? [], program, caption);
}

/** If the program or the options are wrong, the drawing lists the errors. */
export function dotRefusal({ diagnostics }: Refusal): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return drawing([], ["error: nothing was decided", ...errors.map(({ code, message }) => `${code}: ${message}`)]);
}

/**
 * The lineages of some outcomes in Graphviz's language, a cluster for each. An arrow leads to what a node depends on. The lines of `caption`
 * are below them.
 */
export function lineageDot(graphs: readonly OutcomeGraph[], program: Program, caption: readonly string[] = []): string {
  const clusters = graphs.flatMap(({ outcome, graph, without }, i) => [
    `  subgraph cluster_${i} {`,
    `    label=${quoted(formatTuple(program, outcome.relation, outcome.args) + (without === undefined ? "" : `, and what ${formatFault(without)} is for`))};`,
    ...graph.nodes.map((node, id) => `    ${nodeName(i, id)} [${attributes(node, program)}];`),
    ...graph.edges.map((edge) => `    ${nodeName(i, edge.from)} -> ${nodeName(i, edge.to)}${edgeAttributes(edge)};`),
    "  }",
  ]);
  return drawing(clusters, caption);
}

function drawing(clusters: readonly string[], caption: readonly string[]): string {
  const head = [
    "digraph lineage {",
    '  graph [rankdir=TB, fontname="monospace"];',
    '  node [fontname="monospace", fontsize=10];',
  ];
  if (caption.length > 0) head.push(`  label=${leftAligned(caption)};`);
  return `${[...head, ...clusters, "}"].join("\n")}\n`;
}

function nodeName(cluster: number, id: number): string {
  return `n${cluster}_${id}`;
}

function edgeAttributes({ kind }: LineageEdge): string {
  return kind === "absence" ? ' [style=dotted, arrowhead=tee, label="not"]' : "";
}

function attributes(node: LineageNode, program: Program): string {
  const [label, ...style] = described(node, program);
  return [`label=${quoted(label)}`, ...style].join(", ");
}

function described(node: LineageNode, program: Program): readonly [string, ...string[]] {
  switch (node.kind) {
    case "tuple": {
      const { tuple, since, change } = node;
      const when = since < tuple.instant ? `${since}–${tuple.instant}` : `${tuple.instant}`;
      const words = { same: "", lost: "\nmissing in the failing run", gained: "\nonly in the failing run" };
      return [
        `${formatTuple(program, tuple.relation, tuple.args)}@${when}${words[change]}`,
        "shape=box",
        ...colours[change],
      ];
    }
    case "firing": {
      const { rule, message, instants, change, cut } = node;
      const place = rulePlace(program, rule);
      if (message === undefined) return [place, "shape=plaintext", "fontsize=8"];
      const label = `${formatNode(message.from)} → ${formatNode(message.to)} at ${instantsInWords(instants)}${cut ? `\n${shortFate(message.fate)}` : ""}\n${place}`;
      return [label, "shape=ellipse", ...(cut ? ["color=red", "style=bold"] : colours[change])];
    }
    case "absence":
      return [
        `no ${formatPattern(program, node.relation, node.pattern)}@${instantsInWords(node.instants)}`,
        "shape=box",
        "style=dotted",
      ];
    default: {
      const never: never = node;
      return never;
    }
  }
}

const colours = {
  same: [],
  lost: ["color=red", "style=dashed"],
  gained: ["color=purple"],
} as const;

/** A quoted string: in Graphviz `\n` is a line break, and other backslashes must be doubled. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** Left-aligned lines of a label. */
function leftAligned(lines: readonly string[]): string {
  return `"${lines.map((line) => `${quoted(line).slice(1, -1)}\\l`).join("")}"`;
}
