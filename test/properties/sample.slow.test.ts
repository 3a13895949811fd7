import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** What `npm run fuzz` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
/** Properties that search, and search again, get by with fewer; sample.long.test.ts asks them of all. */
const fewer: Readonly<Record<string, number>> = {
  verdict: 12,
  strategies: 6,
  minimal: 8,
  invariance: 4,
  break: 8,
  warnings: 13,
  dimacs: 8,
  budgets: 2,
  correctness: 8,
  elimination: 6,
  errors: 4,
  "explained errors": 12,
  "nothing to check": 8,
  mending: 4,
};
/** The naive evaluator takes seconds to run every schedule of these. */
const many = [4, 5, 8];

describe("generated programs", () => {
  const subjects = seeds.map((seed) => ({ seed, subject: subjectOfSeed(seed) }));

  test("are accepted", () => {
    expect(subjects.filter(({ subject }) => "refused" in subject)).toEqual([]);
  });

  test.each(properties.map((property) => ({ claim: property.claim, property })))("$claim", ({ property }) => {
    const chosen = subjects
      .slice(0, fewer[property.name])
      .filter(({ seed }) => property.name !== "verdict" || !many.includes(seed));
    let looked = 0;
    for (const { seed, subject } of chosen) {
      if ("refused" in subject) continue;
      const finding = examine(property, subject, seed);
      expect(finding.kind === "failed" ? `seed ${seed}: ${finding.message}` : undefined).toBeUndefined();
      if (finding.kind === "passed") looked++;
    }
    // Some programs are too large for a property, or have no place for it; most are not.
    expect(looked).toBeGreaterThan(chosen.length / 4);
  });
});
