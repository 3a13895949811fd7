import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregate } from "../../src/execution/aggregates.js";
import { Unwinding } from "../../src/execution/unwinding.js";
import { OVERFLOW, ValueTable } from "../../src/execution/values.js";
import { constants, FALSE, TRUE } from "../../src/faults/annotation.js";
import { budget } from "../../src/faults/budget.js";
import { FaultGraph } from "../../src/lineage/fault-graph.js";
import type { AggregateFunction, Value } from "../../src/program/program.js";

const functions: readonly AggregateFunction[] = ["count", "min", "max", "sum", "avg"];

/** What the aggregate of a set is, in plain arithmetic. */
function expected(fn: AggregateFunction, present: readonly number[]): number | undefined {
  const sum = present.reduce((a, b) => a + b, 0);
  if (present.length === 0) return undefined;
  switch (fn) {
    case "count":
      return present.length;
    case "min":
      return Math.min(...present);
    case "max":
      return Math.max(...present);
    case "sum":
      return sum;
    case "avg":
      return Math.trunc(sum / present.length) + 0;
  }
}

/** The only result over members that are all there. */
function concrete(fn: AggregateFunction, members: readonly Value[]): Value | "overflow" | undefined {
  const values = new ValueTable();
  const list = members.map((m) => ({ value: values.intern(m), annotation: TRUE }));
  const outcomes = aggregate(fn, list, values, constants, 1000);
  expect(outcomes.length).toBe(members.length === 0 ? 0 : 1);
  const [outcome] = outcomes;
  if (outcome === undefined) return undefined;
  expect(outcome.annotation).toBe(TRUE);
  return outcome.value === OVERFLOW ? "overflow" : values.value(outcome.value);
}

describe("over members that are there", () => {
  test.each<[AggregateFunction, readonly Value[], Value | "overflow" | undefined]>([
    ["count", [7, -2, 9], 3],
    ["count", ["x", "y"], 2],
    ["sum", [7, -2, 9], 14],
    ["avg", [7, -2, 9], 4],
    ["avg", [-7, 0], -3],
    ["avg", [3, -4], 0],
    ["min", [7, -2, 9], -2],
    ["max", [7, -2, 9], 9],
    ["min", ["b", "a", "Z"], "Z"],
    ["max", ["b", "a", "B"], "b"],
    ["max", [2 ** 40, 5, 2 ** 30], 2 ** 40],
    ["sum", [Number.MAX_SAFE_INTEGER, 1, -1], Number.MAX_SAFE_INTEGER],
    ["sum", [Number.MAX_SAFE_INTEGER, 1], "overflow"],
    ["avg", [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 2], Number.MAX_SAFE_INTEGER - 1],
    ["count", [], undefined],
    ["sum", [], undefined],
    ["max", [], undefined],
  ])("%s of %j is %j", (fn, members, result) => {
    expect(concrete(fn, members)).toBe(result);
  });

  const many = Array.from({ length: 20_000 }, (_, i) => ((i * 7919) % 20_011) - 7_000);

  test.each(functions)("%s of a group of thousands is what it is of a small one", (fn) => {
    expect(concrete(fn, many)).toBe(expected(fn, many));
  });

  test("a sum of thousands overflows where the result does, their average nowhere", () => {
    const large = Array.from({ length: 5_000 }, (_, i) => Number.MAX_SAFE_INTEGER - 2 * i);
    expect(concrete("sum", large)).toBe("overflow");
    expect(concrete("avg", large)).toBe(Number.MAX_SAFE_INTEGER - 4_999);
    expect(concrete("sum", [...large, ...large.map((n) => -n)])).toBe(0);
    expect(concrete("avg", [...large, ...large.map((n) => -n)])).toBe(0);
  });
});

