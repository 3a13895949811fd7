import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import { check } from "../../src/search/check.js";
import { decided, minimalOf, settingOf, verdictOn } from "./deciding.js";

const members = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
/** Payments of 1, 2, 4 … from as many nodes, any of which can be lost: every set of them has another sum. */
const payments = (n: number, to: readonly string[] = ["bank"]): string =>
  `${members(n)
    .map((i) => `amount("m${i}", ${2 ** i})@1;`)
    .join(" ")} ${to.map((bank) => `paid("${bank}", N, V)@async :- amount(N, V);`).join(" ")}
  total(B, sum<V>) :- paid(B, _N, V); seen(B, S) :- total(B, S); seen(B, S)@next :- seen(B, S);`;
const everything = 2 ** 24 - 1;
const budget = { eot: 4, eff: 3 };

/** What is found by the lineage over all schedules; alternation would not tell. */
function found(text: string, options: CheckOptions): string {
  const result = check(settingOf(text, options), options);
  if (result.kind === "verdict") {
    expect(result.verdict.method).not.toBe("alternation");
    expect(result.verdict.statistics.graphNodes).toBeLessThan(30_000);
  }
  return decided(text, options);
}

const losses = (...of: readonly string[]): string => of.map((node) => `omit(${node},bank,1)`).join(" ");

describe("a sum over 24 payments", () => {
  const promised = `${payments(24)} pre("bank", S) :- seen("bank", S);`;

  test("is below what all of them come to, whatever is lost", () => {
    expect(found(`${promised} post(B, S) :- seen(B, S), S < ${everything + 1};`, budget)).toBe("holds");
    expect(found(`${promised} post(B, S) :- seen(B, S), S < ${everything};`, budget)).toBe("violated {}");
    expect(found(`${promised} post(B, S) :- seen(B, S), S < ${2 ** 23};`, budget)).toBe("violated {}");
  });

  test("has one value without two of them, and no other two", () => {
    const without = everything - 2 ** 3 - 2 ** 17;
    expect(found(`${promised} post(B, S) :- seen(B, S), S != ${without};`, budget)).toBe(
      `violated ${losses("m17", "m3")}`,
    );
    expect(found(`${promised} post(B, S) :- seen(B, S), S != ${2 ** 24};`, budget)).toBe("holds");
  });

  test("is matched by a constant, negated, added to and taken from", () => {
    const without = everything - 2 ** 20;
    const never = (body: string): string => `${payments(24)} never(B) :- ${body};`;
    expect(found(never(`seen(B, ${without})`), budget)).toBe(`violated ${losses("m20")}`);
    expect(found(never(`total(B, _), notin total(B, ${everything})`), budget)).toBe(`violated ${losses("m0")}`);
    expect(found(never(`seen(B, S), S + 5 == ${without} - (3 - S) + 8 - S, S > 0`), budget)).toBe(
      `violated ${losses("m20")}`,
    );
    expect(found(never(`seen(B, S), 10 - S > 9`), budget)).toBe("holds");
  });

  test("has all the minimal sets of losses, and only these", () => {
    const text = `${promised} post(B, S) :- seen(B, S), S >= ${2 ** 23 + 2 ** 22};`;
    expect(minimalOf(verdictOn(text, { ...budget, all: true }))).toEqual([losses("m22"), losses("m23")]);
  });

  test("may be what a `reach` line names", () => {
    const text = `//! reach seen(_, ${everything - 2 ** 7 - 2 ** 9})
      ${promised} post(B, S) :- seen(B, S);`;
    const verdict = verdictOn(text, budget);
    expect(verdict.kind === "holds" && verdict.reach).toMatchObject([
      { kind: "reached", instant: 2, scenario: { schedule: [{ from: "m7" }, { from: "m9" }] } },
    ]);
  });
});

