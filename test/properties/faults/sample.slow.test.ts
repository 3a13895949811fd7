import { describe, expect, test } from "vitest";
import { countSchedules } from "../../reference/space.js";
import { examineFaulty, faultProperties, faultySubjectOfSeed } from "../faults.js";
import { engine } from "./connected-engine.js";
import { drawnBudgets } from "./drawn-budgets.js";
import type { FaultySubject } from "./subject.js";

/** What a campaign does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 24 }, (_, i) => i + 1);
/** Properties that run every execution, or ask many questions, look at programs with few executions. */
const few = 120;
/** Properties that search again and again get by with fewer programs; sample.long.test.ts asks them of all. */
const fewer: Readonly<Record<string, number>> = {
  model: 12,
  derivations: 12,
  strategies: 5,
  sharing: 10,
  explanations: 10,
  elimination: 3,
  margin: 4,
};
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

test("budgets that are drawn are each so small that they can be listed", () => {
  expect(drawnBudgets(40).length).toBe(40);
});
