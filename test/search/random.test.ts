import { describe, expect, test } from "vitest";
import { budget } from "../../src/faults/budget.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { sizeOfSpace } from "../../src/faults/space.js";
import { randomNumbers, randomSchedule } from "../../src/search/random.js";

describe("a random schedule", () => {
  test("is any of the budget, each as likely as another", () => {
    const bounds = budget(["a", "b"], 2, 2, 2);
    const random = randomNumbers(1);
    const seen = new Map<string, number>();
    const draws = 18_000;
    for (let i = 0; i < draws; i++) {
      const name = formatSchedule(randomSchedule(bounds, random));
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    const each = draws / Number(sizeOfSpace(bounds));
    expect(seen.size).toBe(Number(sizeOfSpace(bounds)));
    for (const times of seen.values()) expect(Math.abs(times - each)).toBeLessThan(0.2 * each);
  });

  test("does not always crash as many as it may, however many schedules there are", () => {
    const bounds = budget(
      Array.from({ length: 202 }, (_, i) => `n${i}`),
      50,
      0,
      200,
    );
    const random = randomNumbers(1);
    const crashes = Array.from({ length: 60 }, () => randomSchedule(bounds, random).length);
    // 202!/(k! (202 − k)!) · 50^k is greatest for k = 199.
    expect(new Set(crashes)).toContain(199);
    expect(new Set(crashes)).toContain(197);
    expect(Math.max(...crashes)).toBe(200);
  });
});
