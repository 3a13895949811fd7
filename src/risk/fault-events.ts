import { omission } from "../faults/channel-faults.js";
import type { Inputs } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import { crash } from "../faults/node-faults.js";
import type { Rates } from "../faults/rates.js";
import { noFaults } from "../faults/schedule.js";
import type { FaultGraph } from "../lineage/fault-graph.js";
import type { Annotation } from "../lineage/graph.js";
import type { Diagram, Edge } from "./diagram.js";
import { NEVER } from "./diagram.js";

/** An independent event: a message is lost, a node crashes at an instant, or a bit of the inputs. */
type Event =
  | { readonly kind: "lost"; readonly from: string; readonly to: string }
  | { readonly kind: "crashed"; readonly node: string }
  | { readonly kind: "input"; readonly id: number };

/**
 * The annotations of a graph as functions of independent events, in the order of time:
 *
 *     down(n, 3)   =   n crashes at 1, or at 2, or at 3
 *
 * Diagrams over events stay small in this order, since what a node knows at an instant depends on what was sent before.
 */
export class FaultEvents {
  /** By number of the diagram's variable. */
  private readonly events = new Map<number, Event>();
  private readonly edges = new Map<number, Edge>([[0, NEVER]]);

  constructor(
    private readonly graph: FaultGraph,
    private readonly diagram: Diagram,
    private readonly rates: Rates,
  ) {}

  /** The functions of some annotations. */
  edgesOf(annotations: readonly Annotation[]): readonly Edge[] {
    for (const node of this.coneOf(annotations)) this.edges.set(node, this.edgeOfNode(node));
    return annotations.map((annotation) => this.edge(annotation));
  }

  /** The function "the schedule does at least as much as this fault". */
  edgeOf(fault: Fault): Edge {
    const { nodes } = this.graph.variables.budget;
    if (fault.kind === omission.kind) return this.lost(nodes.indexOf(fault.from), nodes.indexOf(fault.to), fault.at);
    if (fault.kind === crash.kind) return this.down(nodes.indexOf(fault.node), fault.at);
    throw new RangeError(`there is no rate of a ${fault.kind}`);
  }

  /** The probability of each variable, for a choice of inputs; a node or channel that is spared does not fail. */
  rateOf(inputs: Inputs, spared: readonly string[] = []): (variable: number) => number {
    const chosen = this.graph.variables.assignment(noFaults, inputs);
    const [from, to] = spared;
    return (variable) => {
      const event = this.events.get(variable);
      switch (event?.kind) {
        case "lost":
          return to !== undefined && event.from === from && event.to === to ? 0 : this.rates.ofOmission(event);
        case "crashed":
          return to === undefined && event.node === from ? 0 : this.rates.ofCrash(event.node);
        case "input":
          return chosen(event.id) ? 1 : 0;
        default:
          throw new RangeError(`variable ${variable} of the diagram is no event`);
      }
    };
  }

  private edge(annotation: Annotation): Edge {
    const edge = this.edges.get(annotation >> 1);
    if (edge === undefined) throw new RangeError(`node ${annotation >> 1} comes before its operands`);
    return edge ^ (annotation & 1);
  }

  private edgeOfNode(node: number): Edge {
    const { graph, diagram } = this;
    if (!graph.isInput(node)) return diagram.and(this.edge(graph.leftOf(node)), this.edge(graph.rightOf(node)));
    const id = graph.variableOf(node);
    const v = graph.variables.variable(id);
    switch (v.kind) {
      case "omit":
        return this.lost(v.from, v.to, v.at);
      case "down":
        return this.down(v.node, v.at);
      case "input":
        return this.variable(id, { kind: "input", id });
      default:
        throw new RangeError(`there is no rate of ${v.kind}`);
    }
  }

  /** The nodes on which annotations depend, operands first. */
  private coneOf(annotations: readonly Annotation[]): readonly number[] {
    const { graph, edges } = this;
    const found = new Set<number>();
    const pending = annotations.map((annotation) => annotation >> 1);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (found.has(node) || edges.has(node)) continue;
      found.add(node);
      if (!graph.isInput(node)) pending.push(graph.leftOf(node) >> 1, graph.rightOf(node) >> 1);
    }
    // Operands have smaller numbers.
    return [...found].sort((a, b) => a - b);
  }

  private lost(from: number, to: number, at: number): Edge {
    const { nodes } = this.graph.variables.budget;
    const n = nodes.length;
    const event: Event = { kind: "lost", from: nodes[from] ?? "", to: nodes[to] ?? "" };
    return this.variable(this.number(at, n + from * n + to), event);
  }

  private down(node: number, at: number): Edge {
    const { nodes } = this.graph.variables.budget;
    let edge: Edge = NEVER;
    for (let instant = at; instant >= 1; instant--) {
      const event: Event = { kind: "crashed", node: nodes[node] ?? "" };
      edge = this.diagram.or(edge, this.variable(this.number(instant, node), event));
    }
    return edge;
  }

  /** Inputs come first, by their numbers; then instant by instant the crashes, and the messages. */
  private number(at: number, index: number): number {
    const { lines, budget } = this.graph.variables;
    const bits = lines.reduce((sum, { alternatives }) => sum + alternatives, 0);
    const n = budget.nodes.length;
    return bits + (at - 1) * (n + n * n) + index;
  }

  private variable(number: number, event: Event): Edge {
    this.events.set(number, event);
    return this.diagram.of(number);
  }
}
