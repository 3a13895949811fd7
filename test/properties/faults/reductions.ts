import type { ReferenceBudget } from "../../reference/space.js";
import type { FaultyCase } from "../generator/faulty.js";
import { fewerStatements, smallerDrafts } from "../shrink.js";

/** Smaller cases: fewer statements and lines first, then a smaller budget, then smaller statements. */
export function* faultyReductions(c: FaultyCase): Generator<FaultyCase> {
  for (const draft of fewerStatements(c.draft)) yield { ...c, draft };
  for (const budget of smallerBudgets(c.budget)) yield { ...c, budget };
  for (const draft of smallerDrafts(c.draft)) yield { ...c, draft };
}

const bounds = [
  "crashes",
  "omissions",
  "delays",
  "duplicates",
  "partitions",
  "partialPartitions",
  "oneWayPartitions",
  "restarts",
  "pauses",
] as const;

function* smallerBudgets(budget: ReferenceBudget): Generator<ReferenceBudget> {
  const { nodes, eot, eff, spare, maxFaults, lateness = 1, ...rest } = budget;
  for (const bound of bounds) {
    const value = budget[bound];
    if (value === "any") yield { ...budget, [bound]: 2 };
    else if (value !== undefined && value > 0) yield { ...budget, [bound]: value - 1 };
  }
  if (lateness > 1) yield { ...budget, lateness: lateness - 1 };
  if (maxFaults === undefined) yield { ...budget, maxFaults: 2 };
  else if (maxFaults > 1) yield { ...budget, maxFaults: maxFaults - 1 };
  if (spare !== undefined)
    yield { ...rest, nodes, eot, eff, lateness, ...(maxFaults === undefined ? {} : { maxFaults }) };
  if (eff > 0) yield { ...budget, eff: eff - 1 };
  if (eot > 1) yield { ...budget, eot: eot - 1 };
  for (const node of nodes) {
    if (nodes.length <= Math.max(1, budget.crashes) || spare?.includes(node) === true) continue;
    yield { ...budget, nodes: nodes.filter((other) => other !== node) };
  }
}
