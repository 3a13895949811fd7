import { describe, expect, test } from "vitest";
import { kinds } from "../../reference/schedules.js";
import { boundOf } from "../../reference/space.js";
import { examineFaulty, faultProperties, faultySubjectOfSeed } from "../faults.js";
import { combinations } from "../generator/faulty-budgets.js";
import { engine } from "./connected-engine.js";
import { drawnBudgets } from "./drawn-budgets.js";

/** As many seeds as a minute or two are enough for. */
const count = 60;

describe(`every property of the generated programs 1 to ${count} with faults of every kind`, () => {
  test.each(faultProperties.map((property) => [property.claim, property] as const))("%s", (_, property) => {
    const failures: string[] = [];
    for (let seed = 1; seed <= count; seed++) {
      const subject = faultySubjectOfSeed(seed);
      if ("refused" in subject) continue;
      const finding = examineFaulty(property, subject, engine);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}`);
    }
    expect(failures).toEqual([]);
  });
});

test("budgets are drawn of every kind and of every pair of kinds, each so small that it can be listed", () => {
  const asked = new Set(drawnBudgets(400).map((budget) => kinds.filter((kind) => boundOf(budget, kind) > 0).join()));
  expect(combinations.map((some) => some.join()).filter((some) => !asked.has(some))).toEqual([]);
});
