import { describe, expect, test } from "vitest";
import { sizedProperties, sizedSuite } from "./sized.js";
import { isRefused } from "./suite.js";

/** What `npm run fuzz -- --sized` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
const fewer: Readonly<Record<string, number>> = { verdict: 20, strategies: 12, minimal: 20, budgets: 4 };

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
