import { describe, expect, test } from "vitest";
import { examine, properties, subjectOfSeed } from "./properties.js";

/** As many seeds as a few minutes are enough for. */
const count = 250;

describe(`every property of the generated programs 1 to ${count}`, () => {
  test.each(properties.map((property) => [property.claim, property] as const))("%s", (_, property) => {
    const failures: string[] = [];
    for (let seed = 1; seed <= count; seed++) {
      const subject = subjectOfSeed(seed);
      if ("refused" in subject) continue;
      const finding = examine(property, subject, seed);
      if (finding.kind === "failed") failures.push(`seed ${seed}: ${finding.message}`);
    }
    expect(failures).toEqual([]);
  });
});
