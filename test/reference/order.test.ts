import { describe, expect, test } from "vitest";
import { readSchedule } from "./notation.js";
import { inReportOrder, isAtMost, minimalOnes } from "./order.js";
import { showSchedule } from "./schedules.js";
import { allSchedules } from "./space.js";

const nodes = ["a", "b", "c", "d"];
const read = (text: string) => readSchedule(text, nodes);

/** In the order in which they stand: each pair is compared, both ways. */
function expectOrder(...texts: readonly string[]): void {
  const schedules = texts.map(read);
  for (const [i, a] of schedules.entries())
    for (const [j, b] of schedules.entries())
      expect(`${texts[i]} ${Math.sign(inReportOrder(a, b))} ${texts[j]}`).toBe(
        `${texts[i]} ${Math.sign(i - j)} ${texts[j]}`,
      );
}

describe('"The order of schedules is total"', () => {
  test('"by number of faults"', () => {
    expectOrder("", "duplicate(d,c,3,5)", "crash(a,1) crash(b,1)", "crash(a,1) crash(b,1) crash(c,1)");
  });

  test('"by kind in the order crash, restart, pause, partition (complete, partial, one-way), omission, delay, duplicate"', () => {
    expectOrder(
      "crash(d,1)",
      "restart(d,2,5)",
      "pause(a,2,3)",
      "cut(c,d|a,b,1,3)",
      "cut(a|b,1,1)",
      "cut(a>b,c,d,1,1)",
      "omit(a,b,1)",
      "delay(a,b,1,3)",
      "duplicate(a,b,1,3)",
    );
  });

  test('"a crash by node, later first"', () => {
    expectOrder("crash(a,3)", "crash(a,2)", "crash(b,5)", "crash(b,1)");
  });

  test('"restart and pause by node, length, t"', () => {
    expectOrder(
      "restart(a,2,3)",
      "restart(a,4,5)",
      "restart(a,2,4)",
      "restart(a,3,5)",
      "restart(a,2,5)",
      "restart(b,2,3)",
    );
    expectOrder("pause(a,2,3)", "pause(a,3,4)", "pause(a,2,4)", "pause(b,2,3)");
  });

  test("\"a cut by the size of its smaller side …, A's names, B's names, length, t\"", () => {
    expectOrder(
      "cut(a|b,c,d,1,1)",
      "cut(a|b,c,d,2,2)",
      "cut(a|b,c,d,1,2)",
      "cut(b|a,c,d,1,1)",
      "cut(a,b|c,d,1,1)",
      "cut(a,c|b,d,1,1)",
    );
    expectOrder(
      "cut(a>b,c,d,1,1)",
      "cut(a,b,c>d,1,1)",
      "cut(b>a,c,d,1,1)",
      "cut(b,c,d>a,1,1)",
      "cut(a,b>c,d,1,1)",
      "cut(c,d>a,b,1,1)",
    );
  });

  test('"(partial: of both sides together)"', () => {
    expectOrder("cut(a|b,1,1)", "cut(a|b,1,3)", "cut(a|c,1,1)", "cut(b|c,1,1)", "cut(a|b,c,1,1)", "cut(b|a,c,1,1)");
  });

  test('"an omission by F, T, t; delay and duplicate by F, T, t, u"', () => {
    expectOrder("omit(a,b,1)", "omit(a,b,2)", "omit(a,c,1)", "omit(b,a,1)");
    expectOrder("delay(a,b,1,3)", "delay(a,b,1,4)", "delay(a,b,2,4)", "delay(a,c,1,3)", "delay(b,a,1,3)");
    expectOrder("duplicate(a,b,1,3)", "duplicate(a,b,1,4)", "duplicate(a,b,2,4)", "duplicate(b,a,1,3)");
  });

  test('"fault by fault, sorted", whatever the order in which they are given', () => {
    expectOrder(
      "omit(a,b,1) crash(a,2)",
      "crash(b,1) restart(a,2,3)",
      "omit(a,b,1) pause(a,2,3)",
      "omit(a,b,2) pause(a,2,3)",
      "pause(a,2,3) delay(a,b,1,3)",
    );
  });

  test('"names by code unit, lists of names name by name"', () => {
    const odd = ["n10", "n9", "Z", "é"];
    const sorted = ["cut(Z|n10,n9,é,1,1)", "cut(n10|Z,n9,é,1,1)", "cut(n9|Z,n10,é,1,1)", "cut(é|Z,n10,n9,1,1)"].map(
      (s) => readSchedule(s, odd),
    );
    expect([...sorted].reverse().sort(inReportOrder).map(showSchedule)).toEqual(sorted.map(showSchedule));
  });
});

test('"A two-way cut is written smaller side first, of equals the one with the first name"', () => {
  expect(showSchedule(read("cut(d,b,c|a,1,2) cut(c,d|b,a,1,2) cut(d|b,1,1) cut(d>c,b,a,1,1)"))).toBe(
    "cut(a|b,c,d,1,2) cut(a,b|c,d,1,2) cut(b|d,1,1) cut(d>a,b,c,1,1)",
  );
});

