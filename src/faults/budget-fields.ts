import { boundRows } from "./bounds.js";
import type { Budget } from "./budget.js";

/** A budget as plain data, as documents and other threads have it: what is not bounded is absent or `any`. */
export type BudgetFields = Readonly<Record<string, number | "any" | readonly string[]>>;

export function fieldsOfBudget(budget: Budget): BudgetFields {
  const { nodes, eot, eff, crashes, omissions, lateness, maxFaults, spare } = budget;
  const others = boundRows.filter(({ bound }) => bound !== "crashes" && bound !== "omissions" && budget[bound] > 0);
  const isLate = budget.delays > 0 || budget.duplicates > 0;
  return {
    nodes,
    eot,
    eff,
    crashes,
    ...(omissions === Infinity ? {} : { omissions }),
    ...Object.fromEntries(
      others
        .filter(({ bound }) => bound !== "lateness" && bound !== "maxFaults")
        .map(({ bound }) => [bound, budget[bound] === Infinity ? "any" : budget[bound]]),
    ),
    ...(isLate ? { lateness } : {}),
    ...(maxFaults === Infinity ? {} : { maxFaults }),
    ...(spare.length === 0 ? {} : { spare }),
  };
}
