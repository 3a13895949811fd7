import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** What `npm run fuzz` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 36 }, (_, i) => i + 1);
/** Properties that search, and search again, get by with fewer. */
const fewer: Readonly<Record<string, number>> = {
  verdict: 20,
  strategies: 20,
  minimal: 20,
  invariance: 12,
  break: 20,
  warnings: 20,
  dimacs: 12,
  budgets: 4,
  correctness: 12,
  elimination: 20,
  errors: 20,
  "explained errors": 20,
  "nothing to check": 20,
  mending: 12,
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
