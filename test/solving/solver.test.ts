import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endingOf } from "../../src/execution/unwinding.js";
import type { Elimination } from "../../src/solving/minisat-solver.js";
import { MinisatSolver } from "../../src/solving/minisat-solver.js";
import { Totalizer } from "../../src/solving/totalizer.js";
import type { Clause } from "./clauses.js";
import { expectTruth, formula, literal, variables } from "./clauses.js";

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

  describe("asks a question that takes long in parts", () => {
    /** Nine pigeons in eight holes, each where the first literal is true. */
    const solverOf = (elimination?: Elimination): { readonly solver: MinisatSolver; readonly crowd: number } => {
      const solver = new MinisatSolver(elimination);
      const crowd = solver.newVariable();
      solver.keep(crowd);
      const at = Array.from({ length: 9 }, () => Array.from({ length: 8 }, () => solver.newVariable()));
      for (const holes of at) solver.addClause([-crowd, ...holes]);
      for (const [i, one] of at.entries())
        for (const other of at.slice(i + 1))
          for (const [h, x] of one.entries()) solver.addClause([-x, -(other[h] ?? 0)]);
      return { solver, crowd };
    };
    const eliminations: readonly (Elimination | undefined)[] = [
      undefined,
      { from: 0, after: 2000, most: Infinity },
      { from: Infinity, after: 3000, most: Infinity },
    ];

    test.each(eliminations)("and says in between how many conflicts there were: %o", (elimination) => {
      const { solver, crowd } = solverOf(elimination);
      const conflicts: number[] = [];
      expect(solver.solve([crowd], (n) => conflicts.push(n))).toBe(false);
      expect(conflicts.length).toBeGreaterThan(1);
      const parts = conflicts.map((n, i) => n - (conflicts[i - 1] ?? 0));
      expect(parts[0]).toBe(elimination?.from === Infinity ? 3000 : 5000);
      for (const part of parts.slice(1)) {
        expect(part).toBeGreaterThanOrEqual(5000);
        expect(part).toBeLessThanOrEqual(20_000);
      }
      expect(solver.solve([])).toBe(true);
    });

    test.each(eliminations)("which may end it, and it can be asked again: %o", (elimination) => {
      const { solver, crowd } = solverOf(elimination);
      let left = 2;
      const stop = (): void => {
        if (--left === 0) throw new Error("enough");
      };
      expect(() => solver.solve([crowd], stop)).toThrow("enough");
      expect(solver.solve([-crowd])).toBe(true);
      expect(solver.solve([crowd])).toBe(false);
    });
  });

  test("the empty clause cannot be satisfied", () => {
    const solver = new MinisatSolver();
    solver.addClause([]);
    expect(solver.solve([])).toBe(false);
  });
});

describe("MiniSat with elimination", () => {
  const atOnce = { from: 0, after: 0, most: Infinity };
  /** Of the variables 1 … 6 every other one. */
  const kept = literal.map((l) => l + Math.sign(l) * ((Math.abs(l) % 2) - 1));

  test.each([
    ["before the first question", atOnce],
    ["when a question is not answered without conflicts", { ...atOnce, from: Infinity }],
    ["when a question has two conflicts", { from: Infinity, after: 2, most: Infinity }],
    ["never, since there are too many clauses", { ...atOnce, most: 7 }],
  ])(
    "says what a truth table says, whatever is asked and added later of variables that are kept: %s",
    (_, elimination) => {
      const question = fc.record({
        more: fc.array(fc.array(kept, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
        assumptions: fc.array(kept, { maxLength: 2 }),
      });
      fc.assert(
        fc.property(formula, fc.array(question, { minLength: 1, maxLength: 4 }), (first, questions) => {
          const solver = new MinisatSolver(elimination);
          for (let v = 0; v < variables; v++) solver.newVariable();
          for (let v = 1; v <= variables; v += 2) solver.keep(v);
          for (const c of first) solver.addClause(c);
          const clauses: Clause[] = [...first];
          for (const { more, assumptions } of questions) {
            for (const c of more) solver.addClause(c);
            clauses.push(...more);
            expectTruth(solver, variables, clauses, assumptions);
          }
        }),
        { numRuns: 60, seed: 6 },
      );
    },
  );

  test("does not answer about a variable that was eliminated", () => {
    const solver = new MinisatSolver(atOnce);
    const [a, b, c] = [solver.newVariable(), solver.newVariable(), solver.newVariable()];
    solver.keep(a);
    for (const clause of [
      [-a, b],
      [-b, c],
    ])
      solver.addClause(clause);
    expect(solver.solve([a])).toBe(true);
    expect([a, b, c].map((v) => solver.value(v))).toEqual([true, true, true]);
    expect(() => solver.solve([-c])).toThrow("variable 3 was eliminated");
    expect(() => solver.addClause([b])).toThrow("variable 2 was eliminated");
    const d = solver.newVariable();
    solver.addClause([-a, d]);
    expect(solver.solve([a, -d])).toBe(false);
  });

  test("counts the variables and the clauses that were given", () => {
    const solver = new MinisatSolver(atOnce);
    const [a, b] = [solver.newVariable(), solver.newVariable()];
    solver.addClause([a, b]);
    solver.addClause([-a, b]);
    expect(solver.solve([])).toBe(true);
    expect(solver.value(b)).toBe(true);
    expect([solver.variables, solver.clauses]).toEqual([2, 2]);
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
