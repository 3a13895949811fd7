import { expect, test } from "vitest";
import { cutSets } from "../../src/evidence/cut-sets.js";
import type { Fault } from "../../src/faults/kinds.js";
import { schedule } from "../../src/faults/schedule.js";
import type { RelationId } from "../../src/program/program.js";
import type { Counterexample } from "../../src/search/verdict.js";

const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });
const of = (...faults: readonly Fault[]): Counterexample => ({
  schedule: schedule(faults),
  execution: {} as Counterexample["execution"],
  witnesses: [{ kind: "missing", relation: 0 as RelationId, instant: 4, args: [] }],
});

test("what every minimal counterexample needs is a single point of failure", () => {
  const crash: Fault = { kind: "crash", node: "a", at: 2 };
  expect(cutSets([of(crash, omit("a", "b", 1)), of(crash, omit("c", "b", 1)), of(crash)])).toEqual({
    sizes: [
      { faults: 1, schedules: 1 },
      { faults: 2, schedules: 2 },
    ],
    inEvery: [crash],
    senders: ["a"],
  });
});

test("a sender may be in every one of them though no single fault is", () => {
  const sets = cutSets([of(omit("a", "b", 1)), of(omit("a", "c", 1))]);
  expect(sets.inEvery).toEqual([]);
  expect(sets.senders).toEqual(["a"]);
});
