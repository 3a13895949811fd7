import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProof } from "../../src/proof/checker.js";
import type { Step } from "../../src/proof/drat.js";
import type { Clause, Formula } from "../../src/proof/formula.js";
import { hasModel, refutation } from "./refutation.js";

const formula = (...clauses: readonly Clause[]): Formula => ({
  variables: Math.max(0, ...clauses.flat().map(Math.abs)),
  clauses,
});
const add = (...clause: readonly number[]): Step => ({ kind: "add", clause });
const remove = (...clause: readonly number[]): Step => ({ kind: "delete", clause });

/** All clauses over two variables: the smallest contradiction that unit propagation does not see. */
const square = formula([1, 2], [1, -2], [-1, 2], [-1, -2]);

/** All clauses over four variables: assuming two literals propagates nothing. */
const tesseract = formula(
  ...Array.from({ length: 16 }, (_, bits) => [1, 2, 3, 4].map((v) => ((bits >> (v - 1)) & 1 ? v : -v))),
);

describe("a proof", () => {
  test("of a formula that unit propagation refutes is empty", () => {
    expect(checkProof(formula([1], [-1, 2], [-2]), [])).toEqual({ kind: "refuted", added: 0, resolved: 0 });
    expect(checkProof(formula([]), [])).toEqual({ kind: "refuted", added: 0, resolved: 0 });
  });

  test("adds clauses whose negation propagates to a conflict", () => {
    expect(checkProof(square, [add(1), add()])).toEqual({ kind: "refuted", added: 1, resolved: 0 });
  });

  test("that ends before the contradiction proves nothing", () => {
    expect(checkProof(square, [])).toEqual({ kind: "refused", problem: "the proof ends without a contradiction" });
    expect(checkProof(formula([1, 2, 3], [1, 2, -3], [-1], [-2, 4], [-2, -4, 5]), [add(1, 2)])).toMatchObject({
      kind: "refused",
    });
  });

  test("with a clause that does not follow is refused, at its step", () => {
    expect(checkProof(formula([1, 2]), [add(1), add()])).toEqual({
      kind: "refused",
      problem: "step 2 adds a clause that does not follow: the empty clause",
    });
    expect(checkProof(formula([1, 2, 3]), [add(-1, -2)])).toMatchObject({ kind: "refused" });
  });

  test("may define a new variable, which only resolution on the first literal allows", () => {
    // 5 = 1 ∧ 2: none of the three clauses follows, each is redundant.
    const definition = [add(5, -1, -2), add(-5, 1), add(-5, 2)];
    expect(checkProof(tesseract, [...definition, ...refutation(tesseract)])).toMatchObject({
      kind: "refuted",
      resolved: 3,
    });
    // On another literal than the first it is not redundant.
    expect(checkProof(formula([1, 2], [-1, 2, 3]), [add(-2, 4)])).toMatchObject({ kind: "refused" });
  });

  test("cannot use what it deleted", () => {
    expect(checkProof(square, [remove(1, 2), add(1), add()])).toMatchObject({ kind: "refused" });
    // The same clause twice is there once more.
    expect(checkProof(formula(...square.clauses, [1, 2]), [remove(2, 1), add(1), add()])).toMatchObject({
      kind: "refuted",
    });
    // What follows as a unit stays: other checkers ignore such deletions too.
    expect(checkProof(square, [add(1), remove(1), add()])).toMatchObject({ kind: "refuted" });
  });

  test("can be stopped", () => {
    expect(checkProof(square, [add(1), add()], () => true)).toEqual({ kind: "stopped" });
  });
});

const literal = fc.integer({ min: 1, max: 6 }).chain((v) => fc.constantFrom(v, -v));
const clauses = fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 40 });

describe("for any formula", () => {
  test("a refutation by case distinction is accepted", () => {
    fc.assert(
      fc.property(clauses, (list) => {
        const f = { variables: 6, clauses: list.map((c) => [...new Set(c)]) };
        fc.pre(!hasModel(f));
        expect(checkProof(f, refutation(f))).toMatchObject({ kind: "refuted" });
      }),
      { numRuns: 400 },
    );
  });

  test("no proof is accepted if it has a model, whatever was changed in it", () => {
    const change = fc.record({ at: fc.nat(), to: literal, kind: fc.constantFrom("flip", "drop", "insert", "empty") });
    fc.assert(
      fc.property(clauses, fc.nat(), fc.array(change, { minLength: 1, maxLength: 4 }), (list, left, changes) => {
        const all = list.map((c) => [...new Set(c)]);
        const whole = { variables: 6, clauses: all };
        // The proof of a formula without a model, for the formula without one of its clauses.
        const proof: readonly Step[] = hasModel(whole) ? [add()] : refutation(whole);
        const less = { variables: 6, clauses: all.filter((_, i) => i !== left % all.length) };
        fc.pre(hasModel(less));
        const changed = changes.reduce<readonly Step[]>((steps, { at, to, kind }) => {
          const i = at % (steps.length + 1);
          const step = steps[i] ?? add();
          const clause = kind === "flip" ? [to, ...step.clause.filter((l) => Math.abs(l) !== Math.abs(to))] : [to];
          if (kind === "drop") return steps.filter((_, j) => j !== i);
          return [
            ...steps.slice(0, i),
            kind === "empty" ? add() : add(...clause),
            ...steps.slice(kind === "flip" ? i + 1 : i),
          ];
        }, proof);
        expect(checkProof(less, changed).kind).toBe("refused");
        expect(checkProof(less, proof).kind).toBe("refused");
      }),
      { numRuns: 600 },
    );
  });
});
