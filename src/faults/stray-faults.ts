import { formatName, formatNames } from "../source/names.js";
import type { Budget } from "./budget.js";
import type { Fault } from "./kinds.js";
import { nodesOf } from "./kinds.js";

/** What is wrong with a fault that strikes nothing; it is most likely misspelt. */
export interface StrayFault {
  readonly fault: Fault;
  readonly problem: string;
  readonly help: string;
}

/** Faults that strike nothing: a node that is not there or has crashed already, an instant that does not come. */
export function strayFaults(
  faults: readonly Fault[],
  { nodes, eot }: Pick<Budget, "nodes" | "eot">,
): readonly StrayFault[] {
  const help = `the nodes are ${formatNames(nodes, ", ")}; the instants are 1 … ${eot}`;
  return faults.flatMap((fault, i) => {
    const unknown = nodesOf(fault)
      .filter((node) => !nodes.includes(node))
      .map((node) => `${formatName(node)} is not a node`);
    const late = fault.at > eot ? [`instant ${fault.at} does not come`] : [];
    const again = fault.kind === "crash" ? secondCrash(fault.node, faults.slice(0, i)) : [];
    return [...unknown, ...late, ...again].map((problem) => ({ fault, problem, help }));
  });
}

function secondCrash(node: string, before: readonly Fault[]): readonly string[] {
  const first = before.find((fault) => fault.kind === "crash" && fault.node === node);
  return first === undefined ? [] : [`${formatName(node)} is to crash at ${first.at} already, and does not come back`];
}
