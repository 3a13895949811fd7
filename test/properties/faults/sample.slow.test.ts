import { describe, expect, test } from "vitest";
import { kinds } from "../../reference/schedules.js";
import { boundOf, countSchedules } from "../../reference/space.js";
import { examineFaulty, faultProperties, faultySubjectOfSeed } from "../faults.js";
import { combinations, drawBudget } from "../generator/faulty-budgets.js";
import { Random } from "../random.js";
import { engine } from "./connected-engine.js";
import type { FaultySubject } from "./subject.js";

/** What a campaign does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 24 }, (_, i) => i + 1);
/** Properties that run every execution, or ask many questions, look at programs with few executions. */
const few = 120;
/** Properties that search again and again get by with fewer programs; sample.long.test.ts asks them of all. */
const fewer: Readonly<Record<string, number>> = { strategies: 12, explanations: 20 };
const thorough = ["verdict", "minimal", "larger", "excluded", "never", "inputs", "elimination", "margin"];

describe("generated programs with faults of every kind", () => {
  const found = seeds.map(faultySubjectOfSeed);
  const subjects = found.flatMap((subject): readonly FaultySubject[] => ("refused" in subject ? [] : [subject]));
  const small = subjects.filter(({ budget, reference }) => countSchedules(budget, reference.inputs, few) <= few);

  test("are accepted", () => {
    expect(found.filter((subject) => "refused" in subject)).toEqual([]);
  });

  test.each(faultProperties.map((property) => ({ claim: property.claim, property })))(
    "$claim",
    { timeout: 120_000 },
    ({ property }) => {
      const chosen = (thorough.includes(property.name) ? small : subjects).slice(0, fewer[property.name]);
      let looked = 0;
      for (const subject of chosen) {
        const finding = examineFaulty(property, subject, engine);
        const said = finding.kind === "failed" ? `seed ${subject.case.seed}: ${finding.message}` : undefined;
        expect(said).toBeUndefined();
        if (finding.kind === "passed") looked++;
      }
      expect(looked).toBeGreaterThan(chosen.length / 5);
    },
  );

  test("are violated by faults, and hold", () => {
    const first = small.map((subject) => {
      const truth = subject.truth();
      return truth.kind === "complete" ? truth.first?.schedule.length : undefined;
    });
    expect(first.filter((size) => size !== undefined && size > 0).length).toBeGreaterThan(small.length / 4);
    expect(first.filter((size) => size === undefined).length).toBeGreaterThan(small.length / 5);
  });
});

test("budgets are drawn of every kind and of every pair of kinds, each so small that it can be listed", () => {
  const random = new Random(1);
  const scene = { nodes: ["a", "b", "c"], eot: 5, inputs: 2 };
  const asked = new Set<string>();
  for (let i = 0; i < 400; i++) {
    const budget = drawBudget(random, scene);
    expect(countSchedules(budget, [], 800)).toBeLessThanOrEqual(750);
    asked.add(kinds.filter((kind) => boundOf(budget, kind) > 0).join());
  }
  expect(combinations.map((some) => some.join()).filter((some) => !asked.has(some))).toEqual([]);
});
