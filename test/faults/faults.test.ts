import { describe, expect, test } from "vitest";
import { admits } from "../../src/faults/admission.js";
import { budget } from "../../src/faults/budget.js";
import { lastOmission } from "../../src/faults/channel-faults.js";
import type { Fault } from "../../src/faults/kinds.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { compareSchedules, isAtLeast, schedule } from "../../src/faults/schedule.js";
import { sizeOfSpace, spaceOf } from "../../src/faults/space.js";
import { schedulesOf } from "../lineage/formulas.js";
import { inReportOrder, isAtMost } from "../reference/order.js";

const crash = (node: string, at: number): Fault => ({ kind: "crash", node, at });
const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });

describe("a schedule", () => {
  test("has its faults in canonical order, none twice, and of two crashes of a node the earlier", () => {
    const faults = [
      omit("b", "a", 1),
      crash("b", 3),
      omit("a", "c", 1),
      crash("a", 4),
      omit("a", "b", 2),
      crash("b", 2),
      omit("a", "b", 1),
      omit("b", "a", 1),
    ];
    expect(formatSchedule(schedule(faults))).toBe(
      "crash(a,4) crash(b,2) omit(a,b,1) omit(a,b,2) omit(a,c,1) omit(b,a,1)",
    );
    expect(formatSchedule(schedule([]))).toBe("{}");
  });

  test("names are ordered by code unit, not by a locale", () => {
    expect(formatSchedule(schedule([crash("ä", 1), crash("b", 1), crash("B", 1)]))).toBe(
      "crash(B,1) crash(b,1) crash(ä,1)",
    );
  });
});

describe("a budget", () => {
  test("has each node once, by code unit", () => {
    expect(budget(["b", "a", "B", "a"], 3, 2, 1).nodes).toEqual(["B", "a", "b"]);
  });

  test.each([
    [["a", "b"], 4, 3, 1],
    [["a", "b"], 3, 9, 2],
    [["a", "b", "c"], 2, 2, 3],
    [["a"], 3, 3, 1],
    [["a", "b"], 2, 0, 0],
    [[], 2, 2, 0],
  ])("of %j, EOT %i, EFF %i, crashes %i has as many schedules as it is said to have", (nodes, eot, eff, crashes) => {
    const bounds = budget(nodes, eot, eff, crashes);
    const listed = schedulesOf(bounds);
    expect(sizeOfSpace(bounds)).toBe(BigInt(listed.length));
    expect(listed.every((s) => s.every((fault) => admits(bounds, fault)))).toBe(true);
  });

  test("too large to list is counted exactly", () => {
    // 6 channels, 19 instants; none or one of 3 nodes crashes at one of 20 instants.
    expect(sizeOfSpace(budget(["a", "b", "c"], 20, 20, 1))).toBe(2n ** 114n * 61n);
    expect(spaceOf(budget(["a", "b", "c"], 20, 20, 1))).toBe(2n ** 114n * 61n);
  });

  test("admits omissions before EFF between two of its nodes, and crashes until EOT if there are any", () => {
    const bounds = budget(["a", "b"], 4, 3, 1);
    const admitted = [
      omit("a", "b", 1),
      omit("a", "b", 2),
      omit("a", "b", 3),
      omit("a", "a", 1),
      omit("a", "c", 1),
      crash("a", 4),
      crash("a", 5),
      crash("c", 1),
    ];
    expect(admitted.map((fault) => admits(bounds, fault))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(admits(budget(["a", "b"], 4, 3, 0), crash("a", 1))).toBe(false);
    expect([0, 1, 3, 9].map((eff) => lastOmission(budget(["a"], 4, eff, 0)))).toEqual([0, 0, 2, 4]);
  });
});

describe("the partial order of schedules and the order of reports are those of the reference", () => {
  const schedules = schedulesOf(budget(["a", "b"], 3, 2, 2)).map((s) => schedule(s));

  test("for every pair of schedules of a budget", () => {
    for (const a of schedules) {
      for (const b of schedules) {
        expect(isAtLeast(a, b)).toBe(isAtMost(b, a));
        expect(Math.sign(compareSchedules(a, b))).toBe(Math.sign(inReportOrder(a, b)));
      }
    }
  });
});

test("of a budget with very many schedules the logarithm is given", () => {
  // 200 · 199 · 9,999 messages, any of which may be lost, and 1 + 200 · 10,000 crashes or none.
  const space = spaceOf(
    budget(
      Array.from({ length: 200 }, (_, i) => `n${i}`),
      10_000,
      10_000,
      1,
    ),
  );
  expect(typeof space === "bigint" ? space : Math.round(space.log2 * 1000)).toBe(
    Math.round(1000 * (200 * 199 * 9_999 + Math.log2(2_000_001))),
  );
  expect(spaceOf(budget(["a", "b"], 1e9, 1e9, 0))).toEqual({ log2: 2 * (1e9 - 1) });
});
