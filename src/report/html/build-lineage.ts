import type { TupleNumbers } from "../../evidence/derivation-table.js";
import type { LineageGraph, LineageNode } from "../../evidence/lineage-graph.js";
import type { Program } from "../../program/program.js";
import { instantsInWords } from "../../wording/instants.js";
import { shortFate } from "../text/fate-words.js";
import { rulePlace } from "../text/source-text.js";
import { formatNode, formatPattern, formatTuple } from "../text/tuples.js";
import type { LineageModel, LineageNodeModel } from "./model.js";

/** If no fault cut anything, this many nodes are shown at first. */
const shownAtFirst = 22;
/** The most nodes that are shown at first of what the faults cut. */
const mostShown = 70;

/** A lineage as the report draws it, with the choice of what to show at first. */
export function lineageModel(
  title: string,
  graph: LineageGraph,
  keeping: number,
  program: Program,
  numbers: TupleNumbers,
): LineageModel {
  return {
    title,
    keeping,
    nodes: graph.nodes.map((node) => nodeModel(node, program, numbers)),
    edges: graph.edges.map(({ from, to, kind }) => [from, to, kind === "absence" ? 1 : 0] as const),
    roots: graph.roots,
    shown: interesting(graph),
    complete: graph.complete,
  };
}

function nodeModel(node: LineageNode, program: Program, numbers: TupleNumbers): LineageNodeModel {
  switch (node.kind) {
    case "tuple": {
      const { tuple, since, change, origin } = node;
      const when = since < tuple.instant ? `${since}–${tuple.instant}` : `${tuple.instant}`;
      const words = { same: "", lost: "missing in the failing run", gained: "only in the failing run" };
      const note = [
        `at ${when}`,
        ...(origin === undefined ? [] : [origin]),
        ...(words[change] === "" ? [] : [words[change]]),
      ].join(", ");
      return {
        kind: "tuple",
        label: formatTuple(program, tuple.relation, tuple.args),
        note,
        change,
        tuple: numbers.numberOf(tuple.relation, tuple.args),
        instant: tuple.instant,
      };
    }
    case "firing": {
      const { rule, instants, change, message, cut } = node;
      const common = { change, rule, instants, instant: instants[0] ?? 1, ...(cut ? { cut: 1 as const } : {}) };
      const line = rulePlace(program, rule).replace(/^.*[/\\]/, "");
      if (message === undefined)
        return { ...common, kind: "rule", label: line, note: `rule at ${rulePlace(program, rule)}` };
      const [from, to] = [formatNode(message.from), formatNode(message.to)];
      const end = cut ? `: ${shortFate(message.fate)}` : "";
      const label = `${cut ? "✗ " : ""}${from} → ${to}`;
      return {
        ...common,
        kind: "message",
        label,
        note: `sent at ${instantsInWords(instants)}${end}`,
        message: [from, to],
      };
    }
    case "absence":
      return {
        kind: "absence",
        label: `no ${formatPattern(program, node.relation, node.pattern)}`,
        note: `at ${instantsInWords(node.instants)}`,
        change: "same",
        instant: node.instants[0] ?? 1,
      };
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** From the outcomes down, what the faults changed; if they changed nothing, the first few levels. */
function interesting(graph: LineageGraph): readonly number[] {
  const changed = (id: number): boolean => {
    const node = graph.nodes[id];
    return node !== undefined && node.kind !== "absence" && node.change !== "same";
  };
  const any = graph.roots.some(changed);
  const most = any ? mostShown : shownAtFirst;
  const shown = new Set(graph.roots);
  const queue = [...graph.roots];
  for (let next = queue.shift(); next !== undefined && shown.size < most; next = queue.shift()) {
    for (const { from, to } of graph.edges) {
      if (from !== next || shown.has(to) || shown.size >= most) continue;
      if (any ? !changed(to) : graph.nodes[to]?.kind === "absence") continue;
      shown.add(to);
      queue.push(to);
    }
  }
  return [...shown].sort((a, b) => a - b);
}
