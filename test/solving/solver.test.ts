import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endingOf } from "../../src/execution/unwinding.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import { Totalizer } from "../../src/solving/totalizer.js";
import { expectTruth, literal, variables } from "./clauses.js";

const clause = fc.array(literal, { minLength: 1, maxLength: 3 });

describe("MiniSat", () => {
  test("says what a truth table says, under assumptions that last for one call", () => {
    fc.assert(
      fc.property(
        fc.array(clause, { maxLength: 14 }),
        fc.array(fc.array(literal, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (clauses, questions) => {
          const solver = new MinisatSolver();
          for (let v = 0; v < variables; v++) solver.newVariable();
          for (const c of clauses) solver.addClause(c);
          for (const assumptions of [...questions, []]) expectTruth(solver, variables, clauses, assumptions);
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  });

  test("takes clauses after it has answered", () => {
    const solver = new MinisatSolver();
    const [a, b] = [solver.newVariable(), solver.newVariable()];
    solver.addClause([a, b]);
    expect(solver.solve([-a])).toBe(true);
    expect(solver.value(b)).toBe(true);
    solver.addClause([-b]);
    expect(solver.solve([-a])).toBe(false);
    expect(solver.solve([])).toBe(true);
    solver.addClause([-a]);
    expect(solver.solve([])).toBe(false);
  });

  test.each([1000, 1023, 1024, 3000])(
    "a clause of %i literals is one clause: all but the last false, the last is true",
    (length) => {
      const solver = new MinisatSolver();
      const literals = Array.from({ length }, () => solver.newVariable());
      solver.addClause(literals);
      for (const l of literals.slice(0, -1)) solver.addClause([-l]);
      expect(solver.solve([])).toBe(true);
      expect(solver.value(literals.at(-1) ?? 0)).toBe(true);
      expect(solver.solve([-(literals.at(-1) ?? 0)])).toBe(false);
    },
  );

  test("prefers what is false, also where an earlier model has it true", () => {
    const solver = new MinisatSolver();
    const free = Array.from({ length: 20 }, () => solver.newVariable());
    for (const variable of free) solver.addClause([variable, -solver.newVariable()]);
    expect(solver.solve(free)).toBe(true);
    expect(free.every((variable) => solver.value(variable))).toBe(true);
    expect(solver.solve([])).toBe(true);
    expect(free.some((variable) => solver.value(variable))).toBe(false);
  });

  test("says when its memory ends", () => {
    const solver = new MinisatSolver();
    const literals = Array.from({ length: 1_000_000 }, () => solver.newVariable());
    const fill = (): void => {
      for (let i = 0; ; i = (i + 1000) % literals.length) solver.addClause(literals.slice(i, i + 1000));
    };
    expect(endingOf(fill)).toEqual({
      kind: "stopped",
      reason: "memory",
      detail: expect.stringMatching(/memory of \d+ MiB is exhausted, after \d+ clauses/),
    });
  });

  test("the empty clause cannot be satisfied", () => {
    const solver = new MinisatSolver();
    solver.addClause([]);
    expect(solver.solve([])).toBe(false);
  });
});

describe("the totalizer", () => {
  /** Which of the 2^n settings of the inputs are allowed by "at most k". */
  function allowed(
    solver: MinisatSolver,
    totalizer: Totalizer,
    inputs: readonly number[],
    k: number,
  ): readonly boolean[] {
    const bound = totalizer.atMost(k);
    return Array.from({ length: 2 ** inputs.length }, (_, setting) =>
      solver.solve([...bound, ...inputs.map((input, i) => (((setting >> i) & 1) === 1 ? input : -input))]),
    );
  }
  const ones = (setting: number): number => [...setting.toString(2)].filter((digit) => digit === "1").length;

  test("allows exactly the settings with at most k true inputs, for bounds in any order and inputs that come later", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }),
        (groups, bounds) => {
          const solver = new MinisatSolver();
          const totalizer = new Totalizer(solver);
          const inputs: number[] = [];
          for (const size of groups) {
            const added = Array.from({ length: size }, () => solver.newVariable());
            inputs.push(...added);
            totalizer.add(added);
            expect(totalizer.size).toBe(inputs.length);
            for (const k of bounds.slice(0, groups.length === 1 ? 3 : 2)) {
              const expected = Array.from({ length: 2 ** inputs.length }, (_, setting) => ones(setting) <= k);
              expect(allowed(solver, totalizer, inputs, k)).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  test("a bound that was made permanent stays when inputs are added", () => {
    const solver = new MinisatSolver();
    const totalizer = new Totalizer(solver);
    const inputs = [solver.newVariable(), solver.newVariable(), solver.newVariable()];
    totalizer.add(inputs.slice(0, 2));
    for (const l of totalizer.atMost(1)) solver.addClause([l]);
    totalizer.add(inputs.slice(2));
    for (const l of totalizer.atMost(1)) solver.addClause([l]);
    const [a, b, c] = inputs as [number, number, number];
    expect([[a, b], [a, c], [b, c], [a], [b], [c]].map((chosen) => solver.solve(chosen))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