describe("two sums over the same payments", () => {
  const both = payments(20, ["x", "y"]);

  test("are equal only if the same are lost", () => {
    const equal = `${both} pre("x", S) :- total("x", S)@2; post("x", S) :- total("y", S)@2;`;
    expect(found(equal, budget)).toBe("violated omit(m0,x,1)");
    expect(found(equal, { eot: 4, eff: 1 })).toBe("holds");
  });

  test("come, compared and added, to what integers come to", () => {
    const never = (body: string): string => `${both} never(S) :- total("x", S), total("y", T), ${body};`;
    expect(found(never(`S + T == ${2 ** 21 - 2 - 1}`), budget)).toBe("violated omit(m0,x,1)");
    expect(found(never(`S + T > ${2 ** 21 - 2}`), budget)).toBe("holds");
    expect(found(never("S - T >= 524288, S != 1048575"), budget)).toBe(
      "violated omit(m0,x,1) omit(m0,y,1) omit(m19,y,1)",
    );
  });
});

test("a total of what is kept never falls; of what is not kept it does", () => {
  const retried = `${payments(24)} amount(N, V)@next :- amount(N, V); high(B, max<S>) :- seen(B, S);
    never(B) :- high(B, S), total(B, T), T < S;`;
  expect(found(`${retried} paid(B, N, V)@next :- paid(B, N, V);`, budget)).toBe("holds");
  expect(found(retried, budget)).toBe("violated omit(m0,bank,2)");
});

describe("inputs that the environment chooses", () => {
  const chosen = `${members(16)
    .map((i) => `//! maybe amount("m${i}", ${2 ** i})@1\n`)
    .join("")} amount("z", 0)@1; paid("bank", N, V)@async :- amount(N, V);
    total(B, sum<V>) :- paid(B, _N, V); seen(B, S) :- total(B, S); seen(B, S)@next :- seen(B, S);
    //! promise kept post=seen`;

  test("make a sum vary that every schedule then keeps", () => {
    expect(found(chosen, { eot: 4, eff: 0 })).toBe("holds");
    expect(found(chosen, budget)).toBe("violated omit(z,bank,1)");
  });
});

describe("arithmetic that fails under some schedules", () => {
  const failing = (sum: string): string => `${payments(14)} rate(B, 100 / V) :- gone(B), none(B, V), total(B, ${sum});
    none("bank", 0)@2; pre(B) :- rate(B, _); post(B) :- rate(B, _); gone(B) :- none(B, _), notin paid(B, "m3", _);`;

  test("is found beside a sum that its rule does not look at", () => {
    expect(decided(failing("_"), budget)).toBe("division-by-zero omit(m3,bank,1)");
  });

  test("is left to alternation where the sum may decide whether it counts", () => {
    const text = failing("S").replace("none(B, V), total(B, S)", "none(B, V), total(B, S), S < 9");
    expect(decided(text, budget)).toMatch(/^division-by-zero omit\(/);
  });
});

describe("sums that may be beyond the safe integers", () => {
  const large = (signs: readonly number[]): string =>
    `${signs.map((sign, i) => `amount("m${i}", ${sign * (2 ** 50 + 2 ** i)})@1;`).join(" ")}
    paid("bank", N, V)@async :- amount(N, V); total(B, sum<V>) :- paid(B, _N, V);
    seen(B, S) :- total(B, S); seen(B, S)@next :- seen(B, S);
    pre(B, S) :- seen(B, S); post(B, S) :- seen(B, S);`;

  test("are found to be, where that is so under some schedule", () => {
    const signs = members(13).map((i) => (i < 8 ? 1 : -1));
    expect(decided(large(signs), budget)).toBe(`integer-overflow ${losses("m10", "m11", "m12", "m8", "m9")}`);
  });

  test("are left to alternation where rules add to them", () => {
    const text = `${payments(14)} far(B, S - ${Number.MAX_SAFE_INTEGER} - 3) :- seen(B, S);
      pre(B, S) :- far(B, S); post(B, S) :- far(B, S);`;
    const verdict = verdictOn(text, { ...budget, maxRuns: 3 });
    expect([verdict.kind, verdict.statistics.givenUp?.detail]).toEqual([
      "inconclusive",
      "a sum that depends on the schedule may exceed the safe integers",
    ]);
  });
});
