import { expect, test } from "vitest";
import type { Bounds } from "../../src/faults/budget.js";
import { budget } from "../../src/faults/budget.js";
import { notAskedForInWords } from "../../src/faults/budget-words.js";

const of = (eff: number, bounds: Bounds): string | undefined => notAskedForInWords(budget(["a", "b"], 6, eff, bounds));

test.each([
  [4, {}, "crashes, delays, duplicates, partitions, restarts, pauses"],
  [1, { crashes: 1 }, "losses, delays, duplicates, partitions, restarts, pauses"],
  [4, { omissions: 0, delays: Infinity }, "losses, crashes, duplicates, partitions, restarts, pauses"],
  [4, { partitions: 1, restarts: 2 }, "crashes, delays, duplicates, partial partitions, one-way partitions, pauses"],
  [1, {}, "any kind of fault"],
])("EFF %j and %j leave out what was not asked for", (eff, bounds, kinds) => {
  expect(of(eff, bounds)).toBe(`not asked for: ${kinds}`);
});

test("nothing is listed if every kind was asked for", () => {
  const one = { crashes: 1, restarts: 1, pauses: 1, delays: 1, duplicates: 1 };
  expect(of(4, { ...one, partitions: 1, partialPartitions: 1, oneWayPartitions: 1 })).toBeUndefined();
});