describe("over members that may be there", () => {
  const bounds = budget(["a", "b"], 7, 7, 0);
  const member = fc.record({
    value: fc.integer({ min: -4, max: 9 }),
    when: fc.constantFrom("always", "if", "unless", "if", "unless"),
    on: fc.nat(3),
  });
  const members = fc.uniqueArray(member, { maxLength: 6, selector: (m) => m.value });

  interface Input {
    readonly value: number;
    readonly when: string;
    readonly on: number;
  }

  /** Under which settings of four independent messages a member is there. */
  const isThere = ({ when, on }: Input, setting: number): boolean =>
    when === "always" || (((setting >> on) & 1) === 1) === (when === "if");

  /** The results by setting; no value is among the outcomes twice. */
  function bySetting(fn: AggregateFunction, list: readonly Input[]): readonly (readonly (Value | "overflow")[])[] {
    const graph = new FaultGraph(bounds);
    const values = new ValueTable();
    const inputs = [1, 2, 3, 4].map((at) => graph.lost(0, 1, at));
    const annotated = list.map((m) => {
      const input = inputs[m.on] ?? FALSE;
      return {
        value: values.intern(m.value),
        annotation: m.when === "always" ? TRUE : m.when === "if" ? input : input ^ 1,
      };
    });
    const outcomes = aggregate(fn, annotated, values, graph, 1000);
    expect(new Set(outcomes.map((o) => o.value)).size).toBe(outcomes.length);
    return Array.from({ length: 16 }, (_, setting) => {
      const holds = graph.evaluate(
        outcomes.map((o) => o.annotation),
        (variable) => {
          const v = graph.variables.variable(variable);
          return ((setting >> (v.at - 1)) & 1) === 1;
        },
      );
      return outcomes
        .filter((_, i) => holds[i])
        .map((o) => (o.value === OVERFLOW ? "overflow" : values.value(o.value)));
    });
  }

  function expectResults(fn: AggregateFunction, list: readonly Input[]): void {
    bySetting(fn, list).forEach((results, setting) => {
      const result = expected(
        fn,
        list.filter((m) => isThere(m, setting)).map((m) => m.value),
      );
      expect(results).toEqual(result === undefined ? [] : [result]);
    });
  }

  test.each(functions)("%s: under every setting the one result is that of the members that are there", (fn) => {
    fc.assert(
      fc.property(members, (list) => expectResults(fn, list)),
      { numRuns: 60, seed: 8 },
    );
  });

  test.each(functions)("%s: likewise where a few are uncertain among thousands that are always there", (fn) => {
    const uncertain = [-40_001, -39_999, -3, 2_501, 50_000].map((value, i) => ({
      value,
      when: i % 2 === 0 ? "if" : "unless",
      on: i % 4,
    }));
    const certain = Array.from({ length: 5_000 }, (_, i) => ({
      value: 3 * i - 4_500 + (i % 2),
      when: "always",
      on: 0,
    }));
    expectResults(fn, [...certain.slice(0, 2_000), ...uncertain, ...certain.slice(2_000)]);
  });

  test("a sum of members that are always there overflows unless one that may be there brings it back", () => {
    const always = [Number.MAX_SAFE_INTEGER, 1].map((value) => ({ value, when: "always", on: 0 }));
    const sums = bySetting("sum", [...always, { value: -1, when: "if", on: 0 }]);
    expect(sums).toEqual(sums.map((_, setting) => [setting % 2 === 1 ? Number.MAX_SAFE_INTEGER : "overflow"]));
  });

  test("a count of members of which none can be missed has a single result, and no annotation but true", () => {
    const graph = new FaultGraph(bounds);
    const values = new ValueTable();
    const list = [4, 5, 6].map((v) => ({ value: values.intern(v), annotation: TRUE }));
    expect(aggregate("count", list, values, graph, 10)).toEqual([{ value: values.intern(3), annotation: TRUE }]);
  });

  test.each(["sum", "avg"] as const)("%s gives up beyond the limit on results", (fn) => {
    const graph = new FaultGraph(bounds);
    const values = new ValueTable();
    const list = [1, 2, 4, 8, 16].map((v, i) => ({ value: values.intern(v), annotation: graph.lost(0, 1, i + 1) }));
    expect(() => aggregate(fn, list, values, graph, 15)).toThrow(Unwinding);
    expect(() => aggregate(fn, list, values, graph, 64)).not.toThrow();
  });

  test.each(["sum", "avg"] as const)("%s: members that are always there do not count towards that limit", (fn) => {
    const graph = new FaultGraph(bounds);
    const values = new ValueTable();
    const uncertain = [1, 2, 4].map((v, i) => ({ value: values.intern(v), annotation: graph.lost(0, 1, i + 1) }));
    const always = Array.from({ length: 1_000 }, (_, i) => ({ value: values.intern(i + 10), annotation: TRUE }));
    expect(aggregate(fn, [...uncertain, ...always], values, graph, 8).length).toBeLessThanOrEqual(8);
    expect(() => aggregate(fn, [...uncertain, ...always], values, graph, 7)).toThrow(Unwinding);
  });
});
