import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** What `npm run fuzz` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 36 }, (_, i) => i + 1);
/** Properties that search, and search again, get by with fewer; sample.long.test.ts asks them of all. */
const fewer: Readonly<Record<string, number>> = {
  verdict: 15,
  strategies: 12,
  minimal: 12,
  invariance: 8,
  break: 12,
  warnings: 15,
  dimacs: 12,
  budgets: 4,
  correctness: 12,
  elimination: 10,
  errors: 7,
  "explained errors": 12,
  "nothing to check": 12,
  mending: 8,
};

describe("generated programs", () => {
  const subjects = seeds.map((seed) => ({ seed, subject: subjectOfSeed(seed) }));

  test("are accepted", () => {
    expect(subjects.filter(({ subject }) => "refused" in subject)).toEqual([]);
  });

  test.each(properties.map((property) => ({ claim: property.claim, property })))("$claim", ({ property }) => {
    const chosen = subjects.slice(0, fewer[property.name]);
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
