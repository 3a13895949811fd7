import { expect } from "vitest";
import type { ReferenceBudget } from "../../reference/space.js";
import { countSchedules } from "../../reference/space.js";
import { drawBudget } from "../generator/faulty-budgets.js";
import { Random } from "../random.js";

/** Budgets as the generator draws them, each of which is small enough to be listed. */
export function drawnBudgets(count: number): readonly ReferenceBudget[] {
  const random = new Random(1);
  const scene = { nodes: ["a", "b", "c"], eot: 5, inputs: 2 };
  return Array.from({ length: count }, () => {
    const budget = drawBudget(random, scene);
    expect(countSchedules(budget, [], 800)).toBeLessThanOrEqual(750);
    return budget;
  });
}
