import type { Annotation } from "../faults/annotation.js";
import { TRUE } from "../faults/annotation.js";
import type { Inputs } from "../faults/inputs.js";
import { defaultInputs } from "../faults/inputs.js";
import type { FaultGraph } from "./fault-graph.js";

/** Messages whose delivery makes an annotation true. */
export interface SupportingMessages {
  /** The messages that must be delivered, as the numbers of their omission variables. */
  readonly delivered: readonly number[];
  /** Whether the annotation also depends on messages being lost, as a retry depends on a missing acknowledgement. */
  readonly restsOnLosses: boolean;
}

/** The cap on costs: nodes are shared, so the cost of the unfolded tree can exceed every number. */
const expensive = 1e300;

/** The cost of a message: much larger if it is scarce, and slightly larger if it is sent later. */
function priceOf(sent: number, scarce: boolean): number {
  return (scarce ? 1000 : 1) + sent / 10_000;
}

/**
 * A small set of messages whose delivery makes an annotation true in the run with these inputs in which no node crashes and exactly the
 * messages of `lost` are lost. The graph is read as an AND-OR graph: each node gets the cost of its cheapest support, and the cheapest supports are followed
 * down. A shared node is counted once for each use, so the set is small and early, but not always smallest; messages of `scarce` are
 * avoided. `undefined` if the annotation is false in that run, or depends on a crash.
 *
 *     and(delivered(a,b,1), or(delivered(b,c,2), and(delivered(b,d,2), delivered(d,c,3))))   rests on   a → b at 1, b → c at 2
 */
export function fewestMessages(
  graph: FaultGraph,
  annotation: Annotation,
  lost: ReadonlySet<number>,
  scarce: ReadonlySet<number>,
  inputs: Inputs = defaultInputs(graph.variables.lines),
): SupportingMessages | undefined {
  const isChosen = graph.variables.assignment([], inputs);
  const happens = (variable: number): boolean => lost.has(variable) || (isInput(graph, variable) && isChosen(variable));
  const prices = pricesOf(graph, annotation >> 1, happens, scarce);
  const price = (a: Annotation): number => prices[a] as number;
  if (price(annotation) === Infinity) return undefined;
  const delivered: number[] = [];
  let restsOnLosses = false;
  const seen = new Set<Annotation>([annotation, TRUE]);
  const pending: Annotation[] = annotation === TRUE ? [] : [annotation];
  const visit = (a: Annotation): void => {
    if (!seen.has(a)) pending.push(a);
    seen.add(a);
  };
  for (let a = pending.pop(); a !== undefined; a = pending.pop()) {
    const node = a >> 1;
    if (graph.isInput(node)) {
      const variable = graph.variableOf(node);
      if (graph.variables.variable(variable).kind === "down" || isInput(graph, variable)) continue;
      if ((a & 1) === 1) delivered.push(variable);
      else restsOnLosses = true;
      continue;
    }
    const [x, y] = [graph.leftOf(node), graph.rightOf(node)];
    if ((a & 1) === 0) [x, y].forEach(visit);
    else visit(price(x ^ 1) <= price(y ^ 1) ? x ^ 1 : y ^ 1);
  }
  return { delivered, restsOnLosses };
}

function isInput({ variables }: FaultGraph, variable: number): boolean {
  return variables.variable(variable).kind === "input";
}

/** The costs by annotation, up to a node. */
function pricesOf(
  graph: FaultGraph,
  last: number,
  happens: (variable: number) => boolean,
  scarce: ReadonlySet<number>,
): Float64Array {
  const prices = new Float64Array(2 * last + 2);
  prices[0] = Infinity;
  for (let node = 1; node <= last; node++) {
    if (graph.isInput(node)) {
      const variable = graph.variableOf(node);
      const { kind, at } = graph.variables.variable(variable);
      const isTrue = happens(variable);
      prices[2 * node] = isTrue ? 0 : Infinity;
      prices[2 * node + 1] = isTrue ? Infinity : kind === "omit" ? priceOf(at, scarce.has(variable)) : 0;
      continue;
    }
    const [x, y] = [graph.leftOf(node), graph.rightOf(node)];
    const both = (prices[x] as number) + (prices[y] as number);
    prices[2 * node] = both === Infinity ? Infinity : Math.min(both, expensive);
    prices[2 * node + 1] = Math.min(prices[x ^ 1] as number, prices[y ^ 1] as number);
  }
  return prices;
}
