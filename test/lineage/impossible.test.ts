import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FALSE } from "../../src/faults/annotation.js";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { LARGE_CONE, withoutImpossible } from "../../src/lineage/impossible.js";
import { annotationOf, formulas, schedulesOf, truthTables } from "./formulas.js";

describe("an annotation that no schedule makes true", () => {
  const graph = new FaultGraph(budget(["a", "b", "c"], 5, 4, 0));
  const [x, y, z] = [graph.lost(0, 1, 1), graph.lost(1, 2, 2), graph.lost(2, 0, 3)];
  // a votes once, so that nobody else wins whom a would have to vote for.
  const [votes, others] = [graph.and(x, graph.and(y, z)), graph.and(graph.and(z, x ^ 1), y)];
  const both = graph.and(votes, others);

  test("is false where its structure does not show it", () => {
    expect(both).not.toBe(FALSE);
    expect(withoutImpossible(graph, [both], 0)).toEqual([FALSE]);
  });

  test("takes with it what needs it", () => {
    expect(withoutImpossible(graph, [graph.and(both, graph.lost(0, 2, 4)), graph.or(both, x)], 0)).toEqual([FALSE, x]);
  });

  test("is kept in a small cone", () => {
    expect(graph.size).toBeLessThan(LARGE_CONE);
    expect(withoutImpossible(graph, [both])).toEqual([both]);
  });
});

test("annotations keep their values", () => {
  const bounds = budget(["a", "b", "c"], 3, 2, 2);
  const schedules = schedulesOf(bounds);
  const table = truthTables(bounds, schedules);
  let fewer = 0;
  fc.assert(
    fc.property(
      fc.array(formulas(bounds, 5), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(schedules.length - 1), { minLength: 20, maxLength: 20 }),
      (list, indices) => {
        const graph = new FaultGraph(bounds);
        const before = list.map((formula) => annotationOf(formula, graph));
        const after = withoutImpossible(graph, before, 0);
        if (after.some((annotation, i) => annotation !== before[i])) fewer++;
        for (const i of indices) {
          const values = graph.evaluate(after, graph.variables.assignment(schedules[i] ?? []));
          expect(values).toEqual(list.map((formula) => ((table(formula) >> BigInt(i)) & 1n) === 1n));
        }
      },
    ),
    { numRuns: 200, seed: 1 },
  );
  expect(fewer).toBeGreaterThan(0);
});
