import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Annotation } from "../../src/faults/annotation.js";
import { FALSE, TRUE } from "../../src/faults/annotation.js";
import type { Budget } from "../../src/faults/budget.js";
import { budget } from "../../src/faults/budget.js";
import { FaultVariables } from "../../src/faults/variables.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import { annotationOf, formulas, schedulesOf, truthTables } from "./formulas.js";

/** Annotations with their truth tables: bit i says what schedule i makes of them. */
type Table = ReadonlyMap<Annotation, bigint>;

function tableUnder(graph: FaultGraph, bounds: Budget, annotations: readonly Annotation[]): Table {
  const table = new Map(annotations.map((a) => [a, 0n]));
  schedulesOf(bounds).forEach((schedule, i) => {
    const values = graph.evaluate(annotations, graph.variables.assignment(schedule));
    annotations.forEach((a, j) => {
      if (values[j] === true) table.set(a, (table.get(a) ?? 0n) | (1n << BigInt(i)));
    });
  });
  return table;
}

/** The conjunctions of all pairs, and the negations of all that there is. */
function closedOnce(
  graph: FaultGraph,
  from: readonly Annotation[],
  problems: (a: Annotation, b: Annotation, both: Annotation) => void,
): readonly Annotation[] {
  const found = new Set(from);
  for (const a of from) {
    for (const b of from) {
      const both = graph.and(a, b);
      problems(a, b, both);
      found.add(both).add(both ^ 1);
    }
  }
  return [...found];
}

/** Two rounds of conjunctions over some leaves: every folding rule is met, and each result compared with the truth table. */
function checkAllPairs(bounds: Budget, leavesOf: (graph: FaultGraph) => readonly Annotation[]): number {
  const graph = new FaultGraph(bounds);
  const leaves = leavesOf(graph).flatMap((a) => [a, a ^ 1]);
  const first = closedOnce(graph, leaves, () => undefined);
  const pairs: (readonly [Annotation, Annotation, Annotation])[] = [];
  for (const level of [leaves, first]) closedOnce(graph, level, (a, b, both) => pairs.push([a, b, both]));
  const table = tableUnder(graph, bounds, [...new Set(pairs.flat())]);
  for (const [a, b, both] of pairs) {
    const expected = (table.get(a) ?? 0n) & (table.get(b) ?? 0n);
    if (table.get(both) !== expected) throw new Error(`and(${a}, ${b}) = ${both} has another truth table`);
  }
  return pairs.length;
}

describe("folding keeps the meaning", () => {
  test("of all conjunctions of conjunctions of three independent variables", () => {
    const bounds = budget(["a", "b"], 5, 4, 0);
    const pairs = checkAllPairs(bounds, (graph) => [graph.lost(0, 1, 1), graph.lost(0, 1, 2), graph.lost(1, 0, 3)]);
    expect(pairs).toBeGreaterThan(900);
  });

  test("of all conjunctions of conjunctions of ranges of one node's crash", () => {
    const bounds = budget(["a", "b"], 4, 0, 1);
    checkAllPairs(bounds, (graph) => [1, 2, 3, 4].flatMap((at) => [graph.crashed(0, at), graph.lost(0, 1, at)]));
  });

  test("of all conjunctions of conjunctions of crashes and omissions of two nodes", () => {
    const bounds = budget(["a", "b"], 3, 2, 2);
    checkAllPairs(bounds, (graph) => [
      graph.lost(0, 1, 1),
      graph.lost(0, 1, 2),
      graph.crashed(0, 2),
      graph.crashed(1, 1),
      graph.lost(1, 0, 3),
    ]);
  });

  test("of any formulas, built in one graph", () => {
    const bounds = budget(["a", "b", "c"], 3, 2, 2);
    const schedules = schedulesOf(bounds);
    const table = truthTables(bounds, schedules);
    const some = fc.array(formulas(bounds, 5), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(some, fc.array(fc.nat(schedules.length - 1), { minLength: 20, maxLength: 20 }), (list, indices) => {
        const graph = new FaultGraph(bounds);
        const annotations = list.map((f) => annotationOf(f, graph));
        for (const i of indices) {
          const schedule = schedules[i] ?? [];
          const values = graph.evaluate(annotations, graph.variables.assignment(schedule));
          expect(values).toEqual(list.map((f) => ((table(f) >> BigInt(i)) & 1n) === 1n));
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("what the operands decide is a constant", () => {
  const bounds = budget(["a", "b"], 5, 4, 1);
  const graph = new FaultGraph(bounds);
  const [x, y] = [graph.lost(0, 1, 1), graph.lost(1, 0, 1)];

  test.each([
    ["x ∧ ¬x", graph.and(x, x ^ 1), FALSE],
    ["x ∨ ¬x", graph.or(x, x ^ 1), TRUE],
    ["(x ∧ y) ∧ ¬x", graph.and(graph.and(x, y), x ^ 1), FALSE],
    ["(x ∧ y) ∨ x", graph.or(graph.and(x, y), x), x],
    ["a crash at 2 and at 3", graph.and(graph.crashed(0, 2), graph.crashed(0, 3)), FALSE],
    [
      "a crash at some instant or none",
      [1, 2, 3, 4, 5].reduce((any, t) => graph.or(any, graph.crashed(0, t)), graph.lost(0, 1, 5) ^ 1),
      TRUE,
    ],
    [
      "a message lost to a crash at 4, and not lost to one at 5",
      graph.and(graph.lost(0, 1, 4), graph.lost(0, 1, 5) ^ 1),
      FALSE,
    ],
  ])("%s", (_, annotation, expected) => {
    expect(annotation).toBe(expected);
  });

  test("equal functions that are built equally are one annotation, in whatever order", () => {
    expect(graph.and(graph.and(x, y), graph.crashed(0, 3))).toBe(graph.and(graph.crashed(0, 3), graph.and(y, x)));
  });
});

describe("fault variables", () => {
  test("a message sent at or after EFF is lost only to a crash of its sender", () => {
    const graph = new FaultGraph(budget(["a", "b"], 5, 3, 0));
    expect(graph.lost(0, 1, 3)).toBe(FALSE);
    expect(graph.lost(0, 1, 2)).not.toBe(FALSE);
  });

  test("without crashes in the budget no node is ever down", () => {
    const graph = new FaultGraph(budget(["a", "b"], 5, 3, 0));
    expect([1, 2, 5].map((at) => graph.crashed(0, at))).toEqual([FALSE, FALSE, FALSE]);
  });

  test("each fault of the budget has a number of its own, and is found again by it", () => {
    const bounds = budget(["a", "b", "c"], 4, 3, 1);
    const variables = new FaultVariables(bounds);
    const names = new Set<string>();
    for (let node = 0; node < 3; node++) {
      for (let at = 1; at <= 4; at++) {
        names.add(variables.name(variables.down(node, at) ?? -1));
        for (let to = 0; to < 3; to++) {
          const id = variables.omit(node, to, at);
          if (id !== undefined) names.add(variables.name(id));
        }
      }
    }
    expect(names.size).toBe(3 * 4 + 3 * 2 * 2);
    expect(names).toContain("omit(c,a,2)");
    expect(names).toContain("down(b,4)");
    expect(variables.faults).toBe(3 * 2 * 2 + 3);
  });
});
