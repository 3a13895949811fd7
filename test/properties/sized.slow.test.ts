import { describe, expect, test } from "vitest";
import { sizedProperties, sizedSuite } from "./sized.js";
import { isRefused } from "./suite.js";

/** What `npm run fuzz -- --sized` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 14 }, (_, i) => i + 1);
/** Properties that search again and again get by with fewer; sized.long.test.ts asks them of all. */
const fewer: Readonly<Record<string, number>> = { verdict: 10, strategies: 8, minimal: 10, reach: 10, budgets: 2 };

describe("generated programs with ranges, static relations, records, promises", () => {
  const subjects = seeds.map((seed) => ({ seed, subject: sizedSuite.subjectOf(sizedSuite.generate(seed)) }));

  test("are accepted", () => {
    expect(subjects.filter(({ subject }) => isRefused(subject))).toEqual([]);
  });

  test.each(sizedProperties.map((property) => ({ claim: property.claim, property })))("$claim", ({ property }) => {
    const chosen = subjects.slice(0, fewer[property.name]);
    let looked = 0;
    for (const { seed, subject } of chosen) {
      if (isRefused(subject)) continue;
      const finding = sizedSuite.examine(property, subject, seed);
      expect(
        finding.kind === "failed" ? `seed ${seed}: ${finding.message}\n${subject.text}` : undefined,
      ).toBeUndefined();
      if (finding.kind === "passed") looked++;
    }
    expect(looked).toBeGreaterThan(chosen.length / 4);
  });
});