describe('"S ≤ S′ if each fault of S has a fault of its own in S′ (which may have more) of the same kind that does at least as much"', () => {
  const below = (a: string, b: string): boolean => isAtMost(read(a), read(b));

  test('"the same omission"', () => {
    expect(below("omit(a,b,1)", "omit(a,b,1) omit(a,b,2)")).toBe(true);
    expect(below("omit(a,b,1)", "omit(a,b,2)")).toBe(false);
    expect(below("omit(a,b,1)", "cut(a|b,1,1)")).toBe(false);
  });

  test('"a crash of the node no later"', () => {
    expect(below("crash(a,3)", "crash(a,2)")).toBe(true);
    expect(below("crash(a,2)", "crash(a,3)")).toBe(false);
  });

  test('"an absence of the node that contains it"', () => {
    expect(below("restart(a,3,4)", "restart(a,2,4)")).toBe(true);
    expect(below("restart(a,3,5)", "restart(a,2,4)")).toBe(false);
    expect(below("restart(a,3,4)", "pause(a,2,4)")).toBe(false);
    expect(below("restart(a,3,4)", "restart(b,2,4)")).toBe(false);
  });

  test('"the same message no earlier late"', () => {
    expect(below("delay(a,b,1,3)", "delay(a,b,1,4)")).toBe(true);
    expect(below("delay(a,b,1,4)", "delay(a,b,1,3)")).toBe(false);
    expect(below("delay(a,b,2,4)", "delay(a,b,1,4)")).toBe(false);
    expect(below("delay(a,b,1,3)", "duplicate(a,b,1,3)")).toBe(false);
    expect(below("duplicate(a,b,1,3)", "duplicate(a,b,1,5)")).toBe(true);
  });

  test('"the same sides (partial: containing sides) and a containing period"', () => {
    expect(below("cut(a|b,c,d,2,2)", "cut(a|b,c,d,1,3)")).toBe(true);
    expect(below("cut(a|b,c,d,1,2)", "cut(a|b,c,d,2,3)")).toBe(false);
    expect(below("cut(a|b,c,d,1,1)", "cut(a,b|c,d,1,1)")).toBe(false);
    expect(below("cut(a>b,c,d,1,1)", "cut(a|b,c,d,1,1)")).toBe(false);
    expect(below("cut(a>b,c,d,1,1)", "cut(b,c,d>a,1,1)")).toBe(false);
    expect(below("cut(a|b,1,1)", "cut(a|b,c,1,2)")).toBe(true);
    expect(below("cut(b|c,1,1)", "cut(c|a,b,1,1)")).toBe(true);
    expect(below("cut(a|b,1,1)", "cut(c|a,b,1,1)")).toBe(false);
    expect(below("cut(a|b,1,1)", "cut(a|b,c,d,1,1)")).toBe(false);
  });

  test('"a fault of its own"', () => {
    expect(below("pause(a,2,3) pause(a,4,5)", "pause(a,2,5)")).toBe(false);
    expect(below("pause(a,2,3) pause(a,4,5)", "pause(a,2,5) pause(a,6,7)")).toBe(false);
    expect(below("cut(a|b,1,1) cut(a|b,2,2)", "cut(a|b,1,2) cut(a|b,1,1)")).toBe(true);
    expect(below("cut(a|b,1,1) cut(a|b,1,2)", "cut(a|b,1,2) cut(a|b,1,3)")).toBe(true);
    expect(below("cut(a|b,1,2) cut(a|b,2,3)", "cut(a|b,1,3) cut(a|b,2,2)")).toBe(false);
  });
});

test('"so the first in the order is always minimal": what is at most a schedule stands before it', () => {
  const budget = {
    nodes: ["a", "b", "c"],
    eot: 4,
    eff: 4,
    crashes: 1,
    restarts: 2,
    pauses: 1,
    partitions: 2,
    partialPartitions: 2,
    oneWayPartitions: 1,
    omissions: 1,
    delays: 1,
    duplicates: 1,
    lateness: 2,
    maxFaults: 2,
  } as const;
  const schedules = [...allSchedules(budget)].filter((s, i) => s.length < 2 || i % 29 === 0);
  let pairs = 0;
  for (const a of schedules) {
    for (const b of schedules) {
      if (a === b || !isAtMost(a, b)) continue;
      if (inReportOrder(a, b) >= 0) throw new Error(`${showSchedule(a)} is at most ${showSchedule(b)}`);
      pairs++;
    }
  }
  expect(pairs).toBeGreaterThan(300);
});

test('"the violating schedules with no other violating one below them"', () => {
  const some = [
    "crash(a,2)",
    "crash(a,3)",
    "crash(a,1) omit(a,b,1)",
    "pause(a,2,4)",
    "pause(a,3,4) omit(a,b,1)",
    "omit(a,b,1) omit(a,b,2)",
  ];
  expect(minimalOnes(some.map(read)).map(showSchedule)).toEqual([
    "crash(a,3)",
    "pause(a,2,4)",
    "pause(a,3,4) omit(a,b,1)",
    "omit(a,b,1) omit(a,b,2)",
  ]);
});
