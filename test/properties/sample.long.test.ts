import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** The seeds after those of sample.slow.test.ts, as many as a few minutes are enough for. */
const first = 37;
const count = 214;

describe(`every property of the generated programs ${first} to ${first + count - 1}`, () => {
  test.each(properties.map((property) => [property.claim, property] as const))("%s", (_, property) => {
    const failures: string[] = [];
    for (let seed = first; seed < first + count; seed++) {
      const subject = subjectOfSeed(seed);
      if ("refused" in subject) continue;
      const finding = examine(property, subject, seed);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}`);
    }
    expect(failures).toEqual([]);
  });
});
