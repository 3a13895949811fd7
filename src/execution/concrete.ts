import type { Schedule } from "../faults/schedule.js";
import type { Algebra } from "./annotation.js";
import { FALSE, TRUE } from "./annotation.js";

/** The algebra read under one schedule: every annotation is a constant. */
export function concreteAlgebra(nodes: readonly string[], schedule: Schedule): Algebra {
  const crashedAt = nodes.map(() => Infinity);
  const omitted = new Set<string>();
  for (const fault of schedule) {
    if (fault.kind === "omission") omitted.add(`${nodes.indexOf(fault.from)} ${nodes.indexOf(fault.to)} ${fault.at}`);
    else if (nodes.includes(fault.node)) crashedAt[nodes.indexOf(fault.node)] = fault.at;
  }
  return {
    and: (a, b) => a & b,
    or: (a, b) => a | b,
    lost: (from, to, at) => ((crashedAt[from] ?? Infinity) <= at || omitted.has(`${from} ${to} ${at}`) ? TRUE : FALSE),
    crashed: (node, at) => (crashedAt[node] === at ? TRUE : FALSE),
  };
}
