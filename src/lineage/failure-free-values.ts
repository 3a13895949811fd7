import type { Annotation } from "../faults/annotation.js";
import { FALSE } from "../faults/annotation.js";
import type { FaultGraph } from "./fault-graph.js";

/**
 * Annotations with every fault variable set to false: their values in the failure-free run, as functions of the inputs. Without inputs
 * they are constants.
 */
export function failureFreeValues(graph: FaultGraph, annotations: readonly Annotation[]): readonly Annotation[] {
  const known = new Map<number, Annotation>([[0, FALSE]]);
  const of = (annotation: Annotation): Annotation | undefined => {
    const node = known.get(annotation >> 1);
    return node === undefined ? undefined : node ^ (annotation & 1);
  };
  return annotations.map((root) => {
    const pending = [root >> 1];
    for (let node = pending.at(-1); node !== undefined; node = pending.at(-1)) {
      if (known.has(node)) pending.pop();
      else if (graph.isInput(node)) {
        const { kind } = graph.variables.variable(graph.variableOf(node));
        known.set(node, kind === "input" ? 2 * node : FALSE);
      } else {
        const [left, right] = [graph.leftOf(node), graph.rightOf(node)];
        const [a, b] = [of(left), of(right)];
        if (a === undefined) pending.push(left >> 1);
        else if (b === undefined) pending.push(right >> 1);
        else known.set(node, graph.and(a, b));
      }
    }
    return of(root) ?? FALSE;
  });
}
