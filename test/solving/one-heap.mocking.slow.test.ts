import { expect, test, vi } from "vitest";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";

let heaps = 0;

vi.mock("logic-solver/minisat.js", async (original) => {
  const { default: instantiate } = await original<{ readonly default: () => unknown }>();
  return {
    default: () => {
      if (++heaps > 1) throw new RangeError("Array buffer allocation failed");
      return instantiate();
    },
  };
});

test("where there is no memory for a second heap, hard questions are answered without elimination", () => {
  const solver = new MinisatSolver({ from: Infinity, after: 0, most: Infinity });
  const [a, b] = [solver.newVariable(), solver.newVariable()];
  for (const [x, y] of [
    [a, b],
    [-a, b],
    [a, -b],
  ] as const)
    solver.addClause([x, y]);
  expect(solver.solve([])).toBe(true);
  expect([solver.value(a), solver.value(b)]).toEqual([true, true]);
  solver.addClause([-a, -b]);
  expect(solver.solve([])).toBe(false);
  expect(heaps).toBe(2);
});
