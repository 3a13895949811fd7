import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** What `npm run fuzz` does for thousands of seeds, for the first few. */
const seeds = Array.from({ length: 25 }, (_, i) => i + 1);

describe("generated programs", () => {
  const subjects = seeds.map((seed) => ({ seed, subject: subjectOfSeed(seed) }));

  test("are accepted", () => {
    expect(subjects.filter(({ subject }) => "refused" in subject)).toEqual([]);
  });

  test.each(properties.map((property) => ({ claim: property.claim, property })))("$claim", { timeout: 120_000 }, ({ property }) => {
    for (const { seed, subject } of subjects) {
      if ("refused" in subject) continue;
      const finding = examine(property, subject, seed);
      expect(finding.kind === "failed" ? `seed ${seed}: ${finding.message}` : undefined).toBeUndefined();
    }
  });
});
