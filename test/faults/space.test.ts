import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bounds, Budget } from "../../src/faults/budget.js";
import { budget } from "../../src/faults/budget.js";
import { sizeOfSpace, spaceOf } from "../../src/faults/space.js";
import { log2 } from "../../src/wording/numbers.js";
import { countSchedules } from "../reference/space.js";

const none = { omissions: 0 } as const;

function small(bounds: Bounds): Budget {
  return budget(["a", "b", "c"], 5, 4, { ...none, ...bounds });
}

function larger(bounds: Bounds): Budget {
  return budget(["a", "b", "c"], 6, 5, { ...none, ...bounds });
}

describe("the number of schedules", () => {
  test.each<[bigint, Bounds]>([
    [262_144n, { omissions: Infinity }],
    [172n, { omissions: 2 }],
    [46_656n, { delays: Infinity, lateness: 2 }],
    [19n, { partitions: 1 }],
    [19n, { partialPartitions: 1 }],
    [37n, { oneWayPartitions: 1 }],
    [172n, { partitions: 2 }],
  ])("is %s for three nodes, EOT 5, EFF 4 and %j", (size, bounds) => {
    expect(spaceOf(small(bounds))).toBe(size);
  });

  test("is that of every kind of cut together", () => {
    const one = { ...none, partitions: 1, partialPartitions: 1, oneWayPartitions: 1 };
    expect(spaceOf(budget(["a", "b", "c", "d"], 5, 4, one))).toBe(398_395n);
  });

  test.each<[bigint, Bounds]>([
    [19n, { restarts: 1 }],
    [130n, { restarts: 2 }],
    [259n, { restarts: 1, pauses: 1 }],
    [127n, { crashes: 2 }],
    [301n, { restarts: 1, crashes: 1 }],
    [475n, { restarts: 1, omissions: 1 }],
    [4_495n, { restarts: 1, pauses: 1, crashes: 1, partitions: 1, omissions: 1, maxFaults: 2 }],
  ])("is %s for three nodes, EOT 6, EFF 5 and %j", (size, bounds) => {
    expect(spaceOf(larger(bounds))).toBe(size);
  });

  test("has the choices of inputs as a factor", () => {
    const lines = [
      { kind: "maybe", alternatives: 1 },
      { kind: "one-of", alternatives: 3 },
    ] as const;
    expect(spaceOf(small({ partitions: 1 }), lines)).toBe(19n * 6n);
  });

  const bound = (most: number): fc.Arbitrary<number> =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: most }));
  const few = fc.oneof({ weight: 3, arbitrary: bound(2) }, fc.constant(Infinity));
  const budgets = fc
    .record({
      nodes: fc.integer({ min: 0, max: 3 }),
      eot: fc.integer({ min: 1, max: 6 }),
      eff: fc.integer({ min: 0, max: 8 }),
      omissions: few,
      delays: few,
      duplicates: few,
      lateness: fc.integer({ min: 1, max: 4 }),
      crashes: bound(3),
      restarts: bound(3),
      pauses: bound(3),
      partitions: bound(2),
      partialPartitions: bound(2),
      oneWayPartitions: bound(2),
      maxFaults: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 3 })),
      spare: fc.subarray(["a", "b", "x"]),
    })
    .map(({ nodes, eot, eff, ...bounds }) => budget(["a", "b", "c"].slice(0, nodes), eot, eff, bounds));

  test("is what counting the schedules one by one gives", () => {
    const most = 20_000;
    let counted = 0;
    fc.assert(
      fc.property(budgets, (b) => {
        const size = sizeOfSpace(b);
        if (size > BigInt(most)) return;
        counted++;
        expect(countSchedules(b, [], most)).toBe(Number(size));
        expect(spaceOf(b)).toBe(size);
      }),
      { numRuns: 400 },
    );
    expect(counted).toBeGreaterThan(100);
  });
});

describe("a number of schedules that nobody would read", () => {
  const nodes = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => `n${i}`);

  test("is given by its logarithm, approximately", () => {
    // Of 60 · 59 · 200 messages at most 10,000 are lost, and some: too much to be counted out, and yet it can be, otherwise.
    const space = spaceOf(budget(nodes(60), 200, 201, { omissions: 10_000 }));
    const messages = 60 * 59 * 200;
    let [sum, term] = [0n, 1n];
    for (let k = 0; k <= 10_000; k++) {
      sum += term;
      term = (term * BigInt(messages - k)) / BigInt(k + 1);
    }
    const exact = log2(sum);
    if (typeof space === "bigint") throw new Error("it was counted out");
    expect(space.log2).toBeGreaterThan(exact);
    expect(space.log2).toBeLessThan(exact + 10);
  });

  test("of several kinds, with a bound on all", () => {
    const space = spaceOf(budget(nodes(40), 100, 101, { delays: Infinity, maxFaults: 5_000 }));
    if (typeof space === "bigint") throw new Error("it was counted out");
    // At 99 instants each of 40 · 39 messages may be lost or late, at the last it may be lost: at most as if it could be late there too.
    const upTo = (messages: number): number => {
      let [sum, term] = [0n, 1n];
      for (let k = 0; k <= 5_000; k++) {
        sum += term;
        term = (2n * term * BigInt(messages - k)) / BigInt(k + 1);
      }
      return log2(sum);
    };
    expect(space.log2).toBeGreaterThan(upTo(40 * 39 * 99));
    expect(space.log2).toBeLessThan(upTo(40 * 39 * 100) + 10);
  });
});
